import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ComparisonView } from "../../src/protocol/views.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { TreeColumn, TreeGrid, TreeHead, TreeRow, TreeRowGroup } from "../ui/gridElements.ts";
import { type CompareLine, compareLines } from "./compareLines.ts";
import { FieldRow } from "./fieldRow.tsx";
import { GroupRow } from "./groupRow.tsx";

/** The values side by side, as a tree: a direction, its fields, the bits of a field. */
export function CompareTable({ comparison }: { readonly comparison: ComparisonView }) {
  const { model, state } = usePage();
  const texts = useTexts();
  const table = useRef<HTMLTableElement>(null);
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [activeKey, setActiveKey] = useState("");
  const moved = useRef(false);
  const lines = compareLines(comparison, state.differencesOnly, opened);
  const active = lines.find((line) => line.key === activeKey) ?? lines[0];

  const move = (key: string | undefined) => {
    if (key === undefined) return;
    moved.current = true;
    setActiveKey(key);
  };
  const toggle = (key: string, open: boolean) => setOpened(new Map(opened).set(key, open));

  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const row = [...(table.current?.querySelectorAll<HTMLElement>("[data-key]") ?? [])].find(
      (each) => each.getAttribute("data-key") === active?.key,
    );
    row?.focus();
  });
  useEffect(() => {
    if (state.focus !== "comparison") return;
    model.tookFocus();
    move((lines.find((line) => line.kind === "row" && line.row.mark === "differs") ?? lines[0])?.key);
  }, [state.focus]);

  const press = (event: KeyboardEvent) => {
    if (active === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = lines.indexOf(active);
    switch (event.key) {
      case "ArrowDown":
        move(lines[at + 1]?.key);
        break;
      case "ArrowUp":
        move(lines[at - 1]?.key);
        break;
      case "Home":
      case "PageUp":
        move(lines[0]?.key);
        break;
      case "End":
      case "PageDown":
        move(lines.at(-1)?.key);
        break;
      case "ArrowRight":
        openOrEnter(active, lines[at + 1], toggle, move);
        break;
      case "ArrowLeft":
        closeOrLeave(active, toggle, move);
        break;
      case "Enter":
        enter(active, toggle, (frame) => model.openMessage(frame));
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  const nothing = state.differencesOnly && !lines.some((line) => line.kind === "row");
  return (
    <>
      <TreeGrid
        id="compare-table"
        class="compare small"
        role="treegrid"
        aria-label={texts.text("comparisonLabel")}
        ref={table}
        onKeyDown={press}
      >
        <colgroup>
          <col class="field" />
          <col class="value" />
          <col class="mark" />
          <col class="value" />
          <col />
        </colgroup>
        <TreeHead role="rowgroup">
          <TreeRow role="row">
            <TreeColumn role="columnheader">{texts.text("columnField")}</TreeColumn>
            <TreeColumn role="columnheader">{texts.text("columnNegotiate")}</TreeColumn>
            <TreeColumn role="columnheader">
              <span class="unseen">{texts.text("columnMark")}</span>
            </TreeColumn>
            <TreeColumn role="columnheader">{texts.text("columnValidate")}</TreeColumn>
            <TreeColumn role="columnheader">{texts.text("columnMeaning")}</TreeColumn>
          </TreeRow>
        </TreeHead>
        <TreeRowGroup role="rowgroup">
          {lines.map((line) =>
            line.kind === "group" ? (
              <GroupRow key={line.key} line={line} active={line === active} onSelect={() => move(line.key)} />
            ) : (
              <FieldRow key={line.key} line={line} active={line === active} onSelect={() => move(line.key)} onToggle={toggle} />
            ),
          )}
        </TreeRowGroup>
      </TreeGrid>
      {nothing ? <p class="small nothing">{texts.text("noDifference")}</p> : null}
    </>
  );
}

type Toggle = (key: string, open: boolean) => void;
type Move = (key: string | undefined) => void;

function openOrEnter(line: CompareLine, next: CompareLine | undefined, toggle: Toggle, move: Move): void {
  if (line.kind === "row" && line.open === false) toggle(line.key, true);
  else if (next?.kind === "row" && next.parent === line.key) move(next.key);
}

function closeOrLeave(line: CompareLine, toggle: Toggle, move: Move): void {
  if (line.kind === "group") return;
  if (line.open === true) toggle(line.key, false);
  else move(line.parent);
}

// A field with bits opens; any other line leads to its frame.
function enter(line: CompareLine, toggle: Toggle, openFrame: (frame: number) => void): void {
  if (line.kind === "row" && line.open !== null) {
    toggle(line.key, !line.open);
    return;
  }
  const frame = line.group.negotiate.frame ?? line.group.validate.frame;
  if (frame !== null) openFrame(frame);
}
