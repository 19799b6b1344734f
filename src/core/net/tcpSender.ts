import {
  forgetHeader,
  hasTimestamps,
  hasUnusualOption,
  identificationOf,
  KEPT_HEADER,
  type OpeningHeader,
  readHeader,
  ttlOf,
  windowOf,
} from "./keptHeader.ts";
import type { Segment } from "./segmentSink.ts";

/** Segments that are all looked at; of the later ones only a sample. */
const LOOKED_AT = 4;
const SAMPLE_MASK = 15;
/** A counter that goes up by the segment (Linux) or by the packet of the whole machine (Windows) moves no further between two samples. */
export const LARGEST_STEP = 2048;
/** A time before there is one: never a small integer, which V8 keeps in another form than the times that follow. */
const NEVER = Number.NEGATIVE_INFINITY;

/** How identifications of IPv4 go on from segment to segment: `counts` up in small steps, always `zero`, or neither. */
export type Identifications = "counts" | "zero" | "other";

/** What one end's segments count up to within the capture. */
export interface SenderCounts {
  /** Segments whose data the capture already had, without the copies that the capture itself made of a packet. */
  readonly retransmissions: number;
  /** Segments of one byte that was sent before. Keep-alives without a byte look like acknowledgments and are not counted. */
  readonly keepAlives: number;
  /** Segments without data that say that this end can take no more. */
  readonly zeroWindows: number;
  /** Segments with the URG flag. */
  readonly urgent: number;
}

/** The same bytes sent again and again, nothing new in between and no data from the other end, until the connection was reset. */
export interface Repetition {
  /** Segments behind the first one. */
  readonly count: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  /** Nanoseconds between these two. */
  readonly span: number;
}

/** Data that goes on, without a gap, behind a RST in the name of the same end. */
export interface WentOn {
  readonly resetFrame: number;
  readonly frame: number;
  /** Nanoseconds from the RST to the data. */
  readonly after: number;
  /** Frame of data in which the other end acknowledged it; null: there is none in the capture. */
  readonly answeredFrame: number | null;
}

/** What is seen of one end of a connection besides its data. */
export interface SenderFacts extends SenderCounts {
  /** The client's SYN, the server's SYN with ACK; null: not in the capture. */
  readonly opening: OpeningHeader | null;
  /** It has an option that is none of the usual ones: MSS, window scale, SACK, time stamps, padding. */
  readonly hasUnusualOption: boolean;
  /** Segments with data that were looked at (the first ones, and a sample of the others), and the lowest and highest TTL among them. */
  readonly samples: number;
  readonly ttlLow: number;
  readonly ttlHigh: number;
  /** How many of them had the time stamps option. */
  readonly stamped: number;
  readonly identifications: Identifications;
  /** Window of the last one, as it stands in the header. */
  readonly window: number;
  readonly repetition: Repetition | null;
  readonly wentOn: WentOn | null;
}

/** What is seen of one end: a few numbers, since it hangs on every connection. */
export class TcpSender implements SenderFacts {
  /** Header of its SYN, or of its answer to one, as `keepHeader` leaves it. */
  readonly openingWords = new Int32Array(KEPT_HEADER);
  retransmissions = 0;
  keepAlives = 0;
  zeroWindows = 0;
  urgent = 0;
  samples = 0;
  ttlLow = 0;
  ttlHigh = 0;
  stamped = 0;
  window = 0;
  /** Of the last segment looked at. */
  lastId = 0;
  lastTime = NEVER;
  private smallSteps = 0;
  private otherSteps = 0;
  private zeroIds = 0;
  private segments = 0;
  /** Bits of a segment's number that are set where it is not looked at. */
  private passedOver = 0;
  /** Frame of the last segment with data. */
  lastFrame = 0;
  /** The retransmission that goes on: its sequence number, that of the next new byte, and how often and when it came. */
  private repeatedAt = 0;
  private nextWhenRepeated = 0;
  private repeats = 0;
  private firstRepeatFrame = 0;
  private firstRepeatTime = NEVER;
  private lastRepeatFrame = 0;
  private lastRepeatTime = NEVER;
  /** It went on when the connection was reset, and the other end had sent no data since it began: how often, else 0. */
  private repeatsUntilReset = 0;
  /** Its RST: the frame (0: none), the time, and where its data stood. */
  private resetFrame = 0;
  private resetTime = NEVER;
  private nextWhenReset = 0;
  /** The RST stands exactly where its data goes on. */
  private resetExact = false;
  /** First data of this end that goes on behind its RST, and first data of the other end that acknowledges it; 0: none. */
  private wentOnFrame = 0;
  private wentOnTime = NEVER;
  private answeredFrame = 0;

  /** Forgets the connection before. */
  begin(): void {
    forgetHeader(this.openingWords);
    this.retransmissions = 0;
    this.keepAlives = 0;
    this.zeroWindows = 0;
    this.urgent = 0;
    this.samples = 0;
    this.ttlLow = 0;
    this.ttlHigh = 0;
    this.stamped = 0;
    this.window = 0;
    this.lastId = 0;
    this.lastTime = NEVER;
    this.smallSteps = 0;
    this.otherSteps = 0;
    this.zeroIds = 0;
    this.segments = 0;
    this.passedOver = 0;
    this.lastFrame = 0;
    this.repeats = 0;
    this.repeatsUntilReset = 0;
    this.resetFrame = 0;
    this.wentOnFrame = 0;
    this.answeredFrame = 0;
  }

  /** Takes a segment with data. */
  sent(segment: Segment): void {
    this.lastFrame = segment.frame;
    if ((this.segments++ & this.passedOver) === 0) this.look(segment);
  }

  /** Takes a segment whose bytes were all there before. @param next sequence number of the next new byte of this end */
  repeated(segment: Segment, next: number): void {
    if (segment.payloadLength === 1 && ((segment.sequence + 1) | 0) === next) {
      this.keepAlives++;
      return;
    }
    this.retransmissions++;
    const isSame = this.repeats > 0 && this.repeatedAt === (segment.sequence | 0) && this.nextWhenRepeated === next;
    if (!isSame) {
      this.repeats = 0;
      this.repeatedAt = segment.sequence | 0;
      this.nextWhenRepeated = next;
      this.firstRepeatFrame = segment.frame;
      this.firstRepeatTime = segment.time;
    }
    this.repeats++;
    this.lastRepeatFrame = segment.frame;
    this.lastRepeatTime = segment.time;
  }

  /** The connection was reset. @param next as above; `other`: the other end */
  untilReset(next: number, other: TcpSender): void {
    const goesOn = this.repeats > 0 && this.nextWhenRepeated === next && other.lastFrame < this.firstRepeatFrame;
    this.repeatsUntilReset = goesOn ? this.repeats : 0;
  }

  /** Takes the first RST of this end. */
  reset(segment: Segment, next: number): void {
    this.resetFrame = segment.frame;
    this.resetTime = segment.time;
    this.nextWhenReset = next;
    this.resetExact = (segment.sequence | 0) === next;
  }

  /** Takes data of this end that came behind a RST, before it is counted. `other`: the other end */
  afterReset(segment: Segment, next: number, other: TcpSender): void {
    if ((segment.sequence | 0) !== next) return;
    if (this.resetExact && this.resetFrame > 0 && this.wentOnFrame === 0) {
      this.wentOnFrame = segment.frame;
      this.wentOnTime = segment.time;
    }
    const isAnswer = other.wentOnFrame > 0 && ((segment.acknowledgment - other.nextWhenReset) | 0) > 0;
    if (isAnswer && other.answeredFrame === 0) other.answeredFrame = segment.frame;
  }

  get opening(): OpeningHeader | null {
    return readHeader(this.openingWords);
  }

  get hasUnusualOption(): boolean {
    return hasUnusualOption(this.openingWords);
  }

  get repetition(): Repetition | null {
    if (this.repeatsUntilReset === 0) return null;
    return {
      count: this.repeatsUntilReset,
      firstFrame: this.firstRepeatFrame,
      lastFrame: this.lastRepeatFrame,
      span: this.lastRepeatTime - this.firstRepeatTime,
    };
  }

  get wentOn(): WentOn | null {
    if (this.wentOnFrame === 0) return null;
    const after = this.wentOnTime - this.resetTime;
    return { resetFrame: this.resetFrame, frame: this.wentOnFrame, after, answeredFrame: this.answeredFrame || null };
  }

  /** Whether what it did at and after a reset needs a second look. */
  get isOddAtReset(): boolean {
    return this.repeatsUntilReset > 0 || this.wentOnFrame > 0;
  }

  get identifications(): Identifications {
    if (this.samples > 0 && this.zeroIds === this.samples) return "zero";
    return this.smallSteps >= 2 && this.otherSteps === 0 && this.zeroIds === 0 ? "counts" : "other";
  }

  private look(segment: Segment): void {
    const ttl = ttlOf(segment);
    const id = identificationOf(segment);
    if (this.samples++ === 0) {
      this.ttlLow = ttl;
      this.ttlHigh = ttl;
    } else {
      if (ttl < this.ttlLow) this.ttlLow = ttl;
      if (ttl > this.ttlHigh) this.ttlHigh = ttl;
      const step = (id - this.lastId) & 0xffff;
      if (step > 0 && step <= LARGEST_STEP) this.smallSteps++;
      else this.otherSteps++;
    }
    if (this.samples === LOOKED_AT) this.passedOver = SAMPLE_MASK;
    if (id === 0) this.zeroIds++;
    if (hasTimestamps(segment)) this.stamped++;
    this.lastId = id;
    this.lastTime = segment.time;
    this.window = windowOf(segment);
  }
}
