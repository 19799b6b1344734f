import { readFileSync } from "node:fs";
import path from "node:path";
import { rulePage } from "../../src/core/report/rulePage.ts";
import { ruleIndexMarkdown, rulePageMarkdown } from "../../src/core/report/rulePageMarkdown.ts";
import { rulePageTexts } from "../../src/core/report/rulePageTexts.ts";
import { RULES } from "../../src/core/rules/list.ts";
import type { Rule } from "../../src/core/rules/rule.ts";
import type { RuleExample } from "../../src/core/rules/ruleExample.ts";
import { RULE_LEVELS } from "../../src/core/rules/ruleSettings.ts";
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
  documents.set("package.json", manifest());
  for (const language of LANGUAGES) documents.set(nlsFile(language), manifestTexts(language));
  documents.set("media/smb-lens.schema.json", settingsSchema());
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

/** package.json with a setting for each rule. */
function manifest(): string {
  const json = storedJson("package.json");
  const properties = Object.fromEntries(RULES.map(({ id }) => [id, { type: "string", enum: RULE_LEVELS, description: `%${nlsKey(id)}%` }]));
  json.contributes.configuration.properties["smbLens.rules"].properties = properties;
  return jsonFile(json);
}

/** The texts of package.json with one for each rule, behind all others. */
function manifestTexts(language: Language): string {
  const others = Object.entries(storedJson(nlsFile(language))).filter(([key]) => !key.startsWith(nlsKey("")));
  return jsonFile(Object.fromEntries([...others, ...RULES.map((rule) => [nlsKey(rule.id), settingText(rule, language)])]));
}

function settingText({ severity, texts }: Rule, language: Language): string {
  const { name, recognises } = texts[language]();
  const own = rulePageTexts(language).severity[severity];
  return language === "ja" ? `${name} (既定: ${own})。${recognises}` : `${name} (by itself: ${own}). ${recognises}`;
}

/** JSON schema of the settings file, so that an editor completes and checks it. */
function settingsSchema(): string {
  const levels = Object.fromEntries(RULES.map((rule) => [rule.id, { $ref: "#/definitions/level", description: settingText(rule, "en") }]));
  return jsonFile({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Settings of SMB Lens beside captures",
    type: "object",
    properties: {
      $schema: { type: "string" },
      rules: { $ref: "#/definitions/rules", description: "For every capture in this folder and below." },
      captures: {
        description: "For single captures, by their path from this file, with slashes.",
        type: "object",
        additionalProperties: { type: "object", properties: { rules: { $ref: "#/definitions/rules" } }, additionalProperties: false },
      },
    },
    additionalProperties: false,
    definitions: {
      level: { type: "string", enum: RULE_LEVELS },
      rules: { type: "object", properties: levels, additionalProperties: false },
    },
  });
}

function nlsFile(language: Language): string {
  return language === "en" ? "package.nls.json" : `package.nls.${language}.json`;
}

function nlsKey(rule: string): string {
  return `rule.${rule}`;
}

function storedJson(file: string) {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, "../..", file), "utf8"));
}

function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
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
