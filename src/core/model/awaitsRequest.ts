import type { NextRequest } from "./connectionFacts.ts";

/** Facts that wait for the next request of the client behind a frame. */
export interface AwaitsRequest {
  nextRequest: NextRequest | null;
  /** The frame; -1: they do not wait. */
  awaitsBehind: number;
}
