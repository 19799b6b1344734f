import { type DoubtfulSegments, hasGoodChecksum, hostOf } from "./doubtfulSegments.ts";
import type { Segment } from "./segmentSink.ts";
import { TcpSender } from "./tcpSender.ts";
import { WAITING_OVERHEAD, type WaitingBytes } from "./waitingBytes.ts";

/**
 * Why bytes are missing. `cut`: the snap length, the stream itself is whole. `capture`: the other end acknowledged them, so they were there.
 * `unknown`: they may have been lost on the way, and would have been sent again had the capture or the connection gone on.
 */
export type LossCause = "cut" | "capture" | "unknown";

/** Who takes the bytes of one direction, in the order of the stream. */
export interface StreamConsumer {
  /** The next bytes, `bytes[start, end)`; overwritten after the call. */
  data(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number): void;
  /** `count` bytes that the capture does not hold. */
  lost(count: number, why: LossCause, frame: number, time: number): void;
  /** The stream is seen from its middle: the next byte may be anywhere in a message. */
  startsLate(): void;
}

/** A segment that came before its turn; the only payload that is ever copied here. */
interface QueuedSegment {
  readonly sequence: number;
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly frame: number;
  readonly time: number;
}

const MOST_QUEUED_SEGMENTS = 1024;
const MOST_QUEUED_BYTES = 4 * 1024 * 1024;
/**
 * A hole is given up at the second segment of the peer that acknowledges data beyond it: the peer has the bytes, so the capture will not
 * get them any more. One such segment may merely have overtaken the data inside the capturing machine.
 */
const ACKNOWLEDGMENTS_BEYOND_HOLE = 2;
/** A FIN or RST further ahead than a window can be says nothing about lost data: its sequence number is not of this stream. */
const MOST_MISSING_AT_END = 1 << 24;

/** One direction of a connection: sequence tracking (RFC 9293 3.4) with retransmissions, overlaps, reordering, loss and wrap. */
export class TcpStream {
  /** Sequence number of the next byte wanted, as a signed 32-bit word. */
  next = 0;
  known = false;
  finished = false;
  lostBytes = 0;
  private first = 0;
  private queue: QueuedSegment[] | null = null;
  private queuedBytes = 0;
  private beyond = 0;
  /**
   * The first segment of the queue is the next one, but its checksum is wrong: it may have been damaged on its way, and a good copy will
   * come. When the peer acknowledges it, it was good, and the checksums of this side mean nothing: its network card fills them in later.
   */
  private doubts = false;
  private believesAll = false;
  private host = 0;
  private readonly doubtful: DoubtfulSegments;
  private readonly waiting: WaitingBytes;
  /** Sequence number of the FIN or RST. */
  private last = 0;
  readonly consumer: StreamConsumer;
  /** What else is seen of the end that sends it. */
  readonly sender = new TcpSender();

  constructor(consumer: StreamConsumer, doubtful: DoubtfulSegments, waiting: WaitingBytes) {
    this.consumer = consumer;
    this.doubtful = doubtful;
    this.waiting = waiting;
  }

  /** Forgets the stream before. */
  begin(): void {
    this.next = 0;
    this.known = false;
    this.finished = false;
    this.lostBytes = 0;
    this.queue = null;
    this.queuedBytes = 0;
    this.beyond = 0;
    this.doubts = false;
    this.believesAll = false;
    this.last = 0;
    this.sender.begin();
  }

  /** The stream starts at this sequence number: its SYN was seen. */
  startAt(sequence: number): void {
    this.next = sequence | 0;
    this.first = this.next;
    this.known = true;
  }

  /** Packets of this side are in the capture, and none of them carries data. */
  get isSilent(): boolean {
    if (!this.known || this.queue !== null) return false;
    const fin = this.finished && this.last === this.next ? 1 : 0;
    return this.next === this.first || ((this.next - fin) | 0) === this.first;
  }

  take(segment: Segment): void {
    if (!this.known) {
      this.startAt(segment.sequence);
      this.consumer.startsLate();
    }
    const ahead = (segment.sequence - this.next) | 0;
    if (ahead > 0) {
      this.hold(segment);
      return;
    }
    if (ahead === 0 && !this.believesAll && this.isHeldBack(segment)) return;
    const old = -ahead;
    if (old >= segment.payloadLength) {
      this.sender.repeated(segment, this.next);
      return;
    }
    this.deliver(segment, old);
    if (this.queue !== null) this.drain();
  }

  /** Whether the next segment waits for a proof that it is good, or the one that waited was. */
  private isHeldBack(segment: Segment): boolean {
    if (!this.doubts) {
      this.believesAll = this.doubtful.believes(segment);
      if (this.believesAll || !this.doubtful.isDoubtful(segment)) return false;
      this.host = hostOf(segment);
      this.hold(segment);
      this.doubts = true;
      return true;
    }
    if (!hasGoodChecksum(segment)) {
      this.believe();
      return true;
    }
    this.doubts = false;
    this.takeFirst();
    return false;
  }

  /** Whether a segment is the good copy of the one that waits. */
  mends(segment: Segment): boolean {
    return this.doubts && (segment.sequence | 0) === this.next && hasGoodChecksum(segment);
  }

  /** The segment that waited is good, and so are the others of this side. */
  private believe(): void {
    this.believesAll = true;
    this.doubtful.learn(this.host);
    this.drain();
  }

  /**
   * A FIN or RST stands at this sequence number, behind the last byte that was sent. The FIN takes a number itself, which is counted when
   * nothing is missing before it.
   */
  finish(sequence: number, fin: boolean): void {
    if (!this.known || this.finished) return;
    this.finished = true;
    this.last = sequence | 0;
    if (fin && this.last === this.next) this.next = this.last = (this.next + 1) | 0;
  }

  /** Whether a RST at this sequence number can be of this stream: no receiver accepts one from outside of its window (RFC 9293 3.5.3). */
  canReset(sequence: number): boolean {
    return !this.known || sequence === 0 || Math.abs((sequence - this.next) | 0) <= MOST_MISSING_AT_END;
  }

  /** The peer acknowledged up to `acknowledgment`. True when that covers bytes which the capture has not shown. */
  acknowledged(acknowledgment: number): boolean {
    if (this.doubts && ((acknowledgment - this.next) | 0) > 0) this.believe();
    if (!this.known || ((acknowledgment - this.next) | 0) <= 0) return false;
    const first = this.queue?.[0];
    if (first !== undefined && ((acknowledgment - first.sequence) | 0) > 0 && ++this.beyond >= ACKNOWLEDGMENTS_BEYOND_HOLE)
      this.acceptHole("capture");
    return true;
  }

  /** Hands on what waits behind holes. True when something did. */
  giveUpHoles(): boolean {
    if (this.queue === null) return false;
    while (this.queue !== null) this.acceptHole("unknown");
    return true;
  }

  /** Nothing more will come: hands on what waits behind holes, and tells what is missing before the end. */
  flush(frame: number, time: number): void {
    this.giveUpHoles();
    const missing = this.finished ? (this.last - this.next) | 0 : 0;
    if (missing <= 0 || missing > MOST_MISSING_AT_END) return;
    this.lostBytes += missing;
    this.consumer.lost(missing, "unknown", frame, time);
  }

  private deliver(segment: Segment, old: number): void {
    const captured = segment.payloadEnd - segment.payloadStart;
    this.next = (segment.sequence + segment.payloadLength) | 0;
    if (captured > old) {
      this.consumer.data(segment.bytes, segment.view, segment.payloadStart + old, segment.payloadEnd, segment.frame, segment.time);
    }
    const missing = segment.payloadLength - Math.max(captured, old);
    if (missing > 0) this.consumer.lost(missing, "cut", segment.frame, segment.time);
  }

  private hold(segment: Segment): void {
    const bytes = segment.bytes.slice(segment.payloadStart, segment.payloadEnd);
    const held: QueuedSegment = {
      sequence: segment.sequence | 0,
      length: segment.payloadLength,
      bytes,
      frame: segment.frame,
      time: segment.time,
    };
    this.queue ??= [];
    let at = this.queue.length;
    while (at > 0 && ((held.sequence - (this.queue[at - 1]?.sequence ?? 0)) | 0) < 0) at--;
    // The same segment again: a mirrored port or a retransmission behind the same hole.
    const before = this.queue[at - 1];
    if (before !== undefined && before.sequence === held.sequence && before.length >= held.length) return;
    this.queue.splice(at, 0, held);
    this.queuedBytes += bytes.length;
    this.waiting.count += bytes.length + WAITING_OVERHEAD;
    if (this.queue.length > MOST_QUEUED_SEGMENTS || this.queuedBytes > MOST_QUEUED_BYTES) this.acceptHole("unknown");
  }

  /** Gives up the bytes before the first waiting segment. */
  private acceptHole(why: LossCause): void {
    const first = this.queue?.[0];
    if (first === undefined) {
      this.queue = null;
      return;
    }
    const hole = (first.sequence - this.next) | 0;
    if (hole > 0) {
      this.lostBytes += hole;
      this.next = first.sequence;
      this.consumer.lost(hole, why, first.frame, first.time);
    }
    this.drain();
  }

  private drain(): void {
    let first = this.queue?.[0];
    while (first !== undefined && ((first.sequence - this.next) | 0) <= 0) {
      this.takeFirst();
      this.deliverHeld(first);
      first = this.queue?.[0];
    }
    this.beyond = 0;
    this.doubts = false;
    if (first === undefined) this.queue = null;
  }

  private takeFirst(): void {
    const length = this.queue?.shift()?.bytes.length;
    if (length === undefined) return;
    this.queuedBytes -= length;
    this.waiting.count -= length + WAITING_OVERHEAD;
  }

  private deliverHeld(held: QueuedSegment): void {
    const old = (this.next - held.sequence) | 0;
    if (old >= held.length) return;
    this.next = (held.sequence + held.length) | 0;
    const view = new DataView(held.bytes.buffer, held.bytes.byteOffset, held.bytes.length);
    if (held.bytes.length > old) this.consumer.data(held.bytes, view, old, held.bytes.length, held.frame, held.time);
    const missing = held.length - Math.max(held.bytes.length, old);
    if (missing > 0) this.consumer.lost(missing, "cut", held.frame, held.time);
  }
}
