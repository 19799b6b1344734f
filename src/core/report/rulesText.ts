import { type Remedy, remedyText, type Snippet } from "../rules/remedies.ts";
import type { Rule } from "../rules/rule.ts";
import type { Language } from "../spec/language.ts";
import { sectionLabel, sectionParts, sectionTitle, sectionUrl } from "../spec/sectionUrl.ts";
import { type ReportTexts, reportTexts } from "./reportTexts.ts";
import { padColumns, wrapText } from "./textWidth.ts";

const WIDTH = 100;

/** All rules, one a line, with what each of them recognises. */
export function ruleListText(rules: readonly Rule[], language: Language): string {
  const texts = reportTexts(language);
  const idColumns = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(
    ({ id, severity, texts: own }) => `${padColumns(texts.severity[severity], 8)} ${padColumns(id, idColumns)}  ${own[language].name}`,
  );
  return `${[...lines, "", texts.rulesHint].join("\n")}\n`;
}

/** One rule explained: what it recognises, the sections it rests on, and its remedies with their commands. */
export function ruleText(rule: Rule, language: Language): string {
  const texts = reportTexts(language);
  const own = rule.texts[language];
  const remedies = rule.remedies.map((id) => remedyText(id, language));
  const parts = [
    `${rule.id}   ${texts.severity[rule.severity]}`,
    own.name,
    "",
    ...wrapText(own.recognises, WIDTH),
    "",
    texts.headings.specification,
    ...rule.sections.map((id) => `  ${sectionLabel(id)}  ${sectionTitle(id)}\n    ${sectionUrl(id)}`),
    ...(remedies.length === 0 ? [] : ["", texts.headings.remedies]),
    ...remedies.flatMap((remedy) => remedyLines(remedy, texts)),
  ];
  return `${parts.join("\n")}\n`;
}

/** Rules as plain values for the JSON form. */
export function ruleValues(rules: readonly Rule[], language: Language) {
  return rules.map((rule) => ({
    id: rule.id,
    severity: rule.severity,
    name: rule.texts[language].name,
    recognises: rule.texts[language].recognises,
    sections: rule.sections.map((id) => ({ ...sectionParts(id), url: sectionUrl(id) })),
    remedies: rule.remedies.map((id) => remedyText(id, language)),
  }));
}

function remedyLines(remedy: Remedy, texts: ReportTexts): readonly string[] {
  const title = remedy.kind === "safe" ? remedy.title : `${texts.weakens}: ${remedy.title}`;
  return [
    `  ${title}`,
    ...wrapText(remedy.text, WIDTH - 4).map((line) => `    ${line}`),
    ...remedy.snippets.flatMap((snippet) => snippetLines(snippet, texts)),
    "",
  ];
}

function snippetLines({ label, code, effect, undo, check }: Snippet, texts: ReportTexts): readonly string[] {
  const indented = (text: string, columns: number) => text.split("\n").map((line) => `${" ".repeat(columns)}${line}`);
  const noted = (heading: string, text: string) => (text === "" ? [] : [`      ${heading}:`, ...indented(text, 10)]);
  return [
    "",
    `    ${label}`,
    ...indented(code, 8),
    ...wrapText(effect, WIDTH - 6).map((line) => `      ${line}`),
    ...noted(texts.headings.undo, undo),
    ...noted(texts.headings.check, check),
  ];
}
