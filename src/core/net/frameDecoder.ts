import { readEtherType, readMislabelledWireless } from "./etherTypes.ts";
import { type FragmentEntry, FragmentReader } from "./fragmentReader.ts";
import { type EncryptedLayer, ETHERNET, ETHERTYPE_IPV4, ETHERTYPE_IPV6 } from "./layerEntry.ts";
import { isWholeRawFrame, readLink } from "./linkLayers.ts";
import { ACK, FIN, RST, type Segment, type SegmentSink, SYN } from "./segmentSink.ts";
import { SMB_LETTERS, SmbFinder } from "./smbFinder.ts";
import { isTunnelPort, readProtocol, readTunnelPort } from "./tunnels.ts";

const LINUX_SLL2 = 276;
const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;
const QUIC_PORT = 443;
/** 802.1Q tags that may be stacked on one frame. */
const MOST_TAGS = 4;
const MOST_EXTENSION_HEADERS = 8;
/** Layers in layers (tunnels, labels) before a frame is given up. */
const MOST_NESTED = 12;
const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const AUTHENTICATION = 51;

/** Ethernet and IPv4 without options. */
const PLAIN_HEADERS = 34;

const EMPTY = new Uint8Array(0);

/**
 * Seconds that times begin at. No time is a small integer, then: V8 keeps those in another form, and a capture's first time beyond two
 * seconds made it throw away what it had compiled of the whole pass (5% of the time of a GB).
 */
const BEFORE_FIRST = 5;

/**
 * From a frame to its TCP segment, read in place. Frames that carry no TCP, or TCP between two ports that are not watched, end here:
 * most of a mixed capture does, which is why the port test comes before everything that costs.
 */
export class FrameDecoder implements FragmentEntry {
  /** Seconds since 1970 that all times count from: {@link BEFORE_FIRST} before the first frame's; null until that came. */
  baseSeconds: number | null = null;
  firstTime = 0;
  lastTime = 0;
  /** Frames whose link type is not read, by link type. */
  readonly unsupported = new Map<number, number>();
  /** Frames that the snap length cut. */
  cutFrames = 0;
  /** Bytes of the longest of them. */
  longestCut = 0;
  quicFrames = 0;
  /** Frames whose content is encrypted, by the layer that does it. */
  readonly encryptedFrames = new Map<EncryptedLayer, number>();
  private nested = 0;
  tcpConnections = 0;
  /** SYN (without ACK) by destination port. */
  readonly synsByPort = new Uint32Array(65_536);
  /** The ports among them, in the order in which they came. */
  readonly synPorts: number[] = [];
  private readonly watched: Uint8Array;
  readonly finder: SmbFinder;
  /** What `sighting` told of the next frame. */
  private packet = 0;
  /** Where the frame at hand lies. */
  private frameStart = 0;
  private frameEnd = 0;
  /** The last frame that was counted as cut. */
  private lastCut = 0;
  private machine = 0;
  private readonly sink: SegmentSink;
  private readonly segment: Segment = {
    bytes: EMPTY,
    view: new DataView(EMPTY.buffer),
    frame: 0,
    time: 0,
    interfaceId: 0,
    place: 0,
    packet: 0,
    ipv6: false,
    sourceAt: 0,
    destinationAt: 0,
    headerAt: 0,
    sourcePort: 0,
    destinationPort: 0,
    flags: 0,
    sequence: 0,
    acknowledgment: 0,
    payloadStart: 0,
    payloadEnd: 0,
    payloadLength: 0,
    partial: false,
  };
  readonly fragments: FragmentReader = new FragmentReader(this, this.segment);

  /** @param watched server ports whose connections are followed, as marks; ports on which SMB is found are added */
  constructor(sink: SegmentSink, watched: Uint8Array) {
    this.sink = sink;
    this.watched = watched;
    this.finder = new SmbFinder(watched, sink);
  }

  sighting(packet: number, machine: number): void {
    this.packet = packet;
    this.machine = machine;
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
    const time = (seconds - (this.baseSeconds ?? this.begin(seconds))) * 1_000_000_000 + nanoseconds;
    if (time > this.lastTime) this.lastTime = time;
    if (time < this.firstTime) this.firstTime = time;
    if (captured < original) this.countCut(captured, number);
    const segment = this.segment;
    segment.bytes = bytes;
    segment.view = view;
    segment.frame = number;
    segment.time = time;
    segment.interfaceId = interfaceId;
    segment.place = 0;
    segment.packet = this.packet;
    if (this.packet !== 0) this.placeInMachine(interfaceId);
    const end = start + captured;
    this.frameStart = start;
    this.frameEnd = end;
    if (linkType !== ETHERNET) this.otherLink(view, linkType, start, end, original);
    else if (captured >= PLAIN_HEADERS && isPlainTcp(view, start)) this.plainTcp(view, start, end);
    else if (captured >= 14) this.ethernet(view, start, end, original);
  }

  /** What nearly every frame is, without the steps between: two calls less are a tenth of the time from frame to segment. */
  private plainTcp(view: DataView, start: number, end: number): void {
    const ip = start + 14;
    const length = view.getUint16(ip + 2);
    const segment = this.segment;
    segment.ipv6 = false;
    segment.sourceAt = ip + 12;
    segment.destinationAt = ip + 16;
    this.tcp(view, ip + IPV4_HEADER, Math.min(end, ip + length), length - IPV4_HEADER);
  }

  private placeInMachine(interfaceId: number): void {
    this.segment.interfaceId = this.machine;
    this.segment.place = (interfaceId - this.machine + 1) & 0xffff;
    this.packet = 0;
  }

  private countCut(captured: number, number: number): void {
    if (number === this.lastCut) return;
    this.lastCut = number;
    this.cutFrames++;
    if (captured > this.longestCut) this.longestCut = captured;
  }

  private begin(seconds: number): number {
    this.baseSeconds = seconds - BEFORE_FIRST;
    this.firstTime = Number.POSITIVE_INFINITY;
    this.lastTime = Number.NEGATIVE_INFINITY;
    return this.baseSeconds;
  }

  private otherLink(view: DataView, linkType: number, start: number, end: number, original: number): void {
    if (isWholeRawFrame(linkType, view, start, end - start, original)) this.cutFrames--;
    if (linkType === LINUX_SLL2 && end - start >= 20) this.segment.place = view.getUint32(start + 4) & 0xffff;
    this.link(linkType, view, start, end, original);
  }

  link(linkType: number, view: DataView, start: number, end: number, wire: number): void {
    if (this.nested === MOST_NESTED) return;
    this.nested++;
    if (linkType === ETHERNET) {
      if (end - start >= 14) this.ethernet(view, start, end, wire);
    } else if (!readLink(this, linkType, view, start, end, wire)) {
      this.unsupported.set(linkType, (this.unsupported.get(linkType) ?? 0) + 1);
    }
    this.nested--;
  }

  private ethernet(view: DataView, start: number, end: number, original: number): void {
    let at = start + 14;
    let etherType = view.getUint16(start + 12);
    for (let tags = 0; etherType === 0x8100 || etherType === 0x88a8 || etherType === 0x9100; tags++) {
      if (tags === MOST_TAGS || end - at < 4) return;
      etherType = view.getUint16(at + 2);
      at += 4;
    }
    if (etherType === ETHERTYPE_IPV4) this.ipv4(view, at, end, original - (at - start));
    else if (etherType === ETHERTYPE_IPV6) this.ipv6(view, at, end, original - (at - start));
    else {
      readMislabelledWireless(this, view, start, end, original);
      this.etherType(etherType, view, at, end, original - (at - start));
    }
  }

  etherType(type: number, view: DataView, start: number, end: number, wire: number): void {
    if (type === ETHERTYPE_IPV4) this.ipv4(view, start, end, wire);
    else if (type === ETHERTYPE_IPV6) this.ipv6(view, start, end, wire);
    else if (this.nested < MOST_NESTED && start < end) {
      this.nested++;
      // A tag here stands behind another layer: on the way from Ethernet they are passed over before.
      if (type !== 0x8100 && type !== 0x88a8 && type !== 0x9100) readEtherType(this, type, view, start, end, wire);
      else if (end - start >= 4) this.etherType(view.getUint16(start + 2), view, start + 4, end, wire - 4);
      this.nested--;
    }
  }

  encrypted(layer: EncryptedLayer): void {
    this.encryptedFrames.set(layer, (this.encryptedFrames.get(layer) ?? 0) + 1);
  }

  internet(view: DataView, start: number, end: number, wire: number): void {
    if (end <= start || this.nested === MOST_NESTED) return;
    this.nested++;
    const version = view.getUint8(start) >> 4;
    if (version === 4) this.ipv4(view, start, end, wire);
    else if (version === 6) this.ipv6(view, start, end, wire);
    this.nested--;
  }

  /** RFC 791. Total length 0 is what segmentation offload leaves in frames of more than 64 KiB: the frame's own length counts then. */
  private ipv4(view: DataView, start: number, end: number, original: number): void {
    if (end - start < 20) return;
    const headerLength = (view.getUint8(start) & 15) * 4;
    if (headerLength < 20) return;
    const total = view.getUint16(start + 2);
    const length = total === 0 ? original : total;
    const limit = Math.min(end, start + length);
    // More to come, or a fragment that is not the first.
    if ((view.getUint16(start + 6) & 0x3fff) !== 0) {
      this.fragments.ipv4(view, start, start + headerLength, limit, length - headerLength);
      return;
    }
    const segment = this.segment;
    segment.ipv6 = false;
    segment.sourceAt = start + 12;
    segment.destinationAt = start + 16;
    const protocol = view.getUint8(start + 9);
    if (protocol === PROTOCOL_TCP) this.tcp(view, start + headerLength, limit, length - headerLength);
    else this.protocol(protocol, view, start + headerLength, limit, length - headerLength);
  }

  /** RFC 8200. Hop-by-hop, routing and destination options, authentication and lone fragment headers are passed over. */
  private ipv6(view: DataView, start: number, end: number, original: number): void {
    if (end - start < IPV6_HEADER) return;
    const payload = view.getUint16(start + 4);
    let length = payload === 0 ? original - IPV6_HEADER : payload;
    const limit = Math.min(end, start + IPV6_HEADER + length);
    let next = view.getUint8(start + 6);
    let at = start + IPV6_HEADER;
    for (let headers = 0; next === 0 || next === 43 || next === 60 || next === 44 || next === 51; headers++) {
      if (headers === MOST_EXTENSION_HEADERS || limit - at < 8) return;
      if (next === 44 && (view.getUint16(at + 2) & 0xfff9) !== 0) {
        this.fragments.ipv6(view, start, at, limit, length - 8);
        return;
      }
      const size = next === 44 ? 8 : next === 51 ? (view.getUint8(at + 1) + 2) * 4 : (view.getUint8(at + 1) + 1) * 8;
      next = view.getUint8(at);
      at += size;
      length -= size;
    }
    const segment = this.segment;
    segment.ipv6 = true;
    segment.sourceAt = start + 8;
    segment.destinationAt = start + 24;
    if (next === PROTOCOL_TCP) this.tcp(view, at, limit, length);
    else this.protocol(next, view, at, limit, length);
  }

  /** What IP carries other than TCP. */
  private protocol(protocol: number, view: DataView, start: number, end: number, wire: number): void {
    if (protocol === PROTOCOL_UDP) {
      this.udp(view, start, end, wire);
      return;
    }
    if (this.nested === MOST_NESTED || end <= start) return;
    this.nested++;
    if (protocol === AUTHENTICATION) this.authenticated(view, start, end, wire);
    else readProtocol(this, protocol, view, start, end, wire);
    this.nested--;
  }

  /** RFC 4302: next header, length in words less two. */
  private authenticated(view: DataView, start: number, end: number, wire: number): void {
    if (end - start < 12) return;
    const size = (view.getUint8(start + 1) + 2) * 4;
    const next = view.getUint8(start);
    if (next === PROTOCOL_TCP) this.tcp(view, start + size, end, wire - size);
    else this.protocol(next, view, start + size, end, wire - size);
  }

  private udp(view: DataView, start: number, end: number, wire: number): void {
    if (end - start < 9) return;
    const port = view.getUint16(start + 2);
    if (port === QUIC_PORT || view.getUint16(start) === QUIC_PORT) this.quicFrames++;
    if (!isTunnelPort(port) || this.nested === MOST_NESTED) return;
    this.nested++;
    const length = Math.min(view.getUint16(start + 4) || wire, wire) - 8;
    readTunnelPort(this, port, view, start + 8, Math.min(end, start + 8 + length), length);
    this.nested--;
  }

  /**
   * RFC 9293 3.1. `length` is the segment's on the wire, `end` bounds what the file holds of it.
   * @param part only the beginning of the segment, in a first fragment: it is given at once, since the rest may not come
   */
  tcp(view: DataView, start: number, end: number, length: number, part = false): void {
    if (end - start < 20) return;
    const sourcePort = view.getUint16(start);
    const destinationPort = view.getUint16(start + 2);
    const flags = part ? view.getUint8(start + 13) & ~(SYN | FIN | RST) : view.getUint8(start + 13);
    if ((flags & (SYN | ACK)) === SYN) {
      this.tcpConnections++;
      const known = this.synsByPort[destinationPort] ?? 0;
      if (known === 0) this.synPorts.push(destinationPort);
      this.synsByPort[destinationPort] = known + 1;
    }
    const headerLength = (view.getUint8(start + 12) >> 4) * 4;
    const watched = this.watched[destinationPort] !== 0 || this.watched[sourcePort] !== 0;
    if (!watched && (flags & SYN) === 0) {
      // All that most frames of a mixed capture are asked: one word, before anything is looked up.
      const at = start + headerLength + 4;
      if (end - at < 4 || (view.getUint32(at) & 0xffffff) !== SMB_LETTERS) return;
    }
    const payloadLength = length - headerLength;
    if (headerLength < 20 || payloadLength < 0) return;
    // Half of a bulk capture is pure acknowledgments: they leave before the connection is looked up, but for those that close the window.
    if (payloadLength === 0 && (flags & (SYN | FIN | RST)) === 0 && view.getUint16(start + 14) !== 0) return;
    const segment = this.segment;
    segment.headerAt = start;
    segment.sourcePort = sourcePort;
    segment.destinationPort = destinationPort;
    segment.flags = flags;
    segment.sequence = view.getUint32(start + 4);
    segment.acknowledgment = view.getUint32(start + 8);
    segment.payloadStart = Math.min(start + headerLength, end);
    segment.payloadEnd = end;
    segment.payloadLength = payloadLength;
    segment.partial = part;
    // A program that cuts frames and gives the shorter length as the original one: the IP packet knows better.
    if (payloadLength > end - segment.payloadStart && end === this.frameEnd) this.countCut(end - this.frameStart, segment.frame);
    if (!watched && !this.isFound(segment)) return;
    this.sink.segment(segment);
  }

  /** Whether a segment of a port that is not watched is SMB. */
  private isFound(segment: Segment): boolean {
    if ((segment.flags & SYN) === 0) return this.finder.isSmb(segment);
    this.finder.remember(segment);
    return false;
  }
}

/** EtherType IPv4, a header without options, not fragmented, its length given, TCP in it. */
function isPlainTcp(view: DataView, start: number): boolean {
  return (
    view.getUint32(start + 12) >>> 8 === 0x080045 &&
    (view.getUint32(start + 20) & 0x3fff00ff) === PROTOCOL_TCP &&
    view.getUint16(start + 16) !== 0
  );
}
