import type { ConnectionFacts } from "../../src/core/model/connectionFacts.ts";
import type { ReasonId } from "../../src/core/rules/reasons.ts";

/** What a rule is shown: connections on which it must fire, near misses on which it must be silent, and ones that are cut too short. */
export interface RuleCases {
  readonly fires: Readonly<Record<string, FiringCase>>;
  readonly silent: Readonly<Record<string, ConnectionFacts>>;
  readonly undetermined: Readonly<Record<string, readonly [facts: ConnectionFacts, reason: ReasonId]>>;
}

export interface FiringCase {
  readonly facts: ConnectionFacts;
  /** Frames of role observed. */
  readonly frames: readonly number[];
  /** Further frames that must be in the evidence. */
  readonly evidence?: readonly number[];
  readonly certainty?: "proved" | "suspected";
}
