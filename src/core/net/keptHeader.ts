import type { Segment } from "./segmentSink.ts";

/* The headers of a SYN or its answer: copied as they stand, and read only when somebody asks what they say. */

/** Words of a kept header: the frame, what the IP header says, the TCP header. */
const FRAME = 0;
/** Bytes of the TCP header in bits 0 to 7, IPv6 in bit 7, TTL in bits 8 to 15, identification above. */
const PACKET = 1;
const TCP = 2;
const LONGEST_TCP_HEADER = 60;
const LENGTH_MASK = 0x7f;
const IPV6 = 0x80;
/** Words of one kept header. */
export const KEPT_HEADER = TCP + LONGEST_TCP_HEADER / 4;

const SMALLEST_TCP_HEADER = 20;
const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;
export const MSS = 2;
export const WINDOW_SCALE = 3;
export const SACK_PERMITTED = 4;
const SACK = 5;
export const TIMESTAMPS = 8;
/** NOP, NOP, time stamps: how nearly every stack writes them. */
const ALIGNED_TIMESTAMPS = 0x0101_080a;

/** An option of a TCP header (RFC 9293 3.1), in the order of the header. */
export interface TcpOption {
  /** Number of the kind (IANA, "TCP Option Kind Numbers"). */
  readonly kind: number;
  /** What stands behind kind and length; as much of it as the header holds. Empty for NOP. */
  readonly value: readonly number[];
}

/** How an end opened the connection: the headers of its SYN, or of its answer to one. */
export interface OpeningHeader {
  readonly frame: number;
  /** Time to live (IPv4) or hop limit (IPv6) at the capture point; null where the packet came in fragments. */
  readonly ttl: number | null;
  /** Identification of IPv4; null for IPv6, which has none, and for a packet that came in fragments. */
  readonly id: number | null;
  /** As it stands in the header; the window of a SYN is never scaled. */
  readonly window: number;
  /** All options but the end of the list. */
  readonly options: readonly TcpOption[];
  /** Bytes, from the option of that name; null: there is none. */
  readonly mss: number | null;
  /** Shift count, from the option of that name; null: there is none. */
  readonly windowScale: number | null;
  readonly sackPermitted: boolean;
  readonly timestamps: boolean;
}

/** Hop limit of the packet as it was seen; 0 where it was put together from fragments. */
export function ttlOf({ view, sourceAt, ipv6 }: Segment): number {
  return view.getUint8(ipv6 ? sourceAt - 1 : sourceAt - 4);
}

/** Identification of an IPv4 packet; 0 for IPv6. */
export function identificationOf({ view, sourceAt, ipv6 }: Segment): number {
  return ipv6 ? 0 : view.getUint16(sourceAt - 8);
}

export function windowOf({ view, headerAt }: Segment): number {
  return view.getUint16(headerAt + 14);
}

/** Whether the segment carries the time stamps option. */
export function hasTimestamps({ view, headerAt, payloadStart }: Segment): boolean {
  const start = headerAt + SMALLEST_TCP_HEADER;
  if (payloadStart - start < 12) return false;
  if (view.getUint32(start) === ALIGNED_TIMESTAMPS) return true;
  for (let at = start; at < payloadStart; ) {
    const kind = view.getUint8(at);
    if (kind === TIMESTAMPS) return true;
    if (kind === END_OF_OPTIONS) return false;
    const length = kind === NO_OPERATION ? 1 : at + 1 < payloadStart ? view.getUint8(at + 1) : 0;
    if (length === 0) return false;
    at += length;
  }
  return false;
}

/** Copies the headers of a segment to `into[at, at + KEPT_HEADER)`. A segment whose header is gone leaves nothing there. */
export function keepHeader(segment: Segment, into: Int32Array, at: number): void {
  const { view, headerAt, payloadStart, ipv6 } = segment;
  const length = headerAt < 0 ? 0 : Math.min(payloadStart - headerAt, LONGEST_TCP_HEADER) & ~3;
  if (length === 0) {
    into[at + PACKET] = 0;
    return;
  }
  into[at + FRAME] = segment.frame;
  into[at + PACKET] = length | (ipv6 ? IPV6 : 0) | (ttlOf(segment) << 8) | (identificationOf(segment) << 16);
  for (let i = 0; i < length; i += 4) into[at + TCP + (i >> 2)] = view.getInt32(headerAt + i);
}

/** Copies a kept header to the beginning of `into`. */
export function moveHeader(from: Int32Array, at: number, into: Int32Array): void {
  const end = TCP + (((from[at + PACKET] ?? 0) & LENGTH_MASK) >> 2);
  for (let i = 0; i < end; i++) into[i] = from[at + i] ?? 0;
}

/** Leaves no header there. */
export function forgetHeader(into: Int32Array): void {
  into[PACKET] = 0;
}

/** TTL of a kept header; 0 where none is kept or it is not known. */
export function keptTtl(words: Int32Array): number {
  return ((words[PACKET] ?? 0) >>> 8) & 0xff;
}

/** Whether a kept header has an option besides those that every system uses: MSS, window scale, SACK, time stamps and padding. */
export function hasUnusualOption(words: Int32Array): boolean {
  const end = (words[PACKET] ?? 0) & LENGTH_MASK;
  for (let at = SMALLEST_TCP_HEADER; at < end; ) {
    const kind = byteAt(words, at);
    if (kind === END_OF_OPTIONS) return false;
    if (kind > SACK && kind !== TIMESTAMPS) return true;
    const length = kind === NO_OPERATION ? 1 : at + 1 < end ? byteAt(words, at + 1) : 0;
    if (length === 0) return false;
    at += length;
  }
  return false;
}

/** What a kept header says; null where none is kept. */
export function readHeader(words: Int32Array): OpeningHeader | null {
  const packet = words[PACKET] ?? 0;
  const length = packet & LENGTH_MASK;
  if (length < SMALLEST_TCP_HEADER) return null;
  const ttl = keptTtl(words);
  const options = readOptions(words, length);
  const optionOf = (kind: number) => options.find((option) => option.kind === kind)?.value;
  const mss = optionOf(MSS);
  return {
    frame: words[FRAME] ?? 0,
    ttl: ttl === 0 ? null : ttl,
    id: ttl === 0 || (packet & IPV6) !== 0 ? null : packet >>> 16,
    window: (byteAt(words, 14) << 8) | byteAt(words, 15),
    options,
    mss: mss?.length === 2 ? ((mss[0] ?? 0) << 8) | (mss[1] ?? 0) : null,
    windowScale: optionOf(WINDOW_SCALE)?.[0] ?? null,
    sackPermitted: optionOf(SACK_PERMITTED) !== undefined,
    timestamps: optionOf(TIMESTAMPS) !== undefined,
  };
}

function readOptions(words: Int32Array, end: number): TcpOption[] {
  const options: TcpOption[] = [];
  for (let at = SMALLEST_TCP_HEADER; at < end; ) {
    const kind = byteAt(words, at);
    if (kind === END_OF_OPTIONS) break;
    const length = kind === NO_OPERATION ? 1 : at + 1 < end ? byteAt(words, at + 1) : 0;
    if (length === 0 || (length === 1 && kind !== NO_OPERATION)) break;
    const value: number[] = [];
    for (let i = at + 2; i < Math.min(at + length, end); i++) value.push(byteAt(words, i));
    options.push({ kind, value });
    at += length;
  }
  return options;
}

function byteAt(words: Int32Array, at: number): number {
  return ((words[TCP + (at >> 2)] ?? 0) >>> (24 - 8 * (at & 3))) & 0xff;
}
