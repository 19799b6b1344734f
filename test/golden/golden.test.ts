import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Language, toTextTrace } from "../../src/core/index.ts";
import { caseNames, casePath, readCase } from "../support/caseCapture.ts";

/*
 * The text trace of every committed capture, as the user reads it. What differs is to be looked at, then written anew with
 * `UPDATE_GOLDEN=1 npx vitest run test/golden`; CI never writes.
 */
const update = process.env["UPDATE_GOLDEN"] === "1" && process.env["CI"] === undefined;

const GOLDEN: Readonly<Record<Language, string>> = { en: "expected.trace.txt", ja: "expected.ja.txt" };

describe.each(caseNames)("%s", (name) => {
  it.each(["en", "ja"] as const)("reads as expected (%s)", async (language) => {
    const { file, analysis, details } = await readCase(name);
    const { text } = toTextTrace(analysis, details, { name: file, language, connection: 0 });
    const golden = casePath(name, GOLDEN[language]);
    if (update) writeFileSync(golden, text);
    expect(existsSync(golden), `${GOLDEN[language]} is missing`).toBe(true);
    expect(text).toBe(readFileSync(golden, "utf8"));
  });
});
