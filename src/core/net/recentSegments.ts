import type { Segment } from "./segmentSink.ts";

/** Places of the table, a power of two: more segments than are on their way through one machine within the time below. */
const PLACES = 1024;
const MASK = PLACES - 1;
/**
 * Int32 words of an entry: flow and end, sequence, acknowledgment, IP identification and checksum, length on the wire and in the
 * file, frame.
 */
const WORDS = 6;
/**
 * Copies of one packet were at most 0.22 ms apart in traces of four Windows machines. A retransmission has a new IP identification; where a
 * packet has none (IPv6, or 0), only the time tells, and no sender repeats itself within two milliseconds.
 */
const MOST_APART = 5_000_000;
const MOST_APART_WITHOUT_ID = 2_000_000;
const NONE = -1;

/**
 * Tells a packet that the capture holds twice (at two components of one machine, on two interfaces, from a mirrored port) from a
 * retransmission: IP identification, sequence, acknowledgment, length and checksum are equal, and little time lies between.
 * One table for all connections, where a segment has one place and pushes the one before out: it costs nothing to forget.
 */
export class RecentSegments {
  private readonly words = new Int32Array(PLACES * WORDS).fill(NONE);
  private readonly times = new Float64Array(PLACES);
  /** Frame of the packet that `isRepeat` found again. */
  frame = 0;

  /** Whether the segment is a packet that was there just before; if not, it is remembered. `end`: of the flow, 0 or 1. */
  isRepeat(segment: Segment, flow: number, end: number): boolean {
    const view = segment.view;
    const key = 2 * flow + end;
    const sequence = segment.sequence | 0;
    const identification = segment.ipv6 ? 0 : view.getUint16(segment.sourceAt - 8);
    const packet = (identification << 16) | view.getUint16(segment.headerAt + 16);
    const length = (segment.payloadLength << 16) ^ (segment.payloadEnd - segment.payloadStart);
    const mixed = Math.imul(sequence ^ Math.imul(key, 0x85ebca6b), 0x9e3779b1);
    const place = (mixed >>> 20) & MASK;
    const at = place * WORDS;
    const words = this.words;
    if (
      words[at + 1] === sequence &&
      words[at] === key &&
      words[at + 2] === (segment.acknowledgment | 0) &&
      words[at + 3] === packet &&
      words[at + 4] === length
    ) {
      const apart = Math.abs(segment.time - (this.times[place] ?? 0));
      if (apart <= (identification === 0 ? MOST_APART_WITHOUT_ID : MOST_APART)) {
        this.frame = words[at + 5] ?? 0;
        return true;
      }
    }
    words[at] = key;
    words[at + 1] = sequence;
    words[at + 2] = segment.acknowledgment | 0;
    words[at + 3] = packet;
    words[at + 4] = length;
    words[at + 5] = segment.frame;
    this.times[place] = segment.time;
    return false;
  }
}
