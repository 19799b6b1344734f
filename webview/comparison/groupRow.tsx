import type { CompareMessageView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { TreeCell, TreeRow } from "../ui/gridElements.ts";
import { Icon } from "../ui/icon.tsx";
import { Link } from "../ui/link.tsx";
import type { CompareLine } from "./compareLines.ts";
import { SectionLink } from "./sectionLink.tsx";

interface GroupRowProps {
  readonly line: Extract<CompareLine, { readonly kind: "group" }>;
  readonly active: boolean;
  readonly onSelect: () => void;
}

/** Head of one direction: its two messages, and what their comparison says. */
export function GroupRow({ line, active, onSelect }: GroupRowProps) {
  const { direction, title, negotiate, validate, summary, section } = line.group;
  const tabIndex = active ? 0 : -1;
  return (
    <TreeRow class="group" role="row" aria-level={1} data-key={line.key} tabIndex={tabIndex} onClick={onSelect}>
      <TreeCell role="rowheader">
        <Icon name={direction === "client" ? "to" : "from"} /> <b>{title}</b>
      </TreeCell>
      <MessageCell message={negotiate} tabIndex={tabIndex} />
      <TreeCell role="gridcell" class="mark" />
      <MessageCell message={validate} tabIndex={tabIndex} />
      <TreeCell role="gridcell">
        {summary} <SectionLink section={section} tabIndex={tabIndex} />
      </TreeCell>
    </TreeRow>
  );
}

function MessageCell({ message, tabIndex }: { readonly message: CompareMessageView; readonly tabIndex: number }) {
  const { model, state } = usePage();
  const texts = useTexts();
  const { frame, note, section } = message;
  return (
    <TreeCell role="gridcell" class={frame !== null && frame === state.frame ? "revealed" : ""}>
      {frame === null ? null : (
        <Link onOpen={() => model.openMessage(frame)} tabIndex={tabIndex}>
          {texts.text("frame", frame)}
        </Link>
      )}
      <span class="dim">
        {frame === null || note === "" ? "" : texts.text("comma")}
        {note}
      </span>
      <span class="section">
        <SectionLink section={section} tabIndex={tabIndex} />
      </span>
    </TreeCell>
  );
}
