import type { ClientSide, ClockOffset } from "./captureComparison.ts";
import type { CaptureClock } from "./comparedConnection.ts";
import type { MessagePair } from "./messageMatching.ts";

const SECOND = 1e9;
/** One side's answers must take longer in this part of the exchanges before that side counts as the client's. */
const CLEAR_PART = 2 / 3;

/** What the messages common to both captures say of the two clocks and the two places. */
export interface ClockReading {
  readonly offset: ClockOffset | null;
  readonly clientSide: ClientSide;
}

/**
 * A request is seen at the client's side first, its answer last; the offset between the clocks is what is the same in both directions. So
 * the offset lies midway between what requests and what answers show, and the answers take longer at the client's side.
 * @param pairs the messages of each connection that both captures hold
 */
export function readClocks(pairs: readonly (readonly MessagePair[])[], a: CaptureClock, b: CaptureClock): ClockReading {
  const bases = (b.baseSeconds - a.baseSeconds) * SECOND;
  const requests: number[] = [];
  const answers: number[] = [];
  let longerInA = 0;
  let longerInB = 0;
  for (const messages of pairs) {
    let asked: MessagePair | undefined;
    for (const pair of messages) {
      const shift = bases + (pair.b.time - pair.a.time);
      (pair.a.fromClient ? requests : answers).push(shift);
      if (!pair.a.fromClient && asked !== undefined) {
        const longer = pair.a.time - asked.a.time - (pair.b.time - asked.b.time);
        if (longer > 0) longerInA++;
        else if (longer < 0) longerInB++;
      }
      asked = pair.a.fromClient ? pair : undefined;
    }
  }
  return { offset: offsetOf(requests, answers), clientSide: sideOf(longerInA, longerInB) };
}

function offsetOf(requests: readonly number[], answers: readonly number[]): ClockOffset | null {
  const forth = median(requests);
  const back = median(answers);
  if (forth === null && back === null) return null;
  const messages = requests.length + answers.length;
  if (forth === null || back === null) return { nanoseconds: forth ?? back ?? 0, uncertainty: null, messages };
  return { nanoseconds: (forth + back) / 2, uncertainty: Math.abs(forth - back) / 2, messages };
}

function sideOf(longerInA: number, longerInB: number): ClientSide {
  const all = longerInA + longerInB;
  const counts = { longerInA, longerInB };
  if (all > 0 && longerInA >= all * CLEAR_PART) return { side: "a", by: "response-times", ...counts };
  if (all > 0 && longerInB >= all * CLEAR_PART) return { side: "b", by: "response-times", ...counts };
  return { side: "a", by: "argument-order", ...counts };
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? null;
}
