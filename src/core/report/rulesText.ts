import { type Remedy, remedyText, type Snippet } from "../rules/remedies.ts";
import type { Rule } from "../rules/rule.ts";
import { windowsEventsOf } from "../rules/windowsEvents.ts";
import type { Language } from "../spec/language.ts";
import { sectionParts, sectionUrl } from "../spec/sectionUrl.ts";
import { type ReportTexts, reportTexts } from "./reportTexts.ts";
import { type EventPart, type ExamplePart, rulePage } from "./rulePage.ts";
import { ruleSettingExample } from "./rulePageMarkdown.ts";
import { type RulePageTexts, rulePageTexts } from "./rulePageTexts.ts";
import { padColumns, wrapText } from "./textWidth.ts";

const WIDTH = 100;

/** All rules, one a line, with what each of them recognises. */
export function ruleListText(rules: readonly Rule[], language: Language): string {
  const texts = reportTexts(language);
  const idColumns = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(
    ({ id, severity, texts: own }) => `${padColumns(texts.severity[severity], 8)} ${padColumns(id, idColumns)}  ${own[language]().name}`,
  );
  return `${[...lines, "", texts.rulesHint].join("\n")}\n`;
}

/** The page of a rule as text. */
export function ruleText(rule: Rule, language: Language): string {
  const page = rulePage(rule, language);
  const texts = reportTexts(language);
  const words = rulePageTexts(language);
  const { headings } = words;
  const parts = [
    `${page.id}   ${texts.severity[page.severity]}`,
    page.name,
    "",
    ...wrapText(page.recognises, WIDTH),
    ...exampleLines(page.example, texts, words),
    ...section(headings.remedies),
    ...(page.remedies.length === 0 ? indented(words.noRemedies, 2) : []),
    ...page.remedies.flatMap((remedy, index) => [...(index === 0 ? [] : [""]), ...remedyLines(remedy, texts)]),
    ...section(headings.events),
    ...(page.events.length === 0 ? indented(words.noEvents, 2) : page.events.flatMap((event) => eventLines(event, words))),
    ...section(headings.specification),
    ...page.sections.flatMap(({ label, title, url }) => [`  ${label}  ${title}`, `    ${url}`]),
    ...section(headings.settings),
    ...indented(words.settings, 2),
    `    ${ruleSettingExample(page.id)}`,
  ];
  return `${parts.join("\n")}\n`;
}

/** Rules as plain values for the JSON form. */
export function ruleValues(rules: readonly Rule[], language: Language) {
  return rules.map(({ id, severity, texts: told, sections, remedies }) => {
    const { name, recognises } = told[language]();
    return {
      id,
      severity,
      name,
      recognises,
      sections: sections.map((section) => ({ ...sectionParts(section), url: sectionUrl(section) })),
      remedies: remedies.map((remedy) => remedyText(remedy, language)),
      events: windowsEventsOf(id).map(({ log, ids, texts }) => ({ log, ids, text: texts[language] })),
    };
  });
}

function section(heading: string): readonly string[] {
  return ["", heading];
}

/** Prose, wrapped; a mark such as `1. ` stands before its first line. */
function indented(text: string, columns: number, mark = ""): readonly string[] {
  const blank = " ".repeat(columns);
  const hanging = " ".repeat(columns + mark.length);
  return wrapText(text, WIDTH - hanging.length).map((line, index) => `${index === 0 ? `${blank}${mark}` : hanging}${line}`);
}

function exampleLines(example: ExamplePart | null, texts: ReportTexts, words: RulePageTexts): readonly string[] {
  if (example === null) return [];
  const { headings } = words;
  const columns = Math.max(0, ...example.evidence.map(({ frame }) => String(frame).length));
  return [
    ...section(headings.why),
    ...indented(example.why, 2),
    ...section(headings.todo),
    ...indented(words.inExample, 2),
    ...example.todo.flatMap((text, index) => indented(text, 2, `${index + 1}. `)),
    ...section(headings.example),
    ...indented(words.exampleFrom(example.capture), 2),
    ...indented(`${example.title} (${texts.certainty[example.certainty]})`, 4),
    ...indented(example.what, 4),
    ...example.evidence.map(({ frame, message, field, value, role }) =>
      [`    [${frame}]${" ".repeat(columns - String(frame).length)}`, message, field, value, `(${role})`]
        .filter((part) => part !== "")
        .join("  "),
    ),
    ...(example.limit === "" ? [] : indented(example.limit, 4)),
  ];
}

function eventLines({ log, ids, text, source }: EventPart, words: RulePageTexts): readonly string[] {
  return [`  ${log}  ${ids}`, ...indented(text, 4), ...(source === null ? [] : [`    ${words.source}: ${source}`])];
}

function remedyLines(remedy: Remedy, texts: ReportTexts): readonly string[] {
  const title = remedy.kind === "safe" ? remedy.title : `${texts.weakens}: ${remedy.title}`;
  return [
    `  ${title}`,
    ...wrapText(remedy.text, WIDTH - 4).map((line) => `    ${line}`),
    ...remedy.snippets.flatMap((snippet) => snippetLines(snippet, texts)),
  ];
}

function snippetLines({ label, code, effect, undo, check }: Snippet, texts: ReportTexts): readonly string[] {
  const lines = (text: string, columns: number) => text.split("\n").map((line) => `${" ".repeat(columns)}${line}`);
  const noted = (heading: string, text: string) => (text === "" ? [] : [`      ${heading}:`, ...lines(text, 10)]);
  return [
    "",
    `    ${label}`,
    ...lines(code, 8),
    ...wrapText(effect, WIDTH - 6).map((line) => `      ${line}`),
    ...noted(texts.headings.undo, undo),
    ...noted(texts.headings.check, check),
  ];
}
