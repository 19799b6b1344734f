import { type SectionId, sectionRow } from "./sections.ts";

const learn = "https://learn.microsoft.com/openspecs/windows_protocols/";
const rfcEditor = "https://www.rfc-editor.org/rfc/";

interface SectionParts {
  /** "MS-SMB2", "RFC9293". */
  readonly document: string;
  /** "3.2.5.14.12"; empty for the document itself. */
  readonly number: string;
}

/** Splits a section id into document and number. */
export function sectionParts(id: SectionId): SectionParts {
  const blank = id.indexOf(" ");
  return blank < 0 ? { document: id, number: "" } : { document: id.slice(0, blank), number: id.slice(blank + 1) };
}

/** Title of a section in English, as its document has it. */
export function sectionTitle(id: SectionId): string {
  return sectionRow(id)[0];
}

/** How a text cites a section: "[MS-SMB2] 3.2.5.14.12". */
export function sectionLabel(id: SectionId): string {
  const { document, number } = sectionParts(id);
  return number === "" ? `[${document}]` : `[${document}] ${number}`;
}

/** Whether {@link sectionUrl} leads to the section itself; false: to the first page of its document. */
export function hasOwnPage(id: SectionId): boolean {
  return isRfc(id) || sectionRow(id)[1] !== undefined;
}

/** Address of a section; where its own page is not known, that of its document. */
export function sectionUrl(id: SectionId): string {
  if (isRfc(id)) return rfcUrl(id);
  const document = sectionParts(id).document;
  const page = sectionRow(id)[1] ?? sectionRow(document as SectionId)[1];
  return `${learn}${document.toLowerCase()}/${page}`;
}

function isRfc(id: SectionId): boolean {
  return id.startsWith("RFC");
}

function rfcUrl(id: SectionId): string {
  const { document, number } = sectionParts(id);
  const page = rfcEditor + document.toLowerCase();
  return number === "" ? page : `${page}#section-${number}`;
}
