import { ACK, FIN, RST, type Segment } from "./segmentSink.ts";
import { type StreamConsumer, TcpStream } from "./tcpStream.ts";

/** Who takes what happens on one connection. */
export interface ConnectionConsumer {
  readonly fromClient: StreamConsumer;
  readonly fromServer: StreamConsumer;
  /**
   * A FIN or RST of this side, the first of its kind.
   * @param afterUnseen the FIN acknowledges bytes or a FIN of the other side that the capture does not hold (yet)
   */
  sideEnded(byClient: boolean, how: "RST" | "FIN", frame: number, time: number, afterUnseen: boolean): void;
  /** This side acknowledged bytes of the other that the capture does not hold (yet). */
  acknowledgedUnseen(byClient: boolean, frame: number): void;
  /** Nothing more will come. */
  over(connection: TcpConnection): void;
}

/** A live TCP connection: one generation of a 4-tuple. */
export class TcpConnection {
  readonly flow: number;
  /** Which end of the flow (0 or 1) opened the connection. */
  readonly clientEnd: number;
  readonly synSeen: boolean;
  readonly synSequence: number;
  readonly firstFrame: number;
  readonly firstTime: number;
  lastFrame: number;
  lastTime: number;
  readonly client: TcpStream;
  readonly server: TcpStream;
  readonly consumer: ConnectionConsumer;
  /** Reset, or finished by both sides. */
  closing = false;
  /** Frame in which that happened. */
  closedAt = 0;
  private endsSeen = 0;

  constructor(
    flow: number,
    clientEnd: number,
    syn: { readonly seen: boolean; readonly sequence: number; readonly frame: number; readonly time: number },
    consumer: ConnectionConsumer,
  ) {
    this.flow = flow;
    this.clientEnd = clientEnd;
    this.synSeen = syn.seen;
    this.synSequence = syn.sequence;
    this.firstFrame = syn.frame;
    this.firstTime = syn.time;
    this.lastFrame = syn.frame;
    this.lastTime = syn.time;
    this.consumer = consumer;
    this.client = new TcpStream(consumer.fromClient);
    this.server = new TcpStream(consumer.fromServer);
  }

  take(segment: Segment, byClient: boolean): void {
    this.lastFrame = segment.frame;
    this.lastTime = segment.time;
    const stream = byClient ? this.client : this.server;
    const other = byClient ? this.server : this.client;
    const unseen = (segment.flags & ACK) !== 0 && (segment.flags & RST) === 0 && other.acknowledged(segment.acknowledgment);
    if (unseen) this.consumer.acknowledgedUnseen(byClient, segment.frame);
    if (segment.payloadLength > 0 && (segment.flags & RST) === 0) stream.take(segment);
    if ((segment.flags & FIN) !== 0) {
      stream.finish(segment.sequence + segment.payloadLength, true);
      this.end(byClient, "FIN", segment, unseen);
    }
    if ((segment.flags & RST) !== 0) {
      if (segment.sequence !== 0) stream.finish(segment.sequence, false);
      this.end(byClient, "RST", segment, false);
    }
  }

  /** Hands on what waits behind holes; nothing more will come. */
  close(): void {
    this.client.flush(this.lastFrame, this.lastTime);
    this.server.flush(this.lastFrame, this.lastTime);
    this.consumer.over(this);
  }

  private end(byClient: boolean, how: "RST" | "FIN", segment: Segment, afterUnseen: boolean): void {
    const bit = (byClient ? 1 : 2) << (how === "FIN" ? 0 : 2);
    if ((this.endsSeen & bit) !== 0) return;
    this.endsSeen |= bit;
    if (!this.closing && (how === "RST" || (this.endsSeen & 3) === 3)) {
      this.closing = true;
      this.closedAt = segment.frame;
    }
    this.consumer.sideEnded(byClient, how, segment.frame, segment.time, afterUnseen);
  }
}
