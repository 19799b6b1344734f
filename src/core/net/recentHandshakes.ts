import { forgetHeader, KEPT_HEADER, keepHeader, moveHeader } from "./keptHeader.ts";
import type { Segment } from "./segmentSink.ts";

/** Flows whose handshake is kept until they speak, a power of two: flows are numbered on, so that many begun one after another fit. */
const PLACES = 1024;
const NONE = -1;

/**
 * The headers of the last SYNs and their answers, by flow: whether a flow becomes a connection worth remembering shows only later, and most
 * of a flood of SYNs never does. A flow has one place and pushes the one before out.
 */
export class RecentHandshakes {
  private readonly headers = new Int32Array(2 * PLACES * KEPT_HEADER);
  /** The flow of each place: of the SYN, and of its answer. */
  private readonly flows = new Int32Array(2 * PLACES).fill(NONE);

  /** Remembers a SYN, or (`answer`) a SYN with ACK. */
  keep(flow: number, answer: boolean, segment: Segment): void {
    const place = placeOf(flow, answer);
    this.flows[place] = flow;
    // What answered an earlier SYN of the same flow.
    if (!answer) this.flows[place + 1] = NONE;
    keepHeader(segment, this.headers, place * KEPT_HEADER);
  }

  /** Hands a remembered header over to `into`; leaves there nothing where it is gone. */
  take(flow: number, answer: boolean, into: Int32Array): void {
    const place = placeOf(flow, answer);
    if (this.flows[place] !== flow) {
      forgetHeader(into);
      return;
    }
    moveHeader(this.headers, place * KEPT_HEADER, into);
  }
}

function placeOf(flow: number, answer: boolean): number {
  return 2 * (flow & (PLACES - 1)) + (answer ? 1 : 0);
}
