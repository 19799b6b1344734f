import { type SectionId, sectionLabel } from "../../core/index.ts";
import type { SectionLinkView } from "../../protocol/views.ts";

/** A link with the document: `[MS-SMB2] 3.2.5.5`. */
export function sectionLink(id: SectionId): SectionLinkView {
  return { id, label: sectionLabel(id) };
}

/** A link in a place that is about [MS-SMB2] anyway: `2.2.3`. */
export function sectionNumberLink(id: SectionId): SectionLinkView {
  return { id, label: id.slice(id.indexOf(" ") + 1) };
}
