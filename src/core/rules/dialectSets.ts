/** How the dialects of a validation stand to those that NEGOTIATE offered. */
export type DialectRelation = "equal" | "superset" | "differs";

/**
 * `superset`: nothing that was offered is missing and the highest is the same; Windows 10 1507 to 1909 and Windows Server 2016 and later
 * put in all dialects they implement ([MS-SMB2] 3.2.5.5), and a server that only compares the best common dialect accepts it. The order
 * and repetitions tell no more than that either. `differs`: a dialect is missing, or the highest is another.
 */
export function relateDialects(offered: readonly number[], validated: readonly number[]): DialectRelation {
  if (sameList(offered, validated)) return "equal";
  if (offered.some((dialect) => !validated.includes(dialect))) return "differs";
  return highest(offered) === highest(validated) ? "superset" : "differs";
}

function sameList(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

function highest(dialects: readonly number[]): number {
  let best = 0;
  for (const dialect of dialects) if (dialect > best) best = dialect;
  return best;
}
