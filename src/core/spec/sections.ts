import { fsccSections } from "./sections/fsccSections.ts";
import { otherDocumentSections } from "./sections/otherDocumentSections.ts";
import type { SectionRow } from "./sections/sectionRow.ts";
import { smb2ClientSections } from "./sections/smb2ClientSections.ts";
import { smb2ServerSections } from "./sections/smb2ServerSections.ts";
import { smb2SyntaxSections } from "./sections/smb2SyntaxSections.ts";

const rows = { ...smb2SyntaxSections, ...smb2ClientSections, ...smb2ServerSections, ...otherDocumentSections, ...fsccSections };

/**
 * A section that the product may cite: document, blank, number ("MS-SMB2 3.2.5.14.12"), or the document alone ("MS-SMB2").
 * Numbers are those of [MS-SMB2] v84.0; a number that is not in the table does not compile.
 */
export type SectionId = keyof typeof rows;

/** Every known section, in the order of the documents. */
export const sections: Readonly<Record<SectionId, SectionRow>> = rows;

/** Whether a text, e.g. from a link or a command's argument, is the id of a known section. */
export function isSectionId(text: string): text is SectionId {
  return Object.hasOwn(rows, text);
}
