import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { type ConnectionOutcome, connectionOutcome } from "./connectionOutcome.ts";
import { judgeConnection } from "./engine.ts";
import type { Finding } from "./finding.ts";
import { isRoutine } from "./routineConnection.ts";
import { runsUnsigned, signingNotRequired } from "./signing-not-required.ts";
import { type ValidationVerdict, validationVerdicts } from "./validateComparison.ts";

/** What is kept of the judgement of every connection; the verdicts of the single rules are made again for the connection on the screen. */
export interface ListJudgement {
  readonly outcome: ConnectionOutcome;
  readonly findings: readonly Finding[];
  readonly validations: readonly ValidationVerdict[];
}

const SIGNING = signingNotRequired.id;
const ROUTINE_RULES = [signingNotRequired];
const NO_FINDINGS: readonly Finding[] = [];
const UNSIGNED: ConnectionOutcome = { outcome: "warning", decidedBy: SIGNING, reason: null };
const VALIDATED: ConnectionOutcome = { outcome: "validated", decidedBy: null, reason: null };
const HOLDS: ValidationVerdict = { verdict: "holds", reason: null };
const holdingLists: (readonly ValidationVerdict[])[] = [];

/**
 * Judges a connection for the list: all rules, or of a routine one those that may still have something to say.
 * @param isCounted takes a rule that fails and says whether that was all that is wanted of the finding
 */
export function judgeForList(facts: ConnectionFacts, isCounted: (rule: string) => boolean): ListJudgement {
  if (isRoutine(facts)) return judgeRoutine(facts, isCounted);
  const { outcomes, findings } = judgeConnection(facts);
  const validations = validationVerdicts(facts);
  return { outcome: connectionOutcome(findings, outcomes, validations, facts), findings, validations };
}

function judgeRoutine(facts: ConnectionFacts, isCounted: (rule: string) => boolean): ListJudgement {
  const validations = holding(facts.validations.length);
  if (!runsUnsigned(facts)) return { outcome: VALIDATED, findings: NO_FINDINGS, validations };
  const findings = isCounted(SIGNING) ? NO_FINDINGS : judgeConnection(facts, ROUTINE_RULES).findings;
  return { outcome: UNSIGNED, findings, validations };
}

/** The same list for all connections with so many validations. */
function holding(count: number): readonly ValidationVerdict[] {
  holdingLists[count] ??= new Array<ValidationVerdict>(count).fill(HOLDS);
  return holdingLists[count] ?? [];
}
