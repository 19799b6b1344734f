import type { ConnectionList, Outcome } from "../core/index.ts";
import type { ChipId } from "../protocol/views.ts";
import type { ChipCounts } from "./views/captureView.ts";

const RANK: Readonly<Record<Outcome, number>> = { failed: 0, warning: 1, unknown: 2, healthy: 3, validated: 3 };
const CHIPS: readonly ChipId[] = ["failed", "warnings", "unknown", "healthy"];

/** The list of connections: failed, warnings, cannot tell, healthy; within these by the time of the first frame. */
export class ConnectionOrder {
  /** Connection ids in the order of the list. */
  readonly ids: Int32Array;
  readonly counts: ChipCounts;
  private readonly ranks: Uint8Array;

  constructor(connections: ConnectionList) {
    const { count } = connections;
    const times = new Float64Array(count);
    const counts = { all: count, failed: 0, warnings: 0, unknown: 0, healthy: 0 };
    this.ranks = new Uint8Array(count);
    for (let index = 0; index < count; index++) {
      const connection = connections.get(index);
      const rank = RANK[connection.outcome];
      this.ranks[index] = rank;
      times[index] = connection.firstTime;
      counts[CHIPS[rank] ?? "healthy"]++;
    }
    const { ranks } = this;
    const ids = Int32Array.from({ length: count }, (_, index) => index + 1);
    this.ids = ids.sort((one, other) => {
      const byRank = (ranks[one - 1] ?? 0) - (ranks[other - 1] ?? 0);
      return byRank || (times[one - 1] ?? 0) - (times[other - 1] ?? 0) || one - other;
    });
    this.counts = counts;
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
