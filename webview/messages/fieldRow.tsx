import { useLayoutEffect, useRef } from "preact/hooks";
import type { FieldView, MessageView } from "../../src/protocol/messageViews.ts";
import { makeCopied } from "../pageKeys.ts";
import { useTexts } from "../texts.ts";
import { MouseTarget, TreeItem } from "../ui/gridElements.ts";
import { Icon } from "../ui/icon.tsx";
import { menuContext } from "./menuContext.ts";

/** Indent of a level in CSS pixels. */
const INDENT = 16;
const FIRST = 20;

interface FieldRowProps {
  readonly message: MessageView;
  readonly field: FieldView;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  /** Whether the Tab key reaches it. */
  readonly active: boolean;
  /** Null where there is nothing to open. */
  readonly open: boolean | null;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onHover: (path: string | null) => void;
}

/** A field, or a bit of one: name, value, name of the value, bytes. */
export function FieldRow({ message, field, index, top, selected, active, open, onSelect, onToggle, onHover }: FieldRowProps) {
  const { name, value, label, depth, start, end, kind, relation, issues, path } = field;
  const element = useRef<HTMLDivElement>(null);
  const texts = useTexts();
  const text = `${name}${value === "" && label === "" ? "" : `: ${[value, label].filter((part) => part !== "").join(" ")}`}`;
  useLayoutEffect(() => {
    if (element.current !== null) makeCopied(element.current, () => ({ text, markdown: `\`${text.replaceAll("`", "'")}\`` }));
  }, [text]);
  const { connection, page, index: number } = message;
  return (
    <TreeItem
      ref={element}
      class={`field-row ${selected ? "selected" : ""} ${kind}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={selected}
      {...(open === null ? {} : { "aria-expanded": open })}
      data-index={index}
      tabIndex={active ? 0 : -1}
      style={{ top: `${top}px`, paddingLeft: `${depth * INDENT + FIRST}px` }}
      title={[text, ...issues].join("\n")}
      onClick={onSelect}
      onDblClick={onToggle}
      onContextMenu={onSelect}
      onMouseEnter={() => onHover(path)}
      onMouseLeave={() => onHover(null)}
      {...menuContext({ connection, page, index: number, path })}
    >
      <Twist open={open} onToggle={onToggle} />
      <span class="field-text cut">
        {name}
        {value === "" ? null : (
          <>
            {": "}
            <span class="mono field-value">{value}</span>
          </>
        )}
        {label === "" ? null : <span class="field-label"> {label}</span>}
        {relation?.kind === "differs" ? <Icon name="differs" class="error" label={texts.text("differs")} /> : null}
        {issues.length === 0 ? null : (
          <span class="field-issue">
            <Icon name="warning" class="warning" label={texts.text("warning")} /> {issues[0]}
          </span>
        )}
      </span>
      <span class="field-range dim">{kind === "bit" || end <= start ? "" : end - start === 1 ? start : `${start}–${end - 1}`}</span>
    </TreeItem>
  );
}

// The arrow is for the mouse; keys open and close the row itself.
function Twist({ open, onToggle }: { readonly open: boolean | null; readonly onToggle: () => void }) {
  if (open === null) return <span class="twist" />;
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    onToggle();
  };
  return (
    <MouseTarget class="twist" onClick={toggle}>
      <Icon name={open ? "down" : "right"} />
    </MouseTarget>
  );
}
