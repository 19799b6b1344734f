import { useLayoutEffect, useRef } from "preact/hooks";
import type { ConnectionRowView } from "../../src/protocol/views.ts";
import { makeCopied } from "../pageKeys.ts";
import { useTexts } from "../texts.ts";
import { GridCell, GridRow } from "../ui/gridElements.ts";
import { OutcomeIcon } from "../ui/icon.tsx";

export const COLUMN_COUNT = 8;

interface ConnectionRowProps {
  readonly index: number;
  /** Undefined until the host has sent it. */
  readonly row: ConnectionRowView | undefined;
  /** Distance from the start of the list in CSS pixels. */
  readonly top: number;
  readonly selected: boolean;
  /** Whether the Tab key reaches this row. */
  readonly active: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

export function ConnectionRow({ index, row, top, selected, active, onSelect, onOpen }: ConnectionRowProps) {
  const element = useRef<HTMLDivElement>(null);
  const texts = useTexts();
  useLayoutEffect(() => {
    if (element.current === null || row === undefined) return;
    makeCopied(element.current, () => copied(row, row.outcome === "validated" || row.outcome === "healthy" ? "" : texts.text(row.outcome)));
  }, [row, texts]);
  return (
    <GridRow
      ref={element}
      class={`row ${selected ? "selected" : ""}`}
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      style={{ top: `${top}px` }}
      onClick={onSelect}
      onDblClick={onOpen}
    >
      {row === undefined ? <GridCell role="gridcell" aria-colindex={2} class="pending" /> : <Cells row={row} />}
    </GridRow>
  );
}

function Cells({ row }: { readonly row: ConnectionRowView }) {
  return (
    <>
      <GridCell role="gridcell" aria-colindex={1}>
        <OutcomeIcon outcome={row.outcome} />
      </GridCell>
      {cellsOf(row).map((text, index) => (
        <GridCell key={index} role="gridcell" aria-colindex={index + 2} title={text}>
          {text}
        </GridCell>
      ))}
    </>
  );
}

function cellsOf(row: ConnectionRowView): readonly string[] {
  return [row.text, row.client, row.server, row.dialect, row.signing, row.user, row.start];
}

function copied(row: ConnectionRowView, severity: string) {
  const cells = severity === "" ? cellsOf(row) : [severity, ...cellsOf(row)];
  return { text: cells.join("\t"), markdown: `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |` };
}
