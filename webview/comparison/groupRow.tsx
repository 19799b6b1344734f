import type { CompareMessageView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { Icon } from "../ui/icon.tsx";
import { Link } from "../ui/link.tsx";
import { SectionLink } from "./sectionLink.tsx";
import type { CompareLine } from "./compareLines.ts";

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
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table takes the keys for all of its rows
    <tr class="group" role="row" aria-level={1} data-key={line.key} tabIndex={tabIndex} onClick={onSelect}>
      <td role="rowheader">
        <Icon name={direction === "client" ? "to" : "from"} /> <b>{title}</b>
      </td>
      <MessageCell message={negotiate} tabIndex={tabIndex} />
      <td role="gridcell" class="mark" />
      <MessageCell message={validate} tabIndex={tabIndex} />
      <td role="gridcell">
        {summary} <SectionLink section={section} tabIndex={tabIndex} />
      </td>
    </tr>
  );
}

function MessageCell({ message, tabIndex }: { readonly message: CompareMessageView; readonly tabIndex: number }) {
  const { model } = usePage();
  const texts = useTexts();
  const { frame, note, section } = message;
  return (
    <td role="gridcell">
      {frame === null ? null : (
        <Link onOpen={() => model.openFrame(frame)} tabIndex={tabIndex}>
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
    </td>
  );
}
