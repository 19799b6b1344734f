import type { NextRequest } from "./connectionFacts.ts";

/**
 * An answer that comes later than so many further requests finds only the latest of them. A power of two, and small: every open connection
 * holds so many.
 */
const PLACES = 8;
const WIDTH = 3;

/** The latest client requests of a connection, for an answer that comes out of order: the request behind it came already. */
export class RecentRequests {
  private readonly places = new Float64Array(PLACES * WIDTH);
  private count = 0;

  /** Forgets the connection before. */
  begin(): void {
    this.count = 0;
  }

  add(frame: number, time: number, command: number): void {
    const at = (this.count++ & (PLACES - 1)) * WIDTH;
    this.places[at] = frame;
    this.places[at + 1] = time;
    this.places[at + 2] = command;
  }

  /** The first kept request behind `frame`; null when there is none. */
  firstBehind(frame: number): NextRequest | null {
    let best = -1;
    for (let at = 0; at < Math.min(this.count, PLACES) * WIDTH; at += WIDTH) {
      const candidate = this.places[at] ?? 0;
      if (candidate > frame && (best < 0 || candidate < (this.places[best] ?? 0))) best = at;
    }
    if (best < 0) return null;
    return { frame: this.places[best] ?? 0, time: this.places[best + 1] ?? 0, command: this.places[best + 2] ?? 0 };
  }
}
