import type { Verdict } from "./finding.ts";
import type { ReasonId } from "./reasons.ts";

type Undetermined = Extract<Verdict, { verdict: "undetermined" }>;

/** The verdict of a rule that has nothing to say against a connection: one object for all of them, since most connections are healthy. */
export const HOLDS: Extract<Verdict, { verdict: "holds" }> = { verdict: "holds" };

const undeterminedByReason = new Map<ReasonId, Undetermined>();

/** The verdict "cannot tell" with its reason: one object a reason. */
export function undetermined(reason: ReasonId): Undetermined {
  let verdict = undeterminedByReason.get(reason);
  if (verdict === undefined) {
    verdict = { verdict: "undetermined", reason };
    undeterminedByReason.set(reason, verdict);
  }
  return verdict;
}
