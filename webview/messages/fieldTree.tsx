import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { FieldView, MessageView } from "../../src/protocol/messageViews.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { useFollowActive } from "../ui/followActive.ts";
import { Tree } from "../ui/gridElements.ts";
import { drawnRows, targetOf } from "../ui/listKeys.ts";
import { useVisibleRows } from "../ui/virtualRows.ts";
import { isOpen, parentsOf, shownFields } from "./fieldLines.ts";
import { FieldRow } from "./fieldRow.tsx";

/** Height of a row in CSS pixels, as the style sheet has it. */
const ROW = 20;

interface FieldTreeProps {
  readonly message: MessageView;
  /** The pointer came over a field, or left it (null). */
  readonly onHover: (path: string | null) => void;
}

/** The fields of a message as a tree; only those near the seen part are drawn. */
export function FieldTree({ message, onHover }: FieldTreeProps) {
  const { messages } = usePage().model;
  const texts = useTexts();
  const body = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { path } = messages.state;
  const lines = shownFields(message.fields, opened);
  const active = lines.findIndex((field) => field.path === path);
  const visible = useVisibleRows(body, lines.length, ROW);
  const { moved } = useFollowActive(body, active, ROW, lines.length);

  // A field that a byte or a finding led to is shown even where it stands in a closed one.
  useLayoutEffect(() => {
    const closed = parentsOf(message.fields, path).filter((parent) => !isOpen(parent, opened));
    if (closed.length > 0) setOpened(new Map([...opened, ...closed.map((parent) => [parent.path, true] as const)]));
  }, [path, message]);

  const toggle = (field: FieldView, open: boolean) => setOpened(new Map(opened).set(field.path, open));
  const move = (field: FieldView | undefined) => {
    if (field === undefined) return;
    moved();
    messages.selectField(field.path);
  };
  const press = (event: KeyboardEvent) => {
    const field = lines[active];
    if (field === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((body.current?.closest(".scroller")?.clientHeight ?? 0) / ROW) - 1);
    const target = targetOf(event.key, active, lines.length, page);
    if (target !== null) move(lines[Math.max(0, Math.min(target, lines.length - 1))]);
    else if (event.key === "ArrowRight" && field.hasChildren && !isOpen(field, opened)) toggle(field, true);
    else if (event.key === "ArrowRight" && field.hasChildren) move(lines[active + 1]);
    else if (event.key === "ArrowLeft" && field.hasChildren && isOpen(field, opened)) toggle(field, false);
    else if (event.key === "ArrowLeft") move(parentsOf(message.fields, field.path)[0]);
    else if (event.key === "Enter" && field.hasChildren) toggle(field, !isOpen(field, opened));
    else return;
    event.preventDefault();
  };
  // Where the selected field was closed away, the Tab key still finds the tree.
  const stop = active < 0 ? 0 : active;
  return (
    <Tree class="scroller field-tree" role="tree" aria-label={texts.text("fields")} onKeyDown={press}>
      <div class="rows" role="presentation" ref={body} style={{ height: `${lines.length * ROW}px` }}>
        {drawnRows(visible.first, visible.end, stop, lines.length).map((index) => {
          const field = lines[index];
          return field === undefined ? null : (
            <FieldRow
              key={field.path}
              message={message}
              field={field}
              index={index}
              top={index * ROW}
              selected={index === active}
              active={index === stop}
              open={field.hasChildren ? isOpen(field, opened) : null}
              onSelect={() => move(field)}
              onToggle={() => toggle(field, !isOpen(field, opened))}
              onHover={onHover}
            />
          );
        })}
      </div>
    </Tree>
  );
}
