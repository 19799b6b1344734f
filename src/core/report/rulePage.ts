import { escapeForDisplay } from "../bytes/text.ts";
import type { Certainty, Severity } from "../rules/finding.ts";
import { type Remedy, remedyText } from "../rules/remedies.ts";
import { renderFinding } from "../rules/renderFinding.ts";
import type { Rule } from "../rules/rule.ts";
import { exampleFinding, type RuleExample, ruleExample } from "../rules/ruleExample.ts";
import { windowsEventsOf } from "../rules/windowsEvents.ts";
import type { Language } from "../spec/language.ts";
import { sectionLabel, sectionTitle, sectionUrl } from "../spec/sectionUrl.ts";
import { evidenceMessage } from "./evidenceText.ts";
import { reportTexts } from "./reportTexts.ts";

/** One rule explained, ready for any form: the page in docs/rules, the page in the editor, the text of the command line. */
export interface RulePage {
  readonly id: string;
  readonly severity: Severity;
  readonly language: Language;
  readonly name: string;
  readonly recognises: string;
  /** Null for a rule whose example has not been written yet. */
  readonly example: ExamplePart | null;
  /** Safe ones first. */
  readonly remedies: readonly Remedy[];
  readonly events: readonly EventPart[];
  readonly sections: readonly { readonly label: string; readonly title: string; readonly url: string }[];
}

/** What was found in a capture. Safe to show. */
export interface ExamplePart {
  /** Case of `test/captures`; null where the capture was built for the purpose. */
  readonly capture: string | null;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly todo: readonly string[];
  /** Empty when nothing is open. */
  readonly limit: string;
  readonly certainty: Certainty;
  /** In the order of their frames; field and value may be empty. */
  readonly evidence: readonly {
    readonly frame: number;
    readonly message: string;
    readonly field: string;
    readonly value: string;
    readonly role: string;
  }[];
}

/** An event of the Windows logs. */
export interface EventPart {
  readonly log: string;
  readonly ids: string;
  readonly text: string;
  readonly source: string | null;
}

/** @param example what to show instead of the example that was written last */
export function rulePage(rule: Rule, language: Language, example: RuleExample | undefined = ruleExample(rule)): RulePage {
  const { name, recognises } = rule.texts[language]();
  const remedies = rule.remedies.map((id) => remedyText(id, language));
  return {
    id: rule.id,
    severity: rule.severity,
    language,
    name,
    recognises,
    example: example === undefined ? null : examplePart(rule, example, language),
    remedies: [...remedies.filter(({ kind }) => kind === "safe"), ...remedies.filter(({ kind }) => kind === "workaround")],
    events: windowsEventsOf(rule.id).map(({ log, ids, texts, source }) => ({ log, ids: ids.join(", "), text: texts[language], source })),
    sections: rule.sections.map((id) => ({ label: sectionLabel(id), title: sectionTitle(id), url: sectionUrl(id) })),
  };
}

function examplePart(rule: Rule, example: RuleExample, language: Language): ExamplePart {
  const finding = exampleFinding(rule, example);
  const { title, what, why, todo, limit } = renderFinding(finding, language);
  const texts = reportTexts(language);
  return {
    capture: example.capture,
    title: escapeForDisplay(title),
    what: escapeForDisplay(what),
    why: escapeForDisplay(why),
    todo: todo.map(escapeForDisplay),
    limit: escapeForDisplay(limit),
    certainty: finding.certainty,
    evidence: [...finding.evidence]
      .sort((one, other) => one.frame - other.frame)
      .map((evidence) => ({
        frame: evidence.frame,
        message: evidenceMessage(evidence, texts),
        field: escapeForDisplay(evidence.field ?? ""),
        value: escapeForDisplay(evidence.value ?? ""),
        role: texts.role[evidence.role],
      })),
  };
}
