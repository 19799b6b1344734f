import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const json = (path: string): Record<string, string> => JSON.parse(readFileSync(path, "utf8"));
const placeholders = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(([found]) => found).sort();

const english = json("l10n/bundle.l10n.json");
const japanese = json("l10n/bundle.l10n.ja.json");
const folder = "src/extension/";
const sources = readdirSync(folder).map((file) => readFileSync(folder + file, "utf8"));

/** Texts given to `l10n.t` as literals; a call that is given anything else is not found and makes the count differ. */
const used = sources.flatMap((source) =>
  [...source.matchAll(/l10n\.t\(\s*"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => JSON.parse(`"${text}"`)),
);
const calls = sources.reduce((sum, source) => sum + source.split("l10n.t(").length - 1, 0);

test("every text of the extension is a literal that stands in both bundles, and the bundles hold nothing else", () => {
  expect(used.length).toBe(calls);
  expect(Object.keys(english).sort()).toEqual([...new Set(used)].sort());
  expect(Object.keys(japanese).sort()).toEqual(Object.keys(english).sort());
});

test("a translation takes the same values and says something else", () => {
  for (const [text, translation] of Object.entries(japanese)) {
    expect(placeholders(translation), text).toEqual(placeholders(text));
    expect(translation, text).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  }
});

test("the manifest's texts exist in both languages, and none is left over", () => {
  const manifest = readFileSync("package.json", "utf8");
  const keys = [...new Set([...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key))].sort();
  expect(keys.length).toBeGreaterThan(10);
  expect(Object.keys(json("package.nls.json")).sort()).toEqual(keys);
  expect(Object.keys(json("package.nls.ja.json")).sort()).toEqual(keys);
});
