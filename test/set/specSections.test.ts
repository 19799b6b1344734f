import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isSectionId, type SectionId, sectionIds, sectionRow } from "../../src/core/spec/sections.ts";
import { hasOwnPage, sectionParts, sectionTitle, sectionUrl } from "../../src/core/spec/sectionUrl.ts";

const ids = sectionIds();
const learnAddress = /^https:\/\/learn\.microsoft\.com\/openspecs\/windows_protocols\/ms-\w+\/[0-9a-f-]{36}$/;
const rfcAddress = /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+(#section-[\d.]+)?$/;
const page = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe("section table", () => {
  test("holds each section once", () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(550);
  });

  test("ids, titles and addresses are well formed", () => {
    for (const id of ids) {
      expect(id).toMatch(/^[A-Z][A-Z0-9-]+( \d+(\.\d+)*)?$/);
      expect(sectionTitle(id).trim(), id).not.toBe("");
      expect(sectionUrl(id), id).toMatch(id.startsWith("RFC") ? rfcAddress : learnAddress);
    }
  });

  test("every document has an entry of its own with an address", () => {
    for (const document of new Set(ids.map((id) => sectionParts(id).document))) {
      expect(isSectionId(document), document).toBe(true);
      expect(hasOwnPage(document as SectionId), document).toBe(true);
    }
  });

  test("no two sections share a page", () => {
    const pages = ids.flatMap((id) => sectionRow(id)[1] ?? []);
    expect(pages.every((id) => page.test(id))).toBe(true);
    expect(new Set(pages).size).toBe(pages.length);
  });

  test("agrees with the list of the specification's pages, where that list is present", () => {
    const list = new URL("../../../shared/spec/sections.json", import.meta.url);
    if (!existsSync(list)) return;
    const entries = JSON.parse(readFileSync(list, "utf8")) as { doc: string; number: string; url: string | null; exact: boolean }[];
    for (const entry of entries) {
      const id = `${entry.doc} ${entry.number}`.trim();
      if (!isSectionId(id)) throw new Error(`missing: ${id}`);
      expect(hasOwnPage(id), id).toBe(entry.exact);
      if (entry.url !== null) expect(sectionUrl(id), id).toBe(entry.url);
    }
  });
});
