import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ruleListText } from "../../src/core/report/rulesText.ts";
import { judgeConnection } from "../../src/core/rules/engine.ts";
import type { Finding } from "../../src/core/rules/finding.ts";
import { RULES, ruleById } from "../../src/core/rules/list.ts";
import { REASON_IDS, reasonLabel, reasonText } from "../../src/core/rules/reasons.ts";
import { isRemedyId } from "../../src/core/rules/remedies.ts";
import { renderFinding } from "../../src/core/rules/renderFinding.ts";
import { isSectionId } from "../../src/core/spec/sections.ts";
import { allRuleCases } from "../support/allRuleCases.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../src/core/rules");
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const IMPOLITE = /please|!|！|\bshould\b/i;
/** A Latin word that touches a Japanese one without a half-width blank, commas, brackets and quotation marks aside. */
const UNSPACED =
  /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}][A-Za-z0-9]|[A-Za-z0-9][\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const CONTROL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

function findingsOf(rule: string): readonly (readonly [string, Finding])[] {
  return Object.entries(allRuleCases[rule]?.fires ?? {}).flatMap(([name, { facts }]) =>
    judgeConnection(facts)
      .findings.filter((finding) => finding.rule === rule)
      .map((finding) => [name, finding] as const),
  );
}

describe("the set of rules", () => {
  it("is one file a rule, named by its id, and one entry in the list", () => {
    const files = readdirSync(folder)
      .filter((name) => name.includes("-"))
      .map((name) => name.replace(/\.ts$/, ""));
    expect(RULES.map((rule) => rule.id).toSorted()).toEqual(files.toSorted());
  });

  it("has every id once, and finds it", () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
    for (const rule of RULES) expect(ruleById(rule.id)).toBe(rule);
  });

  it("is explained by rules of the set only", () => {
    for (const rule of RULES) for (const id of rule.explainedBy ?? []) expect(ruleById(id), `${rule.id} names ${id}`).toBeDefined();
  });
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  it("cites known sections", () => {
    expect(rule.sections.length).toBeGreaterThan(0);
    for (const section of rule.sections) expect(isSectionId(section)).toBe(true);
  });

  it("offers known remedies", () => {
    for (const remedy of rule.remedies) expect(isRemedyId(remedy), remedy).toBe(true);
  });

  it("puts a workaround last", () => {
    const workarounds = rule.remedies.filter((remedy) => remedy.startsWith("workaround-"));
    if (workarounds.length > 0) expect(rule.remedies.at(-1)).toBe(workarounds[0]);
    expect(workarounds.length).toBeLessThan(2);
  });

  it("has a name and says what it recognises", () => {
    for (const language of ["en", "ja"] as const) {
      const { name, recognises } = rule.texts[language]();
      expect(name).not.toBe("");
      expect(name).not.toMatch(/[.。]$/);
      expectSentences(recognises, language);
    }
    expect(rule.texts.ja().name).toMatch(JAPANESE);
  });

  it.each(findingsOf(id))("has whole texts in both languages: %s", (_name, finding) => {
    for (const language of ["en", "ja"] as const) {
      const text = renderFinding(finding, language);
      expect(text.outcome).not.toMatch(/[.。]$|^$/);
      for (const sentences of [text.title, text.what, text.why, ...text.todo]) expectSentences(sentences, language);
      if (text.limit !== "") expectSentences(text.limit, language);
      expect(text.todo.length).toBeGreaterThan(0);
      if (language === "ja") expect(text.outcome).toMatch(JAPANESE);
    }
  });

  it.each(findingsOf(id))("names the observed frames in its text: %s", (_name, finding) => {
    for (const language of ["en", "ja"] as const) expect(renderFinding(finding, language).what).toContain(`[${finding.frames[0]}]`);
  });

  it("has every datum of its identity", () => {
    for (const [, finding] of findingsOf(id)) for (const name of rule.identity ?? []) expect(Object.keys(finding.data)).toContain(name);
  });

  it("gives data that survive a worker boundary", () => {
    for (const [, finding] of findingsOf(id)) expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
  });
});

describe.each(REASON_IDS)("the reason %s", (reason) => {
  it("has a label and a sentence in both languages", () => {
    for (const language of ["en", "ja"] as const) {
      expect(reasonLabel(reason, language)).not.toMatch(/[.。]$|^$/);
      expectSentences(reasonText(reason, language), language);
    }
  });
});

it.each(["en", "ja"] as const)("the list of rules names each (%s)", (language) => {
  const lines = ruleListText(RULES, language).split("\n");
  for (const rule of RULES) expect(lines.find((line) => line.includes(` ${rule.id} `))).toContain(rule.texts[language]().name);
});

function expectSentences(text: string, language: "en" | "ja"): void {
  expect(text).not.toMatch(/undefined|null|NaN|\[object|\$\{| {2}/);
  expect(text).not.toMatch(IMPOLITE);
  expect(text).not.toMatch(CONTROL);
  if (language === "en") {
    expect(text).toMatch(/\.$/);
    expect(text).not.toMatch(JAPANESE);
    return;
  }
  expect(text).toMatch(/。$/);
  expect(text).toMatch(JAPANESE);
  expect(text).not.toMatch(UNSPACED);
}
