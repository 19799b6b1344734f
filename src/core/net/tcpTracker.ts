import { DoubtfulSegments } from "./doubtfulSegments.ts";
import { FlowTable } from "./flowTable.ts";
import { ENDED_AT_ONCE, OpenConnections } from "./openConnections.ts";
import { RecentHandshakes } from "./recentHandshakes.ts";
import { RecentSegments } from "./recentSegments.ts";
import { ACK, FIN, RST, type Segment, type SegmentSink, SYN } from "./segmentSink.ts";
import { NAMED_PORT } from "./smbFinder.ts";
import { type ConnectionConsumer, TcpConnection } from "./tcpConnection.ts";
import type { WaitingBytes } from "./waitingBytes.ts";

/** Makes a consumer for connections, one at a time. */
export type MakeConsumer = () => ConnectionConsumer;

/** A closed connection is kept for so many frames, since its last segments may come late or out of order. */
const FRAMES_AFTER_CLOSE = 256;
/** Objects of ended connections that wait for another; as many as are ended at once, which would be garbage of some MiB every time. */
const MOST_SPARE = ENDED_AT_ONCE;
const PLACE_BITS = 16;
/** Connections that nobody took, of which the consumers are told: a scan of the network makes as many as it likes. */
export const MOST_UNOPENED = 1000;
/** Marks of a flow. That end was seen sending on the flow's own interface. */
const SENT_BY_0 = 1;
const SENT_BY_1 = 2;
/** End 1 sent the SYN; the SYN was seen; its answer was. */
const SYN_BY_1 = 4;
const SYN_SEEN = 8;
const ANSWERED = 16;
/** Whether the SYN was taken needs not be told any more: it was told, it does not matter, or it cannot be known. */
const SETTLED = 32;
/** How often the SYN was sent again, up to 3. */
const REPEATS_SHIFT = 6;
/** Nanoseconds after which a SYN is sent again at the earliest. */
const SHORTEST_TIME_OUT = 5e8;
const NETBIOS_PORT = 139;
/** Pairs of hosts that are told apart, a power of two. */
const PAIRS = 4096;

/** Interfaces on which one 4-tuple is told apart; what comes on more of them counts as on the first. */
const MOST_VIEWS = 64;

/**
 * Finds the connection of each segment: generations of a 4-tuple by SYN, sides by who sent it (by port where the capture starts later).
 * A flow without data costs some columns only; the object of a connection exists from its first payload until shortly after its end.
 */
export class TcpTracker implements SegmentSink {
  readonly flows = new FlowTable();
  readonly open: OpenConnections;
  private readonly live: (TcpConnection | undefined)[] = [];
  private readonly makeConsumer: MakeConsumer;
  private readonly spare: TcpConnection[] = [];
  private readonly watched: Uint8Array;
  private synFrame = new Uint32Array(1024);
  private synTime = new Float64Array(1024);
  private synSequence = new Uint32Array(1024);
  private answerSequence = new Uint32Array(1024);
  /** What was seen of each flow, in bits. */
  private marks = new Uint8Array(1024);
  /** Closed connections in the order of their ends; `closed` of them are done and their places empty. */
  private readonly closing: (TcpConnection | undefined)[] = [];
  private closed = 0;
  private readonly recent = new RecentSegments();
  private readonly doubtful = new DoubtfulSegments();
  private readonly waiting: WaitingBytes;
  private readonly endEarly = (connection: TcpConnection): void => this.close(connection.flow);
  private readonly handshakes = new RecentHandshakes();
  /** Pairs of hosts that use direct TCP: that they do not speak NetBIOS too is no trouble. */
  private readonly directPairs = new Uint8Array(PAIRS);
  private unopened = 0;
  /** Set when more connections were never opened than are told of. */
  unopenedFull = false;

  constructor(makeConsumer: MakeConsumer, watched: Uint8Array, waiting: WaitingBytes) {
    this.makeConsumer = makeConsumer;
    this.waiting = waiting;
    this.open = new OpenConnections(waiting);
    this.watched = watched;
  }

  segment(segment: Segment): void {
    const oldest = this.closing[this.closed];
    if (oldest !== undefined && segment.frame > oldest.closedAt + FRAMES_AFTER_CLOSE) this.closeOldest(segment.frame);
    let flow = this.flowOf(segment);
    if (flow < 0) return;
    const end = this.flows.direction;
    if (segment.place !== 0 && segment.payloadLength > 0 && this.recent.isRewritten(segment, flow, end)) {
      flow = this.separate(flow, segment, end);
      if (flow < 0) return;
    }
    if ((segment.flags & SYN) !== 0) {
      this.synchronise(flow, end, segment);
      return;
    }
    let connection = this.live[flow];
    if (connection === undefined) {
      // A FIN or RST alone is the rest of a connection that was over before the capture, or that never spoke.
      if (segment.payloadLength === 0) {
        this.settle(flow, end, segment);
        return;
      }
      connection = this.begin(flow, end, segment);
    }
    if (segment.payloadLength === 0 && (segment.flags & (FIN | RST)) === 0) {
      if (!this.recent.isRepeat(segment, flow, end)) connection.windowClosed(end === connection.clientEnd);
      return;
    }
    if (this.recent.isRepeat(segment, flow, end) && !connection.mends(segment, end === connection.clientEnd)) {
      connection.repeated(segment, this.recent.frame);
      return;
    }
    const wasClosing = connection.closing;
    connection.take(segment, end === connection.clientEnd);
    if (connection.closing && !wasClosing) this.closing.push(connection);
    if (this.open.tooMuchWaits) this.open.release(this.endEarly);
  }

  /** Ends every connection that is still open: the capture is over. */
  finish(): void {
    for (let flow = 0; flow < this.live.length; flow++) this.close(flow);
    for (let flow = 0; flow < this.flows.count; flow++) {
      const marks = this.marks[flow] ?? 0;
      // Of a SYN that was sent once nothing is known: the capture may end just there.
      if (marks >>> REPEATS_SHIFT > 0 && (marks & (SYN_SEEN | ANSWERED | SETTLED)) === SYN_SEEN) this.notOpened(flow, null);
    }
  }

  /** The flow of the segment's 4-tuple that belongs to its interface. */
  private flowOf(segment: Segment): number {
    const flows = this.flows;
    const first = flows.find(segment);
    const bit = 1 << flows.direction;
    const view = viewOf(segment);
    if (first < 0) return this.addFlow(view, bit);
    let oneSided = -1;
    let shared = -1;
    for (let flow = first; flow >= 0; flow = flows.next(flow)) {
      if (flows.interfaceOf(flow) === view) return this.seen(flow, bit);
      if (shared < 0 && (flows.interfaceOf(flow) ^ view) >>> PLACE_BITS === 0) shared = flow;
      if (((this.marks[flow] ?? 0) & bit) === 0) oneSided = flow;
    }
    if (shared >= 0 && !this.isOtherConnection(shared, segment)) return this.seen(shared, bit);
    // Two interfaces that each see one direction (a bonded port, a tap) are one connection; two that see both are two.
    if (shared < 0 && oneSided >= 0 && (segment.flags & (SYN | ACK)) !== SYN) return oneSided;
    return flows.viewsOf(first) < MOST_VIEWS ? this.addFlow(view, bit) : this.seen(first, bit);
  }

  /** Marks that this end of the flow was seen sending. */
  private seen(flow: number, bit: number): number {
    this.marks[flow] = (this.marks[flow] ?? 0) | bit;
    return flow;
  }

  /**
   * A capture of "any" interface sees each packet where it comes in and where it goes out: these are one connection. When a SYN with
   * another sequence number goes out while the first connection runs, a proxy opened a connection of its own.
   */
  private isOtherConnection(flow: number, segment: Segment): boolean {
    if ((segment.flags & (SYN | ACK)) !== SYN) return false;
    const connection = this.live[flow];
    if (connection !== undefined) return !connection.closing && connection.synSeen && connection.synSequence !== segment.sequence;
    return ((this.marks[flow] ?? 0) & SYN_SEEN) !== 0 && this.synSequence[flow] !== segment.sequence;
  }

  /**
   * What was one connection at several places of the machine is two from here on: a device between the places changed a packet. The one
   * that ran keeps the place where the packet was first, the new one begins in its middle.
   */
  private separate(flow: number, segment: Segment, end: number): number {
    if (this.flows.viewsOf(flow) >= MOST_VIEWS) return flow;
    this.flows.moveTo(flow, (segment.interfaceId << PLACE_BITS) | this.recent.place);
    return this.addFlow(viewOf(segment), 1 << end);
  }

  private addFlow(view: number, bit: number): number {
    const flow = this.flows.add(view);
    if (flow < 0) return flow;
    if (flow >= this.marks.length) this.grow();
    this.marks[flow] = bit;
    return flow;
  }

  private grow(): void {
    this.synFrame = grown(this.synFrame, Uint32Array);
    this.synTime = grown(this.synTime, Float64Array);
    this.synSequence = grown(this.synSequence, Uint32Array);
    this.answerSequence = grown(this.answerSequence, Uint32Array);
    this.marks = grown(this.marks, Uint8Array);
  }

  private synchronise(flow: number, end: number, segment: Segment): void {
    const marks = this.marks[flow] ?? 0;
    if ((segment.flags & ACK) !== 0) {
      this.answerSequence[flow] = segment.sequence + 1;
      this.marks[flow] = marks | ANSWERED;
      if ((marks & ANSWERED) === 0) this.handshakes.keep(flow, true, segment);
      return;
    }
    const connection = this.live[flow];
    const pending = (marks & SYN_SEEN) !== 0 && this.synSequence[flow] === segment.sequence;
    const running = connection?.synSeen === true && connection.synSequence === segment.sequence && !connection.closing;
    if (pending) this.synRepeated(flow, marks, segment.time);
    if (pending || running) return;
    if (connection !== undefined) this.close(flow);
    this.synFrame[flow] = segment.frame;
    this.synTime[flow] = segment.time;
    this.synSequence[flow] = segment.sequence;
    this.marks[flow] = (1 << end) | (end === 1 ? SYN_BY_1 : 0) | SYN_SEEN | (this.isOfInterest(segment) ? 0 : SETTLED);
    this.handshakes.keep(flow, false, segment);
  }

  /** Counts a SYN that came again, if so late that it is no copy which the capture made: the time-outs of all systems double from a second on. */
  private synRepeated(flow: number, marks: number, time: number): void {
    const repeats = marks >>> REPEATS_SHIFT;
    const earliest = (2 ** (repeats + 1) - 1) * SHORTEST_TIME_OUT;
    if (repeats < 3 && time - (this.synTime[flow] ?? 0) >= earliest) this.marks[flow] = marks + (1 << REPEATS_SHIFT);
  }

  /**
   * Whether it matters that nobody takes this SYN: it goes to a port that was named for SMB. Of NetBIOS only where the two hosts do not use
   * direct TCP too, since clients try both and servers have long stopped listening there.
   */
  private isOfInterest(segment: Segment): boolean {
    if (segment.destinationPort !== NETBIOS_PORT) {
      this.directPairs[pairOf(segment)] = 1;
      return this.watched[segment.destinationPort] === NAMED_PORT;
    }
    return this.directPairs[pairOf(segment)] === 0;
  }

  /** A FIN or RST of a flow that has not spoken: the answer to its SYN, or a sign that what became of it was not captured. */
  private settle(flow: number, end: number, segment: Segment): void {
    const marks = this.marks[flow] ?? 0;
    if ((marks & (SYN_SEEN | ANSWERED | SETTLED)) !== SYN_SEEN || (segment.flags & (FIN | RST)) === 0) return;
    const byServer = end !== ((marks & SYN_BY_1) === 0 ? 0 : 1);
    if (!byServer) this.marks[flow] = marks | SETTLED;
    // Another RST is not an answer to this SYN, and its sender does not take it for one (RFC 9293 3.10.7.3).
    else if ((segment.flags & (RST | ACK)) === (RST | ACK) && segment.acknowledgment === ((this.synSequence[flow] ?? 0) + 1) >>> 0)
      this.notOpened(flow, segment);
  }

  /** Tells of a connection that was never opened. @param refusal the RST; null: nobody answered */
  private notOpened(flow: number, refusal: Segment | null): void {
    const marks = this.marks[flow] ?? 0;
    this.marks[flow] = marks | SETTLED;
    if (++this.unopened > MOST_UNOPENED) {
      this.unopenedFull = true;
      return;
    }
    const connection = this.spare.pop() ?? new TcpConnection(this.makeConsumer(), this.doubtful, this.waiting);
    this.beginAtSyn(connection, flow, marks);
    if (refusal !== null) connection.take(refusal, false);
    connection.giveUp(refusal === null ? "unanswered" : "refused", marks >>> REPEATS_SHIFT);
    connection.close();
    if (connection.reusable && this.spare.length < MOST_SPARE) this.spare.push(connection);
  }

  private begin(flow: number, end: number, segment: Segment): TcpConnection {
    const marks = this.marks[flow] ?? 0;
    const seen = (marks & SYN_SEEN) !== 0;
    if (this.open.isFull) this.open.makeRoom(this.endEarly);
    const connection = this.spare.pop() ?? new TcpConnection(this.makeConsumer(), this.doubtful, this.waiting);
    if (seen) this.beginAtSyn(connection, flow, marks);
    else connection.begin(flow, this.looksLikeServer(segment) ? 1 - end : end, false, 0, segment.frame, segment.time);
    if ((marks & ANSWERED) !== 0) {
      connection.server.startAt(this.answerSequence[flow] ?? 0);
      this.handshakes.take(flow, true, connection.server.sender.openingWords);
    }
    // What a later generation without its own SYN (a gap in the capture) must not start from.
    this.marks[flow] = marks & (SENT_BY_0 | SENT_BY_1);
    this.live[flow] = connection;
    this.open.add(connection);
    return connection;
  }

  private beginAtSyn(connection: TcpConnection, flow: number, marks: number): void {
    const sequence = this.synSequence[flow] ?? 0;
    connection.begin(flow, (marks & SYN_BY_1) === 0 ? 0 : 1, true, sequence, this.synFrame[flow] ?? 0, this.synTime[flow] ?? 0);
    connection.client.startAt(sequence + 1);
    this.handshakes.take(flow, false, connection.client.sender.openingWords);
  }

  private looksLikeServer(segment: Segment): boolean {
    if (this.watched[segment.destinationPort] !== 0 && this.watched[segment.sourcePort] !== 0)
      return segment.sourcePort < segment.destinationPort;
    return this.watched[segment.sourcePort] !== 0;
  }

  private closeOldest(frame: number): void {
    let next = this.closing[this.closed];
    while (next !== undefined && frame > next.closedAt + FRAMES_AFTER_CLOSE) {
      this.closing[this.closed++] = undefined;
      if (this.live[next.flow] === next) this.end(next);
      if (next.reusable && this.spare.length < MOST_SPARE) this.spare.push(next);
      next = this.closing[this.closed];
    }
    // A queue by index: shift() would move the rest every time.
    if (this.closed < 1024) return;
    this.closing.splice(0, this.closed);
    this.closed = 0;
  }

  /** Ends the connection of a flow that is not over by itself. One that is stands in the queue until it may serve again. */
  private close(flow: number): void {
    const connection = this.live[flow];
    if (connection === undefined) return;
    this.end(connection);
    if (connection.reusable && !connection.closing && this.spare.length < MOST_SPARE) this.spare.push(connection);
  }

  private end(connection: TcpConnection): void {
    this.live[connection.flow] = undefined;
    this.open.remove(connection);
    connection.close();
  }
}

/** Place of two hosts among all pairs; two pairs may share one. */
function pairOf({ view, sourceAt, destinationAt, ipv6 }: Segment): number {
  const last = ipv6 ? 12 : 0;
  return (Math.imul(view.getInt32(sourceAt + last) + view.getInt32(destinationAt + last), 0x9e3779b1) >>> 20) & (PAIRS - 1);
}

/** Interface of the file and place within it as one number. */
function viewOf(segment: Segment): number {
  return (segment.interfaceId << PLACE_BITS) | segment.place;
}

type Column = Uint32Array | Float64Array | Uint8Array;

function grown<Array extends Column>(column: Array, type: new (length: number) => Array): Array {
  const larger = new type(column.length * 2);
  larger.set(column);
  return larger;
}
