import type { ConnectionFacts } from "../model/connectionFacts.ts";
import type { Finding, Verdict } from "./finding.ts";
import { RULES, ruleById } from "./list.ts";
import type { Rule } from "./rule.ts";
import { HOLDS } from "./verdicts.ts";

/** What one rule says of one connection. */
export interface RuleOutcome {
  readonly rule: string;
  readonly verdict: Verdict;
}

export interface Judgement {
  /** The verdict of every rule that applies, in the order of the rules. */
  readonly outcomes: readonly RuleOutcome[];
  readonly findings: readonly Finding[];
}

/**
 * Judges one complete connection by every rule. A rule that another one explains (`explainedBy`) is silent where that one fails: one
 * finding a cause. For a healthy connection nothing but the list of outcomes is allocated.
 */
export function judgeConnection(facts: ConnectionFacts, rules: readonly Rule[] = RULES): Judgement {
  const outcomes: RuleOutcome[] = [];
  let failed: Set<string> | undefined;
  for (const rule of rules) {
    const verdict = rule.check(facts);
    if (verdict === undefined) continue;
    outcomes.push(verdict === HOLDS ? holding(rule) : { rule: rule.id, verdict });
    if (verdict.verdict === "fails") failed = (failed ?? new Set()).add(rule.id);
  }
  if (failed === undefined) return { outcomes, findings: NO_FINDINGS };
  return withoutEffects(outcomes, failed, facts, byIdOf(rules));
}

const NO_FINDINGS: readonly Finding[] = [];
const holdingOutcomes = new Map<string, RuleOutcome>();

function holding(rule: Rule): RuleOutcome {
  let outcome = holdingOutcomes.get(rule.id);
  if (outcome === undefined) {
    outcome = { rule: rule.id, verdict: HOLDS };
    holdingOutcomes.set(rule.id, outcome);
  }
  return outcome;
}

function byIdOf(rules: readonly Rule[]): (id: string) => Rule | undefined {
  return rules === RULES ? ruleById : (id) => rules.find((rule) => rule.id === id);
}

function withoutEffects(
  outcomes: readonly RuleOutcome[],
  failed: ReadonlySet<string>,
  facts: ConnectionFacts,
  byId: (id: string) => Rule | undefined,
): Judgement {
  const kept: RuleOutcome[] = [];
  const findings: Finding[] = [];
  for (const outcome of outcomes) {
    const rule = byId(outcome.rule);
    if (rule === undefined || outcome.verdict.verdict !== "fails") {
      kept.push(outcome);
      continue;
    }
    if (outcome.verdict.standsAlone !== true && rule.explainedBy?.some((id) => failed.has(id)) === true) continue;
    kept.push(outcome);
    findings.push(toFinding(rule, outcome.verdict, facts.id));
  }
  return { outcomes: kept, findings };
}

function toFinding(rule: Rule, verdict: Extract<Verdict, { verdict: "fails" }>, connection: number): Finding {
  const frames: number[] = [];
  for (const { role, frame } of verdict.evidence) if (role === "observed" && !frames.includes(frame)) frames.push(frame);
  return {
    rule: rule.id,
    severity: rule.severity,
    certainty: verdict.certainty ?? "proved",
    connection,
    frames: frames.sort((one, other) => one - other),
    count: verdict.count ?? 1,
    data: verdict.data,
    evidence: verdict.evidence,
    sections: rule.sections,
    remedies: rule.remedies,
  };
}
