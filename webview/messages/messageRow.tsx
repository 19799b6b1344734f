import { useLayoutEffect, useRef } from "preact/hooks";
import type { MessageRowView } from "../../src/protocol/messageViews.ts";
import { makeCopied } from "../pageKeys.ts";
import { useTexts } from "../texts.ts";
import { GridCell, GridRow } from "../ui/gridElements.ts";
import { Icon, OutcomeIcon } from "../ui/icon.tsx";
import { type MenuPlace, menuContext } from "./menuContext.ts";

interface MessageRowProps {
  /** Place in the list. */
  readonly place: number;
  /** Undefined until the host has sent it. */
  readonly row: MessageRowView | undefined;
  /** Distance from the start of the list in CSS pixels. */
  readonly top: number;
  /** Whether it is the selected one, which the Tab key reaches. */
  readonly active: boolean;
  readonly context: Pick<MenuPlace, "connection" | "page">;
  readonly onSelect: () => void;
}

export function MessageRow({ place, row, top, active, context, onSelect }: MessageRowProps) {
  const element = useRef<HTMLDivElement>(null);
  const texts = useTexts();
  useLayoutEffect(() => {
    if (element.current !== null && row !== undefined) makeCopied(element.current, () => copied(row, texts.text(directionOf(row))));
  }, [row, texts]);
  const menu = row === undefined || row.index < 0 ? {} : menuContext({ ...context, index: row.index, path: "" });
  return (
    <GridRow
      ref={element}
      class={`row ${active ? "selected" : ""} ${row?.index === -1 ? "dim" : ""}`}
      role="row"
      data-index={place}
      aria-rowindex={place + 2}
      aria-selected={active}
      tabIndex={active ? 0 : -1}
      style={{ top: `${top}px` }}
      onClick={onSelect}
      onContextMenu={onSelect}
      {...menu}
    >
      {row === undefined ? <GridCell role="gridcell" aria-colindex={2} class="pending" /> : <Cells row={row} />}
    </GridRow>
  );
}

function directionOf({ from }: MessageRowView): "fromClient" | "fromServer" {
  return from === "client" ? "fromClient" : "fromServer";
}

function Cells({ row }: { readonly row: MessageRowView }) {
  const texts = useTexts();
  return (
    <>
      <GridCell role="gridcell" aria-colindex={1} title={row.markText}>
        <Mark mark={row.mark} />
      </GridCell>
      <GridCell role="gridcell" aria-colindex={2} class="number">
        {row.frame}
      </GridCell>
      <GridCell role="gridcell" aria-colindex={3} class="number">
        {row.time}
      </GridCell>
      <GridCell role="gridcell" aria-colindex={4}>
        <Icon name={row.from === "client" ? "to" : "from"} class="dim" label={texts.text(directionOf(row))} />
      </GridCell>
      <GridCell role="gridcell" aria-colindex={5} title={row.command}>
        {row.command}
      </GridCell>
      <GridCell role="gridcell" aria-colindex={6} title={row.path}>
        {row.about}
      </GridCell>
      <GridCell role="gridcell" aria-colindex={7} title={row.status}>
        {row.isError ? <Icon name="warning" class="warning" label={texts.text("failed")} /> : null}
        {row.status}
      </GridCell>
      <GridCell role="gridcell" aria-colindex={8}>
        {row.protection}
      </GridCell>
      <GridCell role="gridcell" aria-colindex={9} class="number">
        {row.responseTime}
      </GridCell>
    </>
  );
}

function Mark({ mark }: { readonly mark: MessageRowView["mark"] }) {
  const texts = useTexts();
  if (mark === null) return null;
  return mark === "differs" ? <Icon name="differs" class="error" label={texts.text("differs")} /> : <OutcomeIcon outcome={mark} />;
}

function copied(row: MessageRowView, direction: string) {
  const cells = [String(row.frame), row.time, direction, row.command, row.path, row.status, row.protection, row.responseTime];
  return { text: cells.join("\t"), markdown: `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |` };
}
