import type { DoubtfulSegments } from "./doubtfulSegments.ts";
import { EndHeaders } from "./endHeaders.ts";
import { keptTtl } from "./keptHeader.ts";
import { ACK, FIN, RST, type Segment, URG } from "./segmentSink.ts";
import { type StreamConsumer, TcpStream } from "./tcpStream.ts";
import type { WaitingBytes } from "./waitingBytes.ts";

/** Who takes what happens on one connection. */
export interface ConnectionConsumer {
  /** A connection begins: forgets the one before, if there was one. */
  begin(connection: TcpConnection): void;
  readonly fromClient: StreamConsumer;
  readonly fromServer: StreamConsumer;
  /**
   * A FIN or RST of this side, the first of its kind.
   * @param afterUnseen the FIN acknowledges bytes or a FIN of the other side that the capture does not hold (yet)
   */
  sideEnded(byClient: boolean, how: "RST" | "FIN", frame: number, time: number, afterUnseen: boolean): void;
  /** The connection was never opened; told after its RST, if there was one. */
  notOpened(): void;
  /** This side acknowledged bytes of the other that the capture does not hold (yet). */
  acknowledgedUnseen(byClient: boolean, frame: number): void;
  /** Nothing more will come. True when nobody keeps what was told of it, so that the objects may serve another connection. */
  over(): boolean;
}

/**
 * A live TCP connection: one generation of a 4-tuple. When it is over, the object and all that hangs on it serve the next one: 75,000 short
 * connections made eight kilobytes of garbage each, and collecting it took a fifth of the time.
 */
export class TcpConnection {
  flow = 0;
  /** Which end of the flow (0 or 1) opened the connection. */
  clientEnd = 0;
  synSeen = false;
  synSequence = 0;
  firstFrame = 0;
  firstTime = 0;
  lastFrame = 0;
  lastTime = 0;
  readonly client: TcpStream;
  readonly server: TcpStream;
  readonly consumer: ConnectionConsumer;
  /** Reset, or finished by both sides. */
  closing = false;
  /** Frame in which that happened. */
  closedAt = 0;
  /** Where it stands among the open ones. */
  place = 0;
  /** It is over, and nobody keeps what hangs on it. */
  reusable = false;
  /** Segments with data, each counted once; and packets that the capture holds again. */
  dataSegments = 0;
  repeats = 0;
  /** Frame of the first of these, and of the packet that it repeats; 0: none. */
  repeatFrame = 0;
  repeatOf = 0;
  /** Headers of the FINs and RSTs that the consumer is told of, in the same order. */
  readonly endHeaders = new EndHeaders();
  /** Nobody took the SYN: it was answered by a RST, or never. Null: it was opened, or the capture starts later. */
  unopened: "refused" | "unanswered" | null = null;
  /** How often the SYN was sent again; at most 3. */
  synRepeats = 0;
  private endsSeen = 0;

  constructor(consumer: ConnectionConsumer, doubtful: DoubtfulSegments, waiting: WaitingBytes) {
    this.consumer = consumer;
    this.client = new TcpStream(consumer.fromClient, doubtful, waiting);
    this.server = new TcpStream(consumer.fromServer, doubtful, waiting);
  }

  /** Starts a connection whose first frame (its SYN, where `synSeen`) is given. */
  begin(flow: number, clientEnd: number, synSeen: boolean, synSequence: number, frame: number, time: number): void {
    this.flow = flow;
    this.clientEnd = clientEnd;
    this.synSeen = synSeen;
    this.synSequence = synSequence;
    this.firstFrame = frame;
    this.firstTime = time;
    this.lastFrame = frame;
    this.lastTime = time;
    this.reusable = false;
    this.closing = false;
    this.closedAt = 0;
    this.endsSeen = 0;
    this.dataSegments = 0;
    this.repeats = 0;
    this.repeatFrame = 0;
    this.repeatOf = 0;
    this.endHeaders.begin();
    this.unopened = null;
    this.synRepeats = 0;
    this.client.begin();
    this.server.begin();
    this.consumer.begin(this);
  }

  /** Whether the segment is the good copy of one that was damaged. */
  mends(segment: Segment, byClient: boolean): boolean {
    return (byClient ? this.client : this.server).mends(segment);
  }

  /** The capture holds a packet of this connection once more; nothing in it is new. */
  repeated(segment: Segment, of: number): void {
    this.lastFrame = segment.frame;
    this.lastTime = segment.time;
    if (segment.payloadLength === 0) return;
    if (this.repeats++ > 0) return;
    this.repeatFrame = segment.frame;
    this.repeatOf = of;
  }

  take(segment: Segment, byClient: boolean): void {
    this.lastFrame = segment.frame;
    this.lastTime = segment.time;
    const stream = byClient ? this.client : this.server;
    const other = byClient ? this.server : this.client;
    if (segment.payloadLength > 0) {
      this.dataSegments++;
      stream.sender.sent(segment);
      if (this.closing && (segment.flags & RST) === 0) stream.sender.afterReset(segment, stream.next, other.sender);
    }
    if ((segment.flags & URG) !== 0) stream.sender.urgent++;
    const unseen = (segment.flags & ACK) !== 0 && (segment.flags & RST) === 0 && other.acknowledged(segment.acknowledgment);
    if (unseen) this.consumer.acknowledgedUnseen(byClient, segment.frame);
    if (segment.payloadLength > 0 && (segment.flags & RST) === 0) stream.take(segment);
    if ((segment.flags & FIN) !== 0) {
      this.keepEnd(byClient, FIN, segment);
      stream.finish(segment.sequence + segment.payloadLength, true);
      this.end(byClient, "FIN", segment, unseen);
    }
    if ((segment.flags & RST) !== 0 && stream.canReset(segment.sequence)) {
      this.keepEnd(byClient, RST, segment);
      if (segment.sequence !== 0) stream.finish(segment.sequence, false);
      this.end(byClient, "RST", segment, false);
    }
  }

  /** Hands on what waits behind holes, whose bytes count as lost. Gives the number of streams that had some. */
  giveUpHoles(): number {
    return (this.client.giveUpHoles() ? 1 : 0) + (this.server.giveUpHoles() ? 1 : 0);
  }

  /** A segment without data says that this side can take no more. */
  windowClosed(byClient: boolean): void {
    (byClient ? this.client : this.server).sender.zeroWindows++;
  }

  /** The connection was never opened. */
  giveUp(how: "refused" | "unanswered", synRepeats: number): void {
    this.unopened = how;
    this.synRepeats = synRepeats;
    this.consumer.notOpened();
  }

  /** Hands on what waits behind holes; nothing more will come. */
  close(): void {
    this.client.flush(this.lastFrame, this.lastTime);
    this.server.flush(this.lastFrame, this.lastTime);
    this.reusable = this.consumer.over();
  }

  /** Keeps the headers of the first FIN and RST of each side, before the stream counts them. */
  private keepEnd(byClient: boolean, how: typeof FIN | typeof RST, segment: Segment): void {
    if ((this.endsSeen & endBit(byClient, how)) !== 0) return;
    const stream = byClient ? this.client : this.server;
    const other = byClient ? this.server : this.client;
    this.endHeaders.add(segment, stream, other, keptTtl(stream.sender.openingWords));
    if (how !== RST) return;
    stream.sender.reset(segment, stream.next);
    if ((this.endsSeen & RESETS) !== 0) return;
    stream.sender.untilReset(stream.next, other.sender);
    other.sender.untilReset(other.next, stream.sender);
  }

  private end(byClient: boolean, how: "RST" | "FIN", segment: Segment, afterUnseen: boolean): void {
    const bit = endBit(byClient, how === "FIN" ? FIN : RST);
    if ((this.endsSeen & bit) !== 0) return;
    this.endsSeen |= bit;
    if (!this.closing && (how === "RST" || (this.endsSeen & 3) === 3)) {
      this.closing = true;
      this.closedAt = segment.frame;
    }
    this.consumer.sideEnded(byClient, how, segment.frame, segment.time, afterUnseen);
  }
}

/** Bits of the RSTs among those of `endBit`. */
const RESETS = 4 | 8;

/** Bit 0 and 1: FIN of client and server, bit 2 and 3: RST. */
function endBit(byClient: boolean, how: typeof FIN | typeof RST): number {
  return (byClient ? 1 : 2) << (how === FIN ? 0 : 2);
}
