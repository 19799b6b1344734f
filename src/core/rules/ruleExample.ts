import type { Finding } from "./finding.ts";
import type { Rule } from "./rule.ts";
import { ruleExamples } from "./ruleExamples.ts";

/** What a rule found in a capture of the tests, without what the rule itself says. */
export interface RuleExample {
  /** Case of `test/captures`; null where the capture is built by the test. */
  readonly capture: string | null;
  readonly finding: Pick<Finding, "certainty" | "connection" | "frames" | "count" | "data" | "evidence">;
}

/** The example of a rule; undefined for one whose pages have not been written yet. */
export function ruleExample(rule: Rule): RuleExample | undefined {
  return Object.hasOwn(ruleExamples, rule.id) ? ruleExamples[rule.id] : undefined;
}

/** The whole finding of an example. */
export function exampleFinding({ id, severity, sections, remedies }: Rule, { finding }: RuleExample): Finding {
  return { rule: id, severity, sections, remedies, ...finding };
}
