import type { CaptureComparison } from "./captureComparison.ts";
import { readClocks } from "./clocks.ts";
import type { CaptureClock, ComparedConnection } from "./comparedConnection.ts";
import { comparePair } from "./comparePair.ts";
import { matchMessages } from "./messageMatching.ts";
import { pairConnections } from "./pairConnections.ts";

/** One capture's part in a comparison. */
export interface ComparedCapture {
  readonly clock: CaptureClock;
  readonly connections: readonly ComparedConnection[];
  /** Connections that were too many to be read. */
  readonly omitted: number;
}

/** Compares two captures of the same traffic, connection by connection. Pure. */
export function compareConnections(a: ComparedCapture, b: ComparedCapture): CaptureComparison {
  const basesApart = b.clock.baseSeconds - a.clock.baseSeconds;
  const { matches, unpairedA, unpairedB } = pairConnections(a.connections, b.connections, basesApart);
  const matched = matches.map((match) => ({ match, messages: matchMessages(match.a.messages, match.b.messages) }));
  const { offset, clientSide } = readClocks(
    matched.map(({ messages }) => messages.pairs),
    a.clock,
    b.clock,
  );
  const clocks = {
    a: a.clock,
    b: b.clock,
    offset: offset === null ? null : offset.nanoseconds - basesApart * 1e9,
    uncertainty: offset?.uncertainty ?? 0,
  };
  return {
    pairs: matched.map(({ match, messages }) => comparePair(match, messages, clocks)),
    unpairedA: unpairedA.map(({ connection }) => connection.id),
    unpairedB: unpairedB.map(({ connection }) => connection.id),
    clockOffset: offset,
    clientSide,
    omitted: a.omitted + b.omitted,
  };
}
