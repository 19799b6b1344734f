import { FragmentTable, type Reassembled } from "./fragmentTable.ts";
import type { LayerEntry } from "./layerEntry.ts";
import type { Segment } from "./segmentSink.ts";
import { tcpChecksumHolds } from "./tcpChecksum.ts";
import { isTunnel, isTunnelPort } from "./tunnels.ts";

const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;
const AUTHENTICATION = 51;
/** Header of the IPv4 or IPv6 packet that is made of a datagram which came in fragments. */
const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
/** Headers of IPv6 that a fragmented datagram may begin with. */
const EXTENSION_HEADERS: readonly number[] = [0, 43, 60, AUTHENTICATION];

/** Where fragments hand on what they carry. */
export interface FragmentEntry extends LayerEntry {
  /**
   * A TCP segment of `length` bytes on the wire.
   * @param part only its beginning, in a first fragment: it is given at once, since the rest may not come
   */
  tcp(view: DataView, start: number, end: number, length: number, part: boolean): void;
}

/** Takes IP fragments: hands on the beginning of a segment at once, and the datagram when all of it is there. */
export class FragmentReader {
  private readonly table = new FragmentTable(isBelievable);
  private readonly entry: FragmentEntry;
  /** That of the frame at hand. */
  private readonly segment: Segment;

  constructor(entry: FragmentEntry, segment: Segment) {
    this.entry = entry;
    this.segment = segment;
  }

  /** Datagrams of which fragments are missing. */
  unfinished(): number {
    return this.table.unfinished();
  }

  /** `payloadAt` is behind the header and its options, which are those of the fragment and not kept. */
  ipv4(view: DataView, header: number, payloadAt: number, end: number, length: number): void {
    const protocol = view.getUint8(header + 9);
    const place = view.getUint16(header + 6);
    const offset = (place & 0x1fff) * 8;
    const key = this.keyOf(view, header + 12, 8, protocol, view.getUint16(header + 4));
    if (!this.wants(key, protocol, view, payloadAt, end, offset)) return;
    if (offset === 0 && protocol === PROTOCOL_TCP) {
      this.segment.ipv6 = false;
      this.segment.sourceAt = header + 12;
      this.segment.destinationAt = header + 16;
      this.entry.tcp(view, payloadAt, end, length, true);
    }
    const { bytes: source, time } = this.segment;
    const last = (place & 0x2000) === 0;
    const fragment = { key, protocol, source, header, headerLength: IPV4_HEADER, start: payloadAt, end, length, offset, last, time };
    const whole = this.table.take(fragment);
    if (whole === null || IPV4_HEADER + whole.total > 0xffff) return;
    const made = new DataView(whole.bytes.buffer);
    made.setUint8(0, 0x45);
    made.setUint16(2, IPV4_HEADER + whole.total);
    made.setUint16(6, 0);
    this.reassembled(whole.bytes, made, IPV4_HEADER + whole.held);
  }

  /** `at` is the fragment header (RFC 8200 4.5); the headers before it belong to the fragment, those behind it to the datagram. */
  ipv6(view: DataView, header: number, at: number, end: number, length: number): void {
    const protocol = view.getUint8(at);
    const place = view.getUint16(at + 2);
    const offset = place & 0xfff8;
    const key = this.keyOf(view, header + 8, 32, protocol, view.getUint32(at + 4));
    if (!this.wants(key, protocol, view, at + 8, end, offset)) return;
    if (offset === 0 && protocol === PROTOCOL_TCP) {
      this.segment.ipv6 = true;
      this.segment.sourceAt = header + 8;
      this.segment.destinationAt = header + 24;
      this.entry.tcp(view, at + 8, end, length, true);
    }
    const { bytes: source, time } = this.segment;
    const last = (place & 1) === 0;
    const fragment = { key, protocol, source, header, headerLength: IPV6_HEADER, start: at + 8, end, length, offset, last, time };
    const whole = this.table.take(fragment);
    if (whole === null) return;
    const made = new DataView(whole.bytes.buffer);
    made.setUint16(4, whole.total);
    made.setUint8(6, protocol);
    this.reassembled(whole.bytes, made, IPV6_HEADER + whole.held);
  }

  /** UDP is put together only where its first fragment shows that it is a tunnel: other datagrams would push the wanted ones out. */
  private wants(key: string, protocol: number, view: DataView, start: number, end: number, offset: number): boolean {
    if (end <= start) return false;
    if (protocol === PROTOCOL_UDP)
      return this.table.has(key) || (offset === 0 && end - start >= 8 && isTunnelPort(view.getUint16(start + 2)));
    return protocol === PROTOCOL_TCP || isTunnel(protocol) || EXTENSION_HEADERS.includes(protocol);
  }

  private keyOf(view: DataView, addresses: number, length: number, protocol: number, identification: number): string {
    let key = `${this.segment.interfaceId} ${protocol} ${identification}`;
    for (let at = addresses; at < addresses + length; at += 4) key += ` ${view.getInt32(at)}`;
    return key;
  }

  /** The packet takes the place of the frame's bytes; what follows in the frame needs them again. */
  private reassembled(packet: Uint8Array, view: DataView, end: number): void {
    const segment = this.segment;
    const frame = segment.bytes;
    const frameView = segment.view;
    segment.bytes = packet;
    segment.view = view;
    this.entry.internet(view, 0, end, end);
    segment.bytes = frame;
    segment.view = frameView;
  }
}

/**
 * Nobody leaves the checksum of a segment that he sends in fragments to the network card, so a wrong one tells of fragments that do not
 * belong together. What carries no checksum of ours is believed as long as its fragments agree.
 */
function isBelievable({ bytes, total, held, doubtful, headerLength, protocol }: Reassembled): boolean {
  if (protocol !== PROTOCOL_TCP || held < total) return !doubtful;
  const ipv6 = headerLength === IPV6_HEADER;
  const view = new DataView(bytes.buffer);
  return tcpChecksumHolds(view, ipv6 ? 8 : 12, ipv6 ? 16 : 4, headerLength, headerLength + total);
}
