import type { Outcome } from "../model/connection.ts";
import type { ConnectionFacts } from "../model/connectionFacts.ts";
import type { RuleOutcome } from "./engine.ts";
import type { Finding, Severity } from "./finding.ts";
import { ruleById } from "./list.ts";
import { moreImportantReason } from "./reasons.ts";
import type { ValidationVerdict } from "./validateComparison.ts";

/** How a connection came out, for its row in the list. */
export interface ConnectionOutcome {
  readonly outcome: Outcome;
  /** Id of the rule whose finding decided. */
  readonly decidedBy: string | null;
  /** Reason id where something could not be judged; what was found, or a validation that holds, decides all the same. */
  readonly reason: string | null;
}

const HEALTHY: ConnectionOutcome = { outcome: "healthy", decidedBy: null, reason: null };
const VALIDATED: ConnectionOutcome = { outcome: "validated", decidedBy: null, reason: null };

/**
 * The worst finding decides; of several of one severity the first in the order of the rules. Findings of severity information do not
 * count. Without any, a validation that holds makes the connection `validated`, and one that cannot be judged, or a rule of severity
 * error that cannot, makes it `unknown`.
 */
export function connectionOutcome(
  findings: readonly Finding[],
  outcomes: readonly RuleOutcome[],
  validations: readonly ValidationVerdict[],
  facts: ConnectionFacts,
): ConnectionOutcome {
  const reason =
    facts.messages === 0 && facts.smb1 === null && facts.smb1Messages === 0 ? "no-messages" : openReason(outcomes, validations);
  const error = firstOf(findings, "error");
  if (error !== undefined) return { outcome: "failed", decidedBy: error.rule, reason };
  const warning = firstOf(findings, "warning");
  if (warning !== undefined) return { outcome: "warning", decidedBy: warning.rule, reason };
  if (validations.some((validation) => validation.verdict === "holds")) return VALIDATED;
  return reason === null ? HEALTHY : { outcome: "unknown", decidedBy: null, reason };
}

function firstOf(findings: readonly Finding[], severity: Severity): Finding | undefined {
  return findings.find((finding) => finding.severity === severity);
}

function openReason(outcomes: readonly RuleOutcome[], validations: readonly ValidationVerdict[]): string | null {
  let reason: string | null = null;
  for (const validation of validations) if (validation.reason !== null) reason = moreImportantReason(reason, validation.reason);
  for (const { rule, verdict } of outcomes) {
    if (verdict.verdict === "undetermined" && ruleById(rule)?.severity === "error") reason = moreImportantReason(reason, verdict.reason);
  }
  return reason;
}
