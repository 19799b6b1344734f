import { be16, be32, concat, octets } from "./encode.ts";

/** The fragments of a bare IPv4 or IPv6 packet, each with at most `size` bytes of its payload (a multiple of 8), in order. */
export function fragmentsOf(packet: Uint8Array, size: number, identification: number): readonly Uint8Array[] {
  return (packet[0] ?? 0) >> 4 === 6 ? ipv6Fragments(packet, size, identification) : ipv4Fragments(packet, size, identification);
}

function ipv4Fragments(packet: Uint8Array, size: number, identification: number): readonly Uint8Array[] {
  return pieces(packet.subarray(20), size).map(({ offset, bytes, more }) => {
    const header = packet.slice(0, 20);
    header.set(be16(20 + bytes.length), 2);
    header.set(be16(identification), 4);
    header.set(be16((more ? 0x2000 : 0) | (offset / 8)), 6);
    return concat(header, bytes);
  });
}

function ipv6Fragments(packet: Uint8Array, size: number, identification: number): readonly Uint8Array[] {
  return pieces(packet.subarray(40), size).map(({ offset, bytes, more }) => {
    const header = packet.slice(0, 40);
    header.set(be16(8 + bytes.length), 4);
    header[6] = 44;
    return concat(header, octets(packet[6] ?? 6, 0), be16(offset | (more ? 1 : 0)), be32(identification), bytes);
  });
}

function pieces(payload: Uint8Array, size: number): readonly { offset: number; bytes: Uint8Array; more: boolean }[] {
  const count = Math.ceil(payload.length / size);
  return Array.from({ length: count }, (_, index) => ({
    offset: index * size,
    bytes: payload.subarray(index * size, (index + 1) * size),
    more: index < count - 1,
  }));
}
