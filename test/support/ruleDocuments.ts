import { rulePage } from "../../src/core/report/rulePage.ts";
import { ruleIndexMarkdown, rulePageMarkdown } from "../../src/core/report/rulePageMarkdown.ts";
import { rulePageTexts } from "../../src/core/report/rulePageTexts.ts";
import { RULES } from "../../src/core/rules/list.ts";
import type { Rule } from "../../src/core/rules/rule.ts";
import type { RuleExample } from "../../src/core/rules/ruleExample.ts";
import type { Language } from "../../src/core/spec/language.ts";
import { analyseBytes } from "./analyseBytes.ts";
import { bytesOf, ruleCaptures } from "./ruleCaptures.ts";

/** Path in the project -> text, of every file that is made from the rules. */
export type RuleDocuments = ReadonlyMap<string, string>;

/** Where the pages of the rules are. */
export const RULE_PAGES = "docs/rules";
const EXAMPLES = "src/core/rules/ruleExamples.ts";
const LANGUAGES: readonly Language[] = ["en", "ja"];
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", ja: "日本語" };

/** Makes the pages of all rules, with what each finds in the first of its captures. */
export async function ruleDocuments(): Promise<RuleDocuments> {
  const examples = new Map<string, RuleExample>();
  for (const rule of RULES) examples.set(rule.id, await exampleOf(rule));
  const documents = new Map([[EXAMPLES, examplesSource(examples)]]);
  for (const language of LANGUAGES) {
    documents.set(`${RULE_PAGES}/${fileOf("README", language)}`, indexPage(language));
    for (const rule of RULES) documents.set(`${RULE_PAGES}/${fileOf(rule.id, language)}`, page(rule, examples.get(rule.id), language));
  }
  return documents;
}

async function exampleOf({ id }: Rule): Promise<RuleExample> {
  const captures = ruleCaptures[id];
  if (captures === undefined) throw new Error(`${id} has no captures in test/support/ruleCaptures.ts`);
  const { details } = await analyseBytes(await bytesOf(captures.fires));
  const found = details.flatMap(({ findings }) => findings).find(({ rule }) => rule === id);
  if (found === undefined) throw new Error(`${id} does not fire on its capture`);
  const { certainty, connection, frames, count, data, evidence } = found;
  return {
    capture: typeof captures.fires === "string" ? captures.fires : null,
    finding: { certainty, connection, frames, count, data, evidence },
  };
}

function page(rule: Rule, example: RuleExample | undefined, language: Language): string {
  const all = `[${rulePageTexts(language).allRules}](${fileOf("README", language)})`;
  return rulePageMarkdown(rulePage(rule, language, example), [all, otherLanguage(rule.id, language)]);
}

function indexPage(language: Language): string {
  return ruleIndexMarkdown(RULES, language, [otherLanguage("README", language)], (id) => fileOf(id, language));
}

function otherLanguage(name: string, language: Language): string {
  const other = language === "en" ? "ja" : "en";
  return `[${LANGUAGE_NAMES[other]}](${fileOf(name, other)})`;
}

function fileOf(name: string, language: Language): string {
  return language === "en" ? `${name}.md` : `${name}.${language}.md`;
}

function examplesSource(examples: ReadonlyMap<string, RuleExample>): string {
  const lines = [...examples].map(([id, example]) => `  ${JSON.stringify(id)}: ${JSON.stringify(example)},`);
  return [
    "// Written by `npm run rule-pages`: what each rule finds in the first of its captures (test/support/ruleCaptures.ts).",
    'import type { RuleExample } from "./ruleExample.ts";',
    "",
    "export const ruleExamples: Readonly<Record<string, RuleExample>> = {",
    ...lines,
    "};",
    "",
  ].join("\n");
}
