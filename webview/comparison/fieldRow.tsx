import { useLayoutEffect, useRef } from "preact/hooks";
import type { CompareCellView, CompareRowView } from "../../src/protocol/views.ts";
import { makeCopied } from "../pageKeys.ts";
import { useTexts } from "../texts.ts";
import { Boxed } from "../ui/boxed.tsx";
import { TreeCell, TreeRow } from "../ui/gridElements.ts";
import { Icon } from "../ui/icon.tsx";
import type { CompareLine } from "./compareLines.ts";

interface FieldRowProps {
  readonly line: Extract<CompareLine, { readonly kind: "row" }>;
  readonly active: boolean;
  readonly onSelect: () => void;
  readonly onToggle: (key: string, open: boolean) => void;
}

/** A field, or a bit of one: equal is quiet, different is loud. */
export function FieldRow({ line, active, onSelect, onToggle }: FieldRowProps) {
  const { key, row, isBit, open } = line;
  const element = useRef<HTMLTableRowElement>(null);
  const texts = useTexts();
  useLayoutEffect(() => {
    if (element.current !== null) makeCopied(element.current, () => copied(row));
  }, [row]);
  const differs = row.mark === "differs";
  return (
    <TreeRow
      ref={element}
      class={`${isBit ? "bit" : ""} ${differs ? "differs" : ""}`}
      role="row"
      aria-level={isBit ? 3 : 2}
      {...(open === null ? {} : { "aria-expanded": open })}
      {...(differs ? { "aria-label": [texts.text("differs"), ...cellsOf(row)].join(" ") } : {})}
      data-key={key}
      tabIndex={active ? 0 : -1}
      onClick={() => {
        onSelect();
        if (open !== null) onToggle(key, !open);
      }}
    >
      <TreeCell role="rowheader" title={row.prefix + row.name}>
        {isBit ? null : <span class="twist">{open === null ? null : <Icon name={open ? "down" : "right"} />}</span>}
        {row.prefix === "" ? null : <span class="prefix dim">{row.prefix}</span>}
        {row.name}
      </TreeCell>
      <ValueCell cell={row.left} />
      <TreeCell role="gridcell" class="mark">
        <Mark mark={row.mark} />
      </TreeCell>
      <ValueCell cell={row.right} />
      <TreeCell role="gridcell" class={differs ? "" : "dim"}>
        {row.meaning}
      </TreeCell>
    </TreeRow>
  );
}

function Mark({ mark }: { readonly mark: CompareRowView["mark"] }) {
  const texts = useTexts();
  if (mark === "differs") return <Icon name="differs" class="error" label={texts.text("differs")} />;
  if (mark === "missing") return <Icon name="unknown" class="dim" label={texts.text("missing")} />;
  return (
    <span role="img" aria-label={texts.text("equal")}>
      =
    </span>
  );
}

function ValueCell({ cell }: { readonly cell: CompareCellView | null }) {
  if (cell === null)
    return (
      <TreeCell role="gridcell" class="dim">
        –
      </TreeCell>
    );
  return (
    <TreeCell role="gridcell" title={textOf(cell)}>
      <span class={cell.mono ? "mono" : ""}>
        <Boxed value={cell.value} />
      </span>
      {cell.text === "" ? null : <span class="dim"> {cell.text}</span>}
    </TreeCell>
  );
}

const MARKS = { equal: "=", differs: "≠", missing: "?" } as const;

function textOf(cell: CompareCellView | null): string {
  if (cell === null) return "–";
  const { before, marked, after } = cell.value;
  return `${before}${marked}${after}${cell.text === "" ? "" : ` ${cell.text}`}`;
}

function cellsOf(row: CompareRowView): readonly string[] {
  return [row.prefix + row.name, textOf(row.left), MARKS[row.mark], textOf(row.right), row.meaning];
}

function copied(row: CompareRowView) {
  const cells = cellsOf(row);
  return { text: cells.join("\t"), markdown: `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |` };
}
