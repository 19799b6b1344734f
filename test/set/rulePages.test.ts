import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ruleText } from "../../src/core/report/rulesText.ts";
import { RULES, ruleById } from "../../src/core/rules/list.ts";
import { WINDOWS_EVENTS } from "../../src/core/rules/windowsEvents.ts";
import { RULE_PAGES, ruleDocuments } from "../support/ruleDocuments.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const documents = await ruleDocuments();

if (process.env["WRITE_RULE_PAGES"] === "1") write();

/** `npm run rule-pages`: what is no longer made goes, the rest is written. */
function write(): void {
  rmSync(path.join(ROOT, RULE_PAGES), { recursive: true, force: true });
  for (const [file, text] of documents) {
    mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
    writeFileSync(path.join(ROOT, file), text);
  }
}

test.each([...documents])("%s is what the rules say: npm run rule-pages writes it", (file, text) => {
  const stored = path.join(ROOT, file);
  expect(existsSync(stored) ? readFileSync(stored, "utf8") : "").toBe(text);
});

test("every page is one of a rule", () => {
  const files = readdirSync(path.join(ROOT, RULE_PAGES)).map((name) => `${RULE_PAGES}/${name}`);
  expect(files.filter((file) => !documents.has(file))).toEqual([]);
});

describe.each(RULES.map((rule) => [rule.id, rule] as const))("the page of %s", (id, rule) => {
  test.each(["en", "ja"] as const)("says all of it in %s, and the command line the same", (language) => {
    const page = documents.get(`${RULE_PAGES}/${id}${language === "en" ? "" : ".ja"}.md`) ?? "";
    expect(page).not.toMatch(/undefined|\bnull\b|NaN|\[object/);
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading ?? "");
    expect(headings).toHaveLength(7);
    const text = ruleText(rule, language);
    for (const heading of headings) expect(text).toContain(`\n${heading}\n`);
    expect(text).toContain(rule.texts[language]().name);
  });

  test("puts what weakens security behind everything else", () => {
    const page = documents.get(`${RULE_PAGES}/${id}.md`) ?? "";
    const titles = [...page.matchAll(/^### (.*)$/gm)].map(([, title]) => title ?? "");
    const weak = titles.findIndex((title) => title.startsWith("Weakens security"));
    expect(weak === -1 || weak === titles.length - 1, titles.join("\n")).toBe(true);
  });
});

describe("the events of the Windows logs", () => {
  test("go with rules that exist, and say so in both languages", () => {
    for (const { rules, texts, ids, log } of WINDOWS_EVENTS) {
      expect(rules.filter((id) => ruleById(id) === undefined)).toEqual([]);
      expect(rules.length).toBeGreaterThan(0);
      expect(ids.every((id) => Number.isInteger(id) && id > 0)).toBe(true);
      expect(log).toMatch(/^Microsoft-Windows-\w+\/\w+$|^System$/);
      expect(texts.en).toMatch(/\.$/);
      expect(texts.ja).toMatch(/。$/);
    }
  });
});
