import type { ConnectionList, Outcome } from "../core/index.ts";
import type { ChipId } from "../protocol/views.ts";
import type { ChipCounts } from "./views/captureView.ts";

const RANK: Readonly<Record<Outcome, number>> = { failed: 0, warning: 1, unknown: 2, healthy: 3, validated: 3 };
const CHIPS: readonly ChipId[] = ["failed", "warnings", "unknown", "healthy"];

/**
 * The list of connections: failed, warnings, cannot tell, healthy; within these by their first frames, which is the order of ids. Built
 * from outcomes alone: there may be a million connections.
 */
export class ConnectionOrder {
  /** Connection ids in the order of the list. */
  readonly ids: Int32Array;
  readonly counts: ChipCounts;

  constructor(connections: ConnectionList) {
    const { count } = connections;
    const ranks = new Uint8Array(count);
    const sizes = [0, 0, 0, 0];
    for (let index = 0; index < count; index++) {
      const rank = RANK[connections.outcome?.(index) ?? connections.get(index).outcome];
      ranks[index] = rank;
      sizes[rank] = (sizes[rank] ?? 0) + 1;
    }
    this.ids = sortByRank(ranks, sizes);
    const [failed = 0, warnings = 0, unknown = 0, healthy = 0] = sizes;
    this.counts = { all: count, failed, warnings, unknown, healthy };
  }

  /** The ids under a chip, in the order of the list. */
  under(chip: ChipId): Int32Array {
    if (chip === "all") return this.ids;
    const start = CHIPS.slice(0, CHIPS.indexOf(chip)).reduce((sum, before) => sum + this.counts[before], 0);
    return this.ids.subarray(start, start + this.counts[chip]);
  }

  /** The next or previous connection that failed or has warnings, around the end; 0 when there is none. */
  step(from: number, by: 1 | -1): number {
    const notable = this.counts.failed + this.counts.warnings;
    if (notable === 0) return 0;
    const at = this.ids.indexOf(from);
    // From a connection without finding, or none, the way forward begins at the first one and the way back at the last.
    if (at < 0 || at >= notable) return this.ids[by === 1 ? 0 : notable - 1] ?? 0;
    return this.ids[(at + by + notable) % notable] ?? 0;
  }
}

function sortByRank(ranks: Uint8Array, sizes: readonly number[]): Int32Array {
  const next = sizes.map((_, rank) => sizes.slice(0, rank).reduce((sum, size) => sum + size, 0));
  const ids = new Int32Array(ranks.length);
  for (const [index, rank] of ranks.entries()) {
    const at = next[rank] ?? 0;
    ids[at] = index + 1;
    next[rank] = at + 1;
  }
  return ids;
}
