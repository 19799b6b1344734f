import { ACK, type Segment, type SegmentSink, SYN } from "./segmentSink.ts";

/** `SMB` behind the first byte of a ProtocolId. */
export const SMB_LETTERS = 0x53_4d_42;
const SMB1 = 0xff;
const SMB2 = 0xfe;
const COMPRESSED = 0xfc;
/** More ports than SMB can be on; a capture that names more of them wants to cost time. */
export const MOST_FOUND_PORTS = 64;
/** SYNs that are remembered, a power of two: between a SYN and the first message lie a few frames. */
const PLACES = 4096;
/** Int32 words of a SYN: two addresses (of IPv6 their ends), ports, sequence, frame. */
const WORDS = 5;

/** Marks of a port that was named from the start, and of one on which SMB was found. */
export const NAMED_PORT = 1;
const FOUND_PORT = 2;

/** The ports as a table of marks, one byte a port. */
export function watchPorts(ports: readonly number[]): Uint8Array {
  const watched = new Uint8Array(65_536);
  for (const port of ports) if (port > 0 && port < 65_536) watched[port] = NAMED_PORT;
  return watched;
}

/**
 * Finds SMB on ports that nobody named: a segment that begins with a direct TCP header and a ProtocolId ([MS-SMB2] 2.1, 2.2.1). The
 * server's port is watched from then on. The SYN went by before, so the last SYNs of other ports are remembered and handed on then.
 */
export class SmbFinder {
  private readonly watched: Uint8Array;
  private readonly sink: SegmentSink;
  /** Set when SMB was on so many ports that another one is refused. */
  full = false;
  private found = 0;
  private words: Int32Array | null = null;
  private times: Float64Array | null = null;

  constructor(watched: Uint8Array, sink: SegmentSink) {
    this.watched = watched;
    this.sink = sink;
  }

  /** Takes a SYN or its answer on a port that is not watched. */
  remember(segment: Segment): void {
    this.words ??= new Int32Array(PLACES * WORDS);
    this.times ??= new Float64Array(PLACES);
    const place = placeOf(segment, segment.sourceAt, segment.destinationAt, portsOf(segment));
    const at = place * WORDS;
    this.words[at] = addressWord(segment, segment.sourceAt);
    this.words[at + 1] = addressWord(segment, segment.destinationAt);
    this.words[at + 2] = portsOf(segment);
    this.words[at + 3] = segment.sequence | 0;
    this.words[at + 4] = segment.frame;
    this.times[place] = segment.time;
  }

  /** Whether a segment whose payload is framed like SMB is SMB; then its server's port is watched, and what opened the connection handed on. */
  isSmb(segment: Segment): boolean {
    const { view, payloadStart: start, payloadEnd: end } = segment;
    const protocol = view.getUint8(start + 4);
    if (view.getUint8(start) !== 0 || protocol < COMPRESSED) return false;
    if (this.found === MOST_FOUND_PORTS) {
      this.full = true;
      return false;
    }
    const own = this.synOf(segment, false);
    const others = this.synOf(segment, true);
    const port = this.isFromServer(segment, protocol, end - start, own, others) ? segment.sourcePort : segment.destinationPort;
    this.found++;
    this.watched[port] = FOUND_PORT;
    const fromServer = port === segment.sourcePort;
    const [syn, answer] = fromServer ? [others, own] : [own, others];
    // A SYN that this segment does not follow at once belongs to an earlier connection, or bytes went by in between.
    if (syn < 0 || (!fromServer && this.sequenceBehind(syn) !== (segment.sequence | 0))) return true;
    this.handOn(segment, syn, fromServer, SYN);
    if (answer >= 0) this.handOn(segment, answer, !fromServer, SYN | ACK);
    return true;
  }

  /** Where the message says it, by its flags; else by who answered whose SYN; else the server has the lower port. */
  private isFromServer(
    { view, payloadStart, sourcePort, destinationPort }: Segment,
    protocol: number,
    held: number,
    own: number,
    others: number,
  ): boolean {
    if (protocol === SMB2 && held >= 24) return (view.getUint8(payloadStart + 20) & 1) !== 0;
    if (protocol === SMB1 && held >= 14) return (view.getUint8(payloadStart + 13) & 0x80) !== 0;
    const first = this.frameOf(own) - this.frameOf(others);
    if (own >= 0 && others >= 0 && first !== 0) return first > 0;
    return sourcePort < destinationPort;
  }

  /** Place of the SYN of the segment's sender, or of its peer (`reverse`); -1: not remembered. */
  private synOf(segment: Segment, reverse: boolean): number {
    const words = this.words;
    if (words === null) return -1;
    const source = reverse ? segment.destinationAt : segment.sourceAt;
    const destination = reverse ? segment.sourceAt : segment.destinationAt;
    const ports = reverse ? (segment.destinationPort << 16) | segment.sourcePort : portsOf(segment);
    const place = placeOf(segment, source, destination, ports);
    const at = place * WORDS;
    const same =
      words[at + 4] !== 0 &&
      words[at] === addressWord(segment, source) &&
      words[at + 1] === addressWord(segment, destination) &&
      words[at + 2] === ports;
    return same ? place : -1;
  }

  private sequenceBehind(place: number): number {
    return ((this.words?.[place * WORDS + 3] ?? 0) + 1) | 0;
  }

  private frameOf(place: number): number {
    return place < 0 ? 0 : (this.words?.[place * WORDS + 4] ?? 0);
  }

  /** Gives the sink a SYN that was remembered, as if it came now. `reverse`: it is of the peer of the segment's sender. */
  private handOn(segment: Segment, place: number, reverse: boolean, flags: number): void {
    const syn: Segment = {
      ...segment,
      flags,
      sequence: (this.sequenceBehind(place) - 1) >>> 0,
      frame: this.frameOf(place),
      time: this.times?.[place] ?? segment.time,
      headerAt: -1,
      payloadEnd: segment.payloadStart,
      payloadLength: 0,
    };
    if (reverse) {
      syn.sourceAt = segment.destinationAt;
      syn.destinationAt = segment.sourceAt;
      syn.sourcePort = segment.destinationPort;
      syn.destinationPort = segment.sourcePort;
    }
    this.sink.segment(syn);
  }
}

function portsOf(segment: Segment): number {
  return (segment.sourcePort << 16) | segment.destinationPort;
}

function addressWord({ view, ipv6 }: Segment, at: number): number {
  return view.getInt32(ipv6 ? at + 12 : at);
}

function placeOf(segment: Segment, source: number, destination: number, ports: number): number {
  const mixed = Math.imul(ports ^ Math.imul(addressWord(segment, source), 3) ^ addressWord(segment, destination), 0x9e3779b1);
  return (mixed >>> 16) & (PLACES - 1);
}
