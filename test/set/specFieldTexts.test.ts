import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createContextTexts } from "../../src/core/spec/fieldTexts/createContextTexts.ts";
import { createTexts } from "../../src/core/spec/fieldTexts/createTexts.ts";
import { fileTexts } from "../../src/core/spec/fieldTexts/fileTexts.ts";
import { framingTexts } from "../../src/core/spec/fieldTexts/framingTexts.ts";
import { fsctlPayloadTexts } from "../../src/core/spec/fieldTexts/fsctlPayloadTexts.ts";
import { fsctlTexts } from "../../src/core/spec/fieldTexts/fsctlTexts.ts";
import { headerTexts } from "../../src/core/spec/fieldTexts/headerTexts.ts";
import { informationTexts } from "../../src/core/spec/fieldTexts/informationTexts.ts";
import { ioctlServiceTexts } from "../../src/core/spec/fieldTexts/ioctlServiceTexts.ts";
import { ioctlTexts } from "../../src/core/spec/fieldTexts/ioctlTexts.ts";
import { kerberosTexts } from "../../src/core/spec/fieldTexts/kerberosTexts.ts";
import { negotiateContextTexts } from "../../src/core/spec/fieldTexts/negotiateContextTexts.ts";
import { negotiateTexts } from "../../src/core/spec/fieldTexts/negotiateTexts.ts";
import { queryTexts } from "../../src/core/spec/fieldTexts/queryTexts.ts";
import { securityDescriptorTexts } from "../../src/core/spec/fieldTexts/securityDescriptorTexts.ts";
import { securityTokenTexts } from "../../src/core/spec/fieldTexts/securityTokenTexts.ts";
import { sessionTexts } from "../../src/core/spec/fieldTexts/sessionTexts.ts";
import { treeTexts } from "../../src/core/spec/fieldTexts/treeTexts.ts";
import { type FieldKey, fieldKeys, fieldText, isFieldKey } from "../../src/core/spec/fieldTexts.ts";
import { isSectionId } from "../../src/core/spec/sections.ts";

const parts = [
  createContextTexts,
  createTexts,
  fileTexts,
  queryTexts,
  framingTexts,
  fsctlTexts,
  headerTexts,
  ioctlTexts,
  negotiateContextTexts,
  negotiateTexts,
  securityTokenTexts,
  kerberosTexts,
  ioctlServiceTexts,
  fsctlPayloadTexts,
  securityDescriptorTexts,
  informationTexts,
  sessionTexts,
  treeTexts,
];
const kana = /[\p{sc=Hiragana}\p{sc=Katakana}]/u;
const anyJapanese = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}。、]/u;
const tight = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}][A-Za-z0-9]|[A-Za-z0-9)][\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;

function keysWhere(wrong: (key: FieldKey) => boolean): FieldKey[] {
  return fieldKeys.filter(wrong);
}

describe("field texts", () => {
  test("each key stands in one file only", () => {
    expect(fieldKeys.length).toBe(parts.reduce((sum, part) => sum + Object.keys(part).length, 0));
    expect(keysWhere((key) => !/^[a-zA-Z0-9]+(\.[a-zA-Z0-9]+)+$/.test(key))).toEqual([]);
  });

  test("texts are present in both languages, short, and on one line", () => {
    for (const language of ["en", "ja"] as const) {
      const wrong = keysWhere((key) => {
        const { title, explanation } = fieldText(key, language);
        return title.trim() === "" || explanation.trim() === "" || explanation.length > 400 || /[\r\n]/.test(title + explanation);
      });
      expect(wrong, language).toEqual([]);
    }
  });

  test("English is English", () => {
    expect(keysWhere((key) => anyJapanese.test(fieldText(key, "en").title + fieldText(key, "en").explanation))).toEqual([]);
    expect(keysWhere((key) => !fieldText(key, "en").explanation.endsWith("."))).toEqual([]);
  });

  test("Japanese is Japanese, in whole sentences, with a blank beside Latin words", () => {
    expect(keysWhere((key) => !kana.test(fieldText(key, "ja").explanation))).toEqual([]);
    expect(keysWhere((key) => !/(です|ます|ません|ました|でした|ください)( \([^)]*\))?。$/.test(fieldText(key, "ja").explanation))).toEqual(
      [],
    );
    expect(keysWhere((key) => tight.test(fieldText(key, "ja").title) || tight.test(fieldText(key, "ja").explanation))).toEqual([]);
  });

  test("English words of a title are translated", () => {
    const wireName = /^[A-Z0-9"(][\w:.+?$"()/ -]*$/;
    const plainWord = /\b(request|response|client|server|buffer|mechanisms|strings|follows|captured)\b/;
    expect(keysWhere((key) => plainWord.test(fieldText(key, "ja").title))).toEqual([]);
    expect(
      keysWhere((key) => fieldText(key, "en").title === fieldText(key, "ja").title && !wireName.test(fieldText(key, "ja").title)),
    ).toEqual([]);
  });

  test("both languages name the same constants and values", () => {
    const names = (text: string) => [...new Set(text.match(/\b(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|0x[0-9A-F]+|FSCTL_\w+)\b/g) ?? [])].sort();
    const wrong = keysWhere((key) => names(fieldText(key, "en").explanation).join() !== names(fieldText(key, "ja").explanation).join());
    expect(wrong).toEqual([]);
  });

  test("each text cites known sections", () => {
    expect(keysWhere((key) => fieldText(key, "en").sections.length === 0 || !fieldText(key, "en").sections.every(isSectionId))).toEqual([]);
  });

  test("an unknown key has no text", () => {
    expect(fieldText("cap.unknown", "en")).toBeUndefined();
    expect(isFieldKey("constructor")).toBe(false);
    // @ts-expect-error the key does not exist
    const wrong: FieldKey = "cap.unknown";
    expect(isFieldKey(wrong)).toBe(false);
  });

  test("says what the list of the specification's fields says, where that list is present", () => {
    const list = new URL("../../../shared/spec/fields.json", import.meta.url);
    if (!existsSync(list)) return;
    for (const { key, title, explanation } of JSON.parse(readFileSync(list, "utf8")) as Record<"key" | "title" | "explanation", string>[]) {
      expect(fieldText(key, "en")).toMatchObject({ title, explanation });
    }
  });
});
