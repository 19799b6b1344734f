import type { Segment } from "./segmentSink.ts";
import { unfilledChecksum } from "./tcpChecksum.ts";

/** Places of the table, a power of two: more segments than are on their way through one machine within the time below. */
const PLACES = 1024;
const MASK = PLACES - 1;
/**
 * Int32 words of an entry: flow and end, sequence, acknowledgment, IP identification and checksum, length on the wire and in the
 * file, frame, place, number that the file gives the packet.
 */
const WORDS = 8;
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

  /** Place of that packet. */
  place = 0;

  /**
   * Whether a segment that is no repeat is a packet that was there just before at another place of the machine, with other content: the
   * identification and the numbers are those of the packet, so what lies between the two places changed it. To be asked before `isRepeat`.
   */
  isRewritten(segment: Segment, flow: number, end: number): boolean {
    const at = placeOf(segment.sequence | 0, 2 * flow + end) * WORDS;
    const words = this.words;
    if (words[at + 6] === segment.place || !this.isSamePacket(segment, at)) return false;
    if (words[at] !== 2 * flow + end || words[at + 1] !== (segment.sequence | 0) || words[at + 2] !== (segment.acknowledgment | 0))
      return false;
    if (Math.abs(segment.time - (this.times[at / WORDS] ?? 0)) > MOST_APART) return false;
    this.place = words[at + 6] ?? 0;
    const before = (words[at + 3] ?? 0) & 0xffff;
    const now = segment.view.getUint16(segment.headerAt + 16);
    return before !== now && !isUnfilled(segment, before) && !isUnfilled(segment, now);
  }

  /** Whether the packet at `at` is this one by the file's number, else by its IP identification. */
  private isSamePacket(segment: Segment, at: number): boolean {
    const words = this.words;
    // A large packet, which the network card cuts into segments, has the number and the identification of the first of them.
    if (segment.packet !== 0) return words[at + 7] === segment.packet && words[at + 4] === lengthsOf(segment);
    if (segment.ipv6) return false;
    const identification = segment.view.getUint16(segment.sourceAt - 8);
    return identification !== 0 && identification === (words[at + 3] ?? 0) >>> 16;
  }

  /** Whether the segment is a packet that was there just before; if not, it is remembered. `end`: of the flow, 0 or 1. */
  isRepeat(segment: Segment, flow: number, end: number): boolean {
    const view = segment.view;
    const key = 2 * flow + end;
    const sequence = segment.sequence | 0;
    const identification = segment.ipv6 ? 0 : view.getUint16(segment.sourceAt - 8);
    const packet = (identification << 16) | view.getUint16(segment.headerAt + 16);
    const length = lengthsOf(segment);
    const place = placeOf(sequence, key);
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
    words[at + 6] = segment.place;
    words[at + 7] = segment.packet;
    this.times[place] = segment.time;
    return false;
  }
}

/** Whether that is what stands in the checksum's place before the network card fills it in. Windows leaves the length out of large packets. */
function isUnfilled({ view, sourceAt, ipv6, payloadStart, headerAt, payloadLength }: Segment, checksum: number): boolean {
  const addressLength = ipv6 ? 16 : 4;
  const length = payloadStart - headerAt + payloadLength;
  return (
    checksum === unfilledChecksum(view, sourceAt, addressLength, length) || checksum === unfilledChecksum(view, sourceAt, addressLength, 0)
  );
}

/** On the wire and in the file. */
function lengthsOf({ payloadLength, payloadStart, payloadEnd }: Segment): number {
  return (payloadLength << 16) ^ (payloadEnd - payloadStart);
}

function placeOf(sequence: number, key: number): number {
  return (Math.imul(sequence ^ Math.imul(key, 0x85ebca6b), 0x9e3779b1) >>> 20) & MASK;
}
