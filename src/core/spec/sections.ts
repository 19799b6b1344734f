import { fsccSections } from "./sections/fsccSections.ts";
import { otherDocumentSections } from "./sections/otherDocumentSections.ts";
import type { SectionRow } from "./sections/sectionRow.ts";
import { smb2ClientSections } from "./sections/smb2ClientSections.ts";
import { smb2ServerSections } from "./sections/smb2ServerSections.ts";
import { smb2SyntaxSections } from "./sections/smb2SyntaxSections.ts";

// Functions, so that a table is made when it is first looked into: making all of them was a tenth of the time of a small capture.
const TABLES = [smb2SyntaxSections, smb2ClientSections, smb2ServerSections, otherDocumentSections, fsccSections];

/**
 * A section that the product may cite: document, blank, number ("MS-SMB2 3.2.5.14.12"), or the document alone ("MS-SMB2").
 * Numbers are those of [MS-SMB2] v84.0; a number that is not in the tables does not compile.
 */
export type SectionId = RowsOf<(typeof TABLES)[number]>;
type RowsOf<Table> = Table extends () => infer Rows ? keyof Rows : never;

const opened: Readonly<Record<string, SectionRow>>[] = [];

/** The row of a section. */
export function sectionRow(id: SectionId): SectionRow {
  return rowOf(id) as SectionRow;
}

/** Whether a text, e.g. from a link or a command's argument, is the id of a known section. */
export function isSectionId(text: string): text is SectionId {
  return rowOf(text) !== undefined;
}

/** Every known section, in the order of the documents. */
export function sectionIds(): readonly SectionId[] {
  return TABLES.flatMap((_, index) => Object.keys(table(index)) as SectionId[]);
}

function rowOf(text: string): SectionRow | undefined {
  for (let index = 0; index < TABLES.length; index++) if (Object.hasOwn(table(index), text)) return table(index)[text];
  return undefined;
}

function table(index: number): Readonly<Record<string, SectionRow>> {
  opened[index] ??= TABLES[index]?.() ?? {};
  return opened[index];
}
