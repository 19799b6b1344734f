import type { Language } from "../spec/language.ts";
import type { Finding } from "./finding.ts";
import { ruleById } from "./list.ts";

/** A finding as a person reads it. */
export interface RenderedFinding {
  /** Name of the rule. */
  readonly name: string;
  /** Short result for a list of connections. */
  readonly outcome: string;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly todo: readonly string[];
  /** Empty when nothing is open. */
  readonly limit: string;
}

/** Makes the texts of a finding; those of an unknown rule are its id, so that an old report can be shown. */
export function renderFinding(finding: Finding, language: Language): RenderedFinding {
  const rule = ruleById(finding.rule);
  if (rule === undefined) {
    return { name: finding.rule, outcome: finding.rule, title: finding.rule, what: "", why: "", todo: [], limit: "" };
  }
  const texts = rule.texts[language]();
  const { data } = finding;
  return {
    name: texts.name,
    outcome: texts.outcome(data),
    title: texts.title(data),
    what: texts.what(data),
    why: texts.why(data),
    todo: texts.todo(data),
    limit: texts.limit(data),
  };
}
