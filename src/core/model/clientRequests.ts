import type { NextRequest } from "./connectionFacts.ts";

/**
 * An answer that comes later than so many further requests finds only the latest of them. A power of two, and small: every open connection
 * holds so many.
 */
const PLACES = 8;
const WIDTH = 3;

/** Facts that name the request which followed them. */
export interface AwaitsRequest {
  nextRequest: NextRequest | null;
}

/** The client's requests of one connection, as far as facts name the one that followed them. */
export class ClientRequests {
  /** The latest ones, for an answer that comes out of order: the request behind it came already. */
  private readonly places = new Float64Array(PLACES * WIDTH);
  private count = 0;
  private lastFrame = 0;
  private lastTime = 0;
  private lastCommand = 0;
  /**
   * Facts that wait for the next request behind a frame, and that frame: the first `waits` entries. The arrays never shrink, for their store
   * made anew was a twelfth of the garbage of many short connections.
   */
  private readonly waiting: AwaitsRequest[] = [];
  private readonly waitingBehind: number[] = [];
  private waits = 0;

  /** Forgets the connection before. */
  begin(): void {
    this.count = 0;
    this.lastFrame = 0;
    this.waits = 0;
  }

  /** The request of the highest frame; null when there was none. */
  get last(): NextRequest | null {
    return this.lastFrame === 0 ? null : { frame: this.lastFrame, time: this.lastTime, command: this.lastCommand };
  }

  /** Remembers a request and gives it to the facts that wait for one. `command`: -1 for an encrypted or compressed message. */
  add(frame: number, time: number, command: number): void {
    const at = (this.count++ & (PLACES - 1)) * WIDTH;
    this.places[at] = frame;
    this.places[at + 1] = time;
    this.places[at + 2] = command;
    if (frame >= this.lastFrame) {
      this.lastFrame = frame;
      this.lastTime = time;
      this.lastCommand = command;
    }
    for (let i = this.waits - 1; i >= 0; i--) {
      if (frame <= (this.waitingBehind[i] ?? 0)) continue;
      const facts = this.waiting[i];
      if (facts !== undefined) facts.nextRequest = { frame, time, command };
      this.endWait(i);
    }
  }

  /** Names the first request behind `frame` in the facts: one that came already (the answer was out of order), else the next one. */
  await(facts: AwaitsRequest | null, frame: number): void {
    if (facts === null) return;
    if (this.lastFrame > frame) {
      facts.nextRequest = this.firstBehind(frame);
      return;
    }
    const known = this.waiting.indexOf(facts);
    if (known >= 0 && known < this.waits) this.endWait(known);
    this.waiting[this.waits] = facts;
    this.waitingBehind[this.waits] = frame;
    this.waits++;
  }

  /** The last one takes its place. */
  private endWait(index: number): void {
    this.waits--;
    const last = this.waiting[this.waits];
    const behind = this.waitingBehind[this.waits];
    if (last === undefined || behind === undefined) return;
    this.waiting[index] = last;
    this.waitingBehind[index] = behind;
  }

  private firstBehind(frame: number): NextRequest | null {
    let best = -1;
    for (let at = 0; at < Math.min(this.count, PLACES) * WIDTH; at += WIDTH) {
      const candidate = this.places[at] ?? 0;
      if (candidate > frame && (best < 0 || candidate < (this.places[best] ?? 0))) best = at;
    }
    if (best < 0) return null;
    return { frame: this.places[best] ?? 0, time: this.places[best + 1] ?? 0, command: this.places[best + 2] ?? 0 };
  }
}
