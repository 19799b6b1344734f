import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { type ConnectionOutcome, connectionOutcome } from "./connectionOutcome.ts";
import { judgeConnection } from "./engine.ts";
import type { Finding } from "./finding.ts";
import { isRoutine } from "./routineConnection.ts";
import { signingNotRequired } from "./signing-not-required.ts";
import { type ValidationVerdict, validationVerdicts } from "./validateComparison.ts";

/** What is kept of the judgement of every connection; the verdicts of the single rules are made again for the connection on the screen. */
export interface ListJudgement {
  readonly outcome: ConnectionOutcome;
  readonly findings: readonly Finding[];
  readonly validations: readonly ValidationVerdict[];
}

const ROUTINE_RULES = [signingNotRequired];

/** Judges a connection for the list: all rules, or of a routine one those that may still have something to say. */
export function judgeForList(facts: ConnectionFacts): ListJudgement {
  const { outcomes, findings } = isRoutine(facts) ? judgeConnection(facts, ROUTINE_RULES) : judgeConnection(facts);
  const validations = validationVerdicts(facts);
  return { outcome: connectionOutcome(findings, outcomes, validations, facts), findings, validations };
}
