import { type ConnectionFacts, validationVerdicts } from "../../core/index.ts";

/**
 * Index of the validation that says most: the first that fails, else the first answered one that could not be judged, else 0. Some
 * clients go on after a validation that fails and ask again for the next share, so it need not be the first or the last one.
 */
export function tellingExchange(facts: ConnectionFacts): number {
  const verdicts = validationVerdicts(facts);
  const failed = verdicts.findIndex(({ verdict }) => verdict === "fails");
  if (failed >= 0) return failed;
  const open = verdicts.findIndex(({ verdict }, index) => verdict === "undetermined" && facts.validations[index]?.response != null);
  return Math.max(0, open);
}
