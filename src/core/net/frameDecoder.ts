import { ACK, FIN, RST, type Segment, type SegmentSink, SYN } from "./segmentSink.ts";

/** LINKTYPE numbers (tcpdump.org/linktypes.html). */
const NULL = 0;
const ETHERNET = 1;
const RAW_BSD = 12;
const RAW = 101;
const LOOP = 108;
const LINUX_SLL = 113;
const IPV4 = 228;
const IPV6 = 229;
const LINUX_SLL2 = 276;

const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_IPV6 = 0x86dd;
const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;
const QUIC_PORT = 443;
/** 802.1Q tags that may be stacked on one frame. */
const MOST_TAGS = 4;
const MOST_EXTENSION_HEADERS = 8;

const EMPTY = new Uint8Array(0);

/**
 * From a frame to its TCP segment, read in place. Frames that carry no TCP, or TCP between two ports that are not watched, end here:
 * most of a mixed capture does, which is why the port test comes before everything that costs.
 */
export class FrameDecoder {
  /** Seconds since 1970 that all times count from; -1 until the first frame. */
  baseSeconds = -1;
  firstTime = 0;
  lastTime = 0;
  /** Frames whose link type is not read, by link type. */
  readonly unsupported = new Map<number, number>();
  /** Frames that the snap length cut. */
  cutFrames = 0;
  quicFrames = 0;
  tcpConnections = 0;
  /** SYN (without ACK) by destination port. */
  readonly synsByPort = new Uint32Array(65_536);
  private readonly watched: Uint8Array;
  private readonly sink: SegmentSink;
  private readonly segment: Segment = {
    bytes: EMPTY,
    view: new DataView(EMPTY.buffer),
    frame: 0,
    time: 0,
    interfaceId: 0,
    ipv6: false,
    sourceAt: 0,
    destinationAt: 0,
    sourcePort: 0,
    destinationPort: 0,
    flags: 0,
    sequence: 0,
    acknowledgment: 0,
    payloadStart: 0,
    payloadEnd: 0,
    payloadLength: 0,
  };

  /** @param ports server ports whose connections are followed */
  constructor(sink: SegmentSink, ports: readonly number[]) {
    this.sink = sink;
    this.watched = new Uint8Array(65_536);
    for (const port of ports) if (port > 0 && port < 65_536) this.watched[port] = 1;
  }

  frame(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    captured: number,
    original: number,
    linkType: number,
    interfaceId: number,
    seconds: number,
    nanoseconds: number,
    number: number,
  ): void {
    if (this.baseSeconds < 0) this.begin(seconds, nanoseconds);
    const time = (seconds - this.baseSeconds) * 1_000_000_000 + nanoseconds;
    if (time > this.lastTime) this.lastTime = time;
    else if (time < this.firstTime) this.firstTime = time;
    if (captured < original) this.cutFrames++;
    const segment = this.segment;
    segment.bytes = bytes;
    segment.view = view;
    segment.frame = number;
    segment.time = time;
    segment.interfaceId = interfaceId;
    const end = start + captured;
    if (linkType === ETHERNET) {
      if (captured >= 14) this.etherType(view, view.getUint16(start + 12), start + 14, end, original - 14);
      return;
    }
    this.otherLink(view, linkType, start, end, original);
  }

  private begin(seconds: number, nanoseconds: number): void {
    this.baseSeconds = seconds;
    this.firstTime = nanoseconds;
    this.lastTime = nanoseconds;
  }

  private otherLink(view: DataView, linkType: number, start: number, end: number, original: number): void {
    const length = end - start;
    switch (linkType) {
      case RAW:
      case RAW_BSD:
      case IPV4:
      case IPV6:
        this.internet(view, start, end, original);
        break;
      case NULL:
      case LOOP:
        if (length >= 4) this.internet(view, start + 4, end, original - 4);
        break;
      case LINUX_SLL:
        if (length >= 16) this.etherType(view, view.getUint16(start + 14), start + 16, end, original - 16);
        break;
      case LINUX_SLL2:
        if (length < 20) break;
        this.segment.interfaceId = (this.segment.interfaceId << 16) ^ view.getUint32(start + 4);
        this.etherType(view, view.getUint16(start), start + 20, end, original - 20);
        break;
      default:
        this.unsupported.set(linkType, (this.unsupported.get(linkType) ?? 0) + 1);
    }
  }

  private etherType(view: DataView, type: number, start: number, end: number, original: number): void {
    let at = start;
    let left = original;
    let etherType = type;
    for (let tags = 0; etherType === 0x8100 || etherType === 0x88a8 || etherType === 0x9100; tags++) {
      if (tags === MOST_TAGS || end - at < 4) return;
      etherType = view.getUint16(at + 2);
      at += 4;
      left -= 4;
    }
    if (etherType === ETHERTYPE_IPV4) this.ipv4(view, at, end, left);
    else if (etherType === ETHERTYPE_IPV6) this.ipv6(view, at, end, left);
  }

  private internet(view: DataView, start: number, end: number, original: number): void {
    if (end <= start) return;
    const version = view.getUint8(start) >> 4;
    if (version === 4) this.ipv4(view, start, end, original);
    else if (version === 6) this.ipv6(view, start, end, original);
  }

  /** RFC 791. Total length 0 is what segmentation offload leaves in frames of more than 64 KiB: the frame's own length counts then. */
  private ipv4(view: DataView, start: number, end: number, original: number): void {
    if (end - start < 20) return;
    const headerLength = (view.getUint8(start) & 15) * 4;
    if (headerLength < 20) return;
    const protocol = view.getUint8(start + 9);
    if (protocol !== PROTOCOL_TCP) {
      if (protocol === PROTOCOL_UDP) this.udp(view, start + headerLength, end);
      return;
    }
    // A later fragment has no TCP header; a first fragment with more to come holds only part of the segment.
    if ((view.getUint16(start + 6) & 0x1fff) !== 0) return;
    const total = view.getUint16(start + 2);
    const length = total === 0 ? original : total;
    const segment = this.segment;
    segment.ipv6 = false;
    segment.sourceAt = start + 12;
    segment.destinationAt = start + 16;
    this.tcp(view, start + headerLength, Math.min(end, start + length), length - headerLength);
  }

  /** RFC 8200. Hop-by-hop, routing and destination options are passed over; a fragment other than the first carries no TCP header. */
  private ipv6(view: DataView, start: number, end: number, original: number): void {
    if (end - start < 40) return;
    const payload = view.getUint16(start + 4);
    let length = payload === 0 ? original - 40 : payload;
    const limit = Math.min(end, start + 40 + length);
    let next = view.getUint8(start + 6);
    let at = start + 40;
    for (let headers = 0; next === 0 || next === 43 || next === 60 || next === 44; headers++) {
      if (headers === MOST_EXTENSION_HEADERS || limit - at < 8) return;
      if (next === 44 && (view.getUint16(at + 2) & 0xfff8) !== 0) return;
      const size = next === 44 ? 8 : (view.getUint8(at + 1) + 1) * 8;
      next = view.getUint8(at);
      at += size;
      length -= size;
    }
    if (next === PROTOCOL_UDP) this.udp(view, at, limit);
    if (next !== PROTOCOL_TCP) return;
    const segment = this.segment;
    segment.ipv6 = true;
    segment.sourceAt = start + 8;
    segment.destinationAt = start + 24;
    this.tcp(view, at, limit, length);
  }

  private udp(view: DataView, start: number, end: number): void {
    if (end - start < 9) return;
    if (view.getUint16(start) === QUIC_PORT || view.getUint16(start + 2) === QUIC_PORT) this.quicFrames++;
  }

  /** RFC 9293 3.1. `length` is the segment's on the wire, `end` bounds what the file holds of it. */
  private tcp(view: DataView, start: number, end: number, length: number): void {
    if (end - start < 20) return;
    const sourcePort = view.getUint16(start);
    const destinationPort = view.getUint16(start + 2);
    const flags = view.getUint8(start + 13);
    if ((flags & (SYN | ACK)) === SYN) {
      this.tcpConnections++;
      this.synsByPort[destinationPort] = (this.synsByPort[destinationPort] ?? 0) + 1;
    }
    if (this.watched[destinationPort] === 0 && this.watched[sourcePort] === 0) return;
    const headerLength = (view.getUint8(start + 12) >> 4) * 4;
    const payloadLength = length - headerLength;
    if (headerLength < 20 || payloadLength < 0) return;
    // Half of a bulk capture is pure acknowledgments: they leave before the connection is looked up.
    if (payloadLength === 0 && (flags & (SYN | FIN | RST)) === 0) return;
    const segment = this.segment;
    segment.sourcePort = sourcePort;
    segment.destinationPort = destinationPort;
    segment.flags = flags;
    segment.sequence = view.getUint32(start + 4);
    segment.acknowledgment = view.getUint32(start + 8);
    segment.payloadStart = Math.min(start + headerLength, end);
    segment.payloadEnd = end;
    segment.payloadLength = payloadLength;
    this.sink.segment(segment);
  }
}
