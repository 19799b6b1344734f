import { be16, be32, concat, fill, le32, octets, padTo, zeros } from "./encode.ts";

/* From a TCP segment to the frame that carries it. */

export interface Host {
  /** `192.0.2.1` or eight groups `2001:db8:0:0:0:0:0:1`; both ends of the same kind. */
  readonly address: string;
  readonly port: number;
}

export type Side = "client" | "server";

/** One TCP segment of a conversation. */
export interface TcpSegment {
  readonly from: Side;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly syn?: boolean;
  readonly fin?: boolean;
  readonly rst?: boolean;
  /** Default true, but for the first SYN. */
  readonly ack?: boolean;
  readonly urgent?: boolean;
  readonly payload: Uint8Array;
  /** Milliseconds since the conversation began. */
  readonly time: number;
  /** TTL or hop limit; 64 unless given. */
  readonly ttl?: number;
  /** Identification of IPv4; 0 unless given. */
  readonly id?: number;
  /** 64,240 unless given. */
  readonly window?: number;
  /** TCP options as bytes; filled up with zeros to a multiple of 4. */
  readonly options?: Uint8Array;
}

/** A frame as a capture file keeps it. */
export interface Frame {
  readonly bytes: Uint8Array;
  /** Milliseconds since the conversation began. */
  readonly time: number;
  /** Number of the interface in the file. */
  readonly interfaceId?: number;
  /** Bytes on the wire, where the capture holds fewer. */
  readonly original?: number;
  /** epb_packetid of pcapng: the packet, seen at one of several places of a machine. */
  readonly packetId?: bigint;
}

export type LinkLayer = "ethernet" | "null" | "raw" | "sll" | "sll2";

export const LINK_TYPES: Readonly<Record<LinkLayer, number>> = { ethernet: 1, null: 0, raw: 101, sll: 113, sll2: 276 };

export interface FrameOptions {
  readonly link?: LinkLayer;
  /** Tags by their TPID, the outer one first: 0x88a8, 0x8100. */
  readonly tags?: readonly number[];
  /** IPv6 extension headers by their number, in order: 0 hop-by-hop, 43 routing, 60 destination options, 44 fragment. */
  readonly extensionHeaders?: readonly number[];
  /** The total (payload) length is 0, as segmentation offload leaves it. */
  readonly zeroLength?: boolean;
  /** Bytes of a NOP-filled TCP option field, a multiple of 4. */
  readonly tcpOptions?: number;
  /** Pads Ethernet frames to their smallest size of 60 bytes. */
  readonly pad?: boolean;
}

/** The segment as the bytes of a frame from `from` to the other end. */
export function frameBytes(segment: TcpSegment, client: Host, server: Host, options: FrameOptions = {}): Uint8Array {
  const [source, destination] = segment.from === "client" ? [client, server] : [server, client];
  const ipv6 = source.address.includes(":");
  const tcp = tcpBytes(segment, source, destination, options.tcpOptions ?? 0);
  const ip = ipv6 ? ipv6Bytes(tcp, source, destination, segment, options) : ipv4Bytes(tcp, source, destination, segment, options);
  return linkBytes(ip, ipv6, segment.from, options);
}

function tcpBytes(segment: TcpSegment, source: Host, destination: Host, optionBytes: number): Uint8Array {
  const flags =
    (segment.fin ? 1 : 0) |
    (segment.syn ? 2 : 0) |
    (segment.rst ? 4 : 0) |
    (segment.payload.length > 0 ? 8 : 0) |
    (segment.ack === false ? 0 : 16) |
    (segment.urgent ? 32 : 0);
  const tcpOptions = padTo(4, concat(segment.options ?? zeros(0), fill(optionBytes, 1)));
  const bytes = concat(
    be16(source.port),
    be16(destination.port),
    be32(segment.sequence >>> 0),
    be32(segment.ack === false ? 0 : segment.acknowledgment >>> 0),
    octets(((20 + tcpOptions.length) / 4) << 4, flags),
    be16(segment.window ?? 64_240),
    be16(0),
    be16(segment.urgent ? segment.payload.length : 0),
    tcpOptions,
    segment.payload,
  );
  const pseudo = concat(addressBytes(source.address), addressBytes(destination.address), be32(bytes.length), be32(6));
  bytes.set(be16(internetChecksum(concat(pseudo, bytes))), 16);
  return bytes;
}

function ipv4Bytes(tcp: Uint8Array, source: Host, destination: Host, segment: TcpSegment, options: FrameOptions): Uint8Array {
  const total = options.zeroLength ? 0 : 20 + tcp.length;
  const header = concat(
    octets(0x45, 0),
    be16(total & 0xffff),
    be16(segment.id ?? 0),
    be16(0x4000),
    octets(segment.ttl ?? 64, 6, 0, 0),
    addressBytes(source.address),
    addressBytes(destination.address),
  );
  header.set(be16(internetChecksum(header)), 10);
  return concat(header, tcp);
}

function ipv6Bytes(tcp: Uint8Array, source: Host, destination: Host, segment: TcpSegment, options: FrameOptions): Uint8Array {
  const numbers = [...(options.extensionHeaders ?? []), 6];
  const extensions = concat(...numbers.slice(1).map((next) => concat(octets(next, 0), zeros(6))));
  const length = options.zeroLength ? 0 : extensions.length + tcp.length;
  return concat(
    octets(0x60, 0, 0, 0),
    be16(length & 0xffff),
    octets(numbers[0] ?? 6, segment.ttl ?? 64),
    addressBytes(source.address),
    addressBytes(destination.address),
    extensions,
    tcp,
  );
}

function linkBytes(ip: Uint8Array, ipv6: boolean, from: Side, options: FrameOptions): Uint8Array {
  const etherType = be16(ipv6 ? 0x86dd : 0x0800);
  const direction = from === "client" ? 0 : 4;
  switch (options.link ?? "ethernet") {
    case "raw":
      return ip;
    case "null":
      return concat(le32(ipv6 ? 30 : 2), ip);
    case "sll":
      return concat(be16(direction), be16(1), be16(6), zeros(8), etherType, ip);
    case "sll2":
      return concat(etherType, be16(0), be32(2), be16(1), octets(direction, 6), zeros(8), ip);
    case "ethernet": {
      const tags = concat(...(options.tags ?? []).map((tpid, index) => concat(be16(tpid), be16(100 + index))));
      // A TPID stands where the EtherType would, with its tag behind it; what follows is the next TPID or the EtherType.
      const [one, other] = [octets(2, 0, 0, 0, 0, 1), octets(2, 0, 0, 0, 0, 2)];
      const frame = concat(...(from === "client" ? [other, one] : [one, other]), tags, etherType, ip);
      return options.pad && frame.length < 60 ? concat(frame, zeros(60 - frame.length)) : frame;
    }
  }
}

function addressBytes(address: string): Uint8Array {
  if (!address.includes(":")) return octets(...address.split(".").map(Number));
  return concat(...address.split(":").map((group) => be16(Number.parseInt(group, 16))));
}

function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
