import type { Outcome } from "../model/connection.ts";
import type { ConnectionList } from "../rules/analysis.ts";

/** From the worst to what needs nobody's attention. */
export const OUTCOMES_WORST_FIRST: readonly Outcome[] = ["failed", "warning", "unknown", "healthy", "validated"];

/** How many connections came out how, and the first ids of each in the order of their first frames. */
export interface ConnectionCounts {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** At most `limit` ids, the worst first. */
  readonly worst: readonly number[];
}

/** Counts all connections and picks the worst ones; looks at each once. */
export function countConnections(connections: ConnectionList, limit: number): ConnectionCounts {
  const counts: Record<Outcome, number> = { failed: 0, warning: 0, unknown: 0, healthy: 0, validated: 0 };
  const ids: Record<Outcome, number[]> = { failed: [], warning: [], unknown: [], healthy: [], validated: [] };
  for (let index = 0; index < connections.count; index++) {
    // The outcome alone: building every connection of a large capture would take longer than reading it.
    const outcome = connections.outcome?.(index) ?? connections.get(index).outcome;
    counts[outcome]++;
    if (ids[outcome].length < limit) ids[outcome].push(index + 1);
  }
  return { counts, worst: OUTCOMES_WORST_FIRST.flatMap((outcome) => ids[outcome]).slice(0, limit) };
}
