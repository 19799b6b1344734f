import { expect, test } from "vitest";
import { isSectionId, type SectionId } from "../../src/core/spec/sections.ts";
import { hasOwnPage, sectionLabel, sectionParts, sectionTitle, sectionUrl } from "../../src/core/spec/sectionUrl.ts";

test("a section with its own page leads there", () => {
  expect(hasOwnPage("MS-SMB2 3.2.5.14.12")).toBe(true);
  expect(sectionTitle("MS-SMB2 3.2.5.14.12")).toBe("Handling a Validate Negotiate Info Response");
  expect(sectionUrl("MS-SMB2 2.1")).toBe(
    "https://learn.microsoft.com/openspecs/windows_protocols/ms-smb2/1dfacde4-b5c7-4494-8a14-a09d3ab4cc83",
  );
});

test("a section without a page leads to its document", () => {
  expect(hasOwnPage("MS-SMB2 2.2.4.1.1")).toBe(false);
  expect(sectionUrl("MS-SMB2 2.2.4.1.1")).toBe(sectionUrl("MS-SMB2"));
  expect(sectionUrl("MS-KILE 3.1.1.2")).toBe(
    "https://learn.microsoft.com/openspecs/windows_protocols/ms-kile/2a32282e-dd48-4ad9-a542-609804b02cc9",
  );
});

test("an RFC leads to its section at the RFC editor", () => {
  expect(sectionUrl("RFC9293 3.5.2")).toBe("https://www.rfc-editor.org/rfc/rfc9293#section-3.5.2");
  expect(sectionUrl("RFC9293")).toBe("https://www.rfc-editor.org/rfc/rfc9293");
});

test("labels cite as the documents cite each other", () => {
  expect(sectionLabel("MS-SMB2 3.2.5.14.12")).toBe("[MS-SMB2] 3.2.5.14.12");
  expect(sectionLabel("MS-SMB2")).toBe("[MS-SMB2]");
  expect(sectionParts("MS-NLMP 3.3.2")).toEqual({ document: "MS-NLMP", number: "3.3.2" });
});

test("a wrong number neither compiles nor passes at run time", () => {
  // @ts-expect-error the section does not exist
  const wrong: SectionId = "MS-SMB2 3.2.5.14.99";
  expect(isSectionId(wrong)).toBe(false);
  expect(isSectionId("toString")).toBe(false);
});
