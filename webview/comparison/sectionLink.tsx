import type { SectionLinkView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { Link } from "../ui/link.tsx";

/** A section by its number alone, where the document is clear from what stands around; the whole name is its title. */
export function SectionLink({ section, tabIndex }: { readonly section: SectionLinkView; readonly tabIndex: number }) {
  const { model } = usePage();
  return (
    <Link onOpen={() => model.post({ type: "open-section", section: section.id })} title={section.id} tabIndex={tabIndex}>
      {section.label.replace(/^\[[^\]]*\]\s*/, "")}
    </Link>
  );
}
