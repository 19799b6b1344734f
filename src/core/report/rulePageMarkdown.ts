import type { Remedy, Snippet } from "../rules/remedies.ts";
import type { Rule } from "../rules/rule.ts";
import type { Language } from "../spec/language.ts";
import { reportTexts } from "./reportTexts.ts";
import type { EventPart, ExamplePart, RulePage } from "./rulePage.ts";
import { type RulePageTexts, rulePageTexts } from "./rulePageTexts.ts";
import { inline, table } from "./toMarkdown.ts";

/** A rule's page in Markdown. `head` stands below the title, e.g. links to other pages. */
export function rulePageMarkdown(page: RulePage, head: readonly string[] = []): string {
  const texts = rulePageTexts(page.language);
  const { headings } = texts;
  const { example } = page;
  const parts = [
    `# ${inline(page.name)}`,
    [`\`${page.id}\``, `${texts.severityLabel}: ${texts.severity[page.severity]}`, ...head].join(" · "),
    inline(page.recognises),
    ...(example === null ? [] : explanation(example, texts)),
    ...(example === null ? [] : [`## ${headings.example}`, ...exampleParts(example, page.language)]),
    `## ${headings.remedies}`,
    ...(page.remedies.length === 0 ? [texts.noRemedies] : [texts.notRun]),
    ...page.remedies.map((remedy) => remedyPart(remedy, page.language)),
    `## ${headings.events}`,
    page.events.length === 0 ? texts.noEvents : page.events.map((event) => eventLine(event, texts)).join("\n"),
    `## ${headings.specification}`,
    page.sections.map(({ label, title, url }) => `- [${inline(`${label} ${title}`)}](${url})`).join("\n"),
    `## ${headings.settings}`,
    inline(texts.settings),
    fenced("json", ruleSettingExample(page.id)),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The page that lists all rules; `pageOf` names the file of a rule's page. */
export function ruleIndexMarkdown(
  rules: readonly Rule[],
  language: Language,
  head: readonly string[],
  pageOf: (id: string) => string,
): string {
  const { index, severity } = rulePageTexts(language);
  const rows = rules.map(({ id, severity: own, texts }) => {
    const { name, recognises } = texts[language]();
    return `| [\`${id}\`](${pageOf(id)}) | ${severity[own]} | **${inline(name)}**: ${inline(recognises)} |`;
  });
  const parts = [
    `# ${index.title}`,
    ...head,
    index.lead,
    [`| ${index.rule} | ${index.severity} | ${index.recognises} |`, "| --- | --- | --- |", ...rows].join("\n"),
    index.generated,
  ];
  return `${parts.join("\n\n")}\n`;
}

/** What turns a rule off, in a settings file. */
export function ruleSettingExample(id: string): string {
  return `{ "rules": { "${id}": "off" } }`;
}

function explanation({ why, todo }: ExamplePart, { headings, inExample }: RulePageTexts): readonly string[] {
  return [
    `## ${headings.why}`,
    inline(why),
    `## ${headings.todo}`,
    inExample,
    todo.map((text, index) => `${index + 1}. ${inline(text)}`).join("\n"),
  ];
}

function exampleParts(example: ExamplePart, language: Language): readonly string[] {
  const { headings, certainty } = reportTexts(language);
  const rows = example.evidence.map(({ frame, message, field, value, role }) => [String(frame), message, field, value, role]);
  return [
    inline(rulePageTexts(language).exampleFrom(example.capture)),
    `> **${inline(example.title)}** (${certainty[example.certainty]})`,
    inline(example.what),
    ...(rows.length === 0 ? [] : [table([headings.frame, headings.message, headings.field, headings.value, headings.meaning], rows)]),
    ...(example.limit === "" ? [] : [`*${inline(example.limit)}*`]),
  ];
}

function remedyPart(remedy: Remedy, language: Language): string {
  const { weakens, headings } = reportTexts(language);
  const title = remedy.kind === "safe" ? remedy.title : `${weakens}: ${remedy.title}`;
  const snippets = remedy.snippets.map((snippet) => snippetPart(snippet, headings));
  return [`### ${inline(title)}`, inline(remedy.text), ...snippets].join("\n\n");
}

function snippetPart(
  { label, language, code, effect, undo, check }: Snippet,
  headings: { readonly undo: string; readonly check: string },
): string {
  const noted = (heading: string, text: string) => (text === "" ? [] : [`${heading}:`, fenced("text", text)]);
  return [
    `#### ${inline(label)}`,
    fenced(language, code),
    inline(effect),
    ...noted(headings.undo, undo),
    ...noted(headings.check, check),
  ].join("\n\n");
}

function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}

function eventLine({ log, ids, text, source }: EventPart, texts: RulePageTexts): string {
  const link = source === null ? "" : ` ([${texts.source}](${source}))`;
  return `- **${inline(log)}**, ${ids}: ${inline(text)}${link}`;
}
