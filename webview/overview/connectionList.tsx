import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { WebviewTextName } from "../../src/protocol/webviewStrings.ts";
import { usePage } from "../pageContext.ts";
import { useTexts } from "../texts.ts";
import { useMediaQuery } from "../ui/mediaQuery.ts";
import { useVisibleRows } from "../ui/virtualRows.ts";
import { COLUMN_COUNT, ConnectionRow } from "./connectionRow.tsx";

/** Heights of a row in CSS pixels, as the style sheet has them. */
const ROW = 24;
const TWO_LINE_ROW = 46;

const COLUMNS: readonly WebviewTextName[] = [
  "columnSeverity",
  "columnOutcome",
  "columnClient",
  "columnServer",
  "columnDialect",
  "columnSigning",
  "columnUser",
  "columnStart",
];

/** The connections as rows; of a hundred thousand only those near the seen part are drawn and asked for. */
export function ConnectionList() {
  const { model, state } = usePage();
  const texts = useTexts();
  const { rows } = model;
  const body = useRef<HTMLDivElement>(null);
  const rowHeight = useMediaQuery("(max-width: 640px)") ? TWO_LINE_ROW : ROW;
  const visible = useVisibleRows(body, rows.total, rowHeight);
  const { active, move } = useActiveRow(body);
  useEffect(() => rows.want(visible.first, visible.end));
  useSteadyFocus(body);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") return model.showView("comparison", "comparison");
    const page = Math.max(1, Math.floor((body.current?.closest("main")?.clientHeight ?? 0) / rowHeight) - 2);
    const target = targetOf(event.key, active, rows.total, page);
    if (target === null) return;
    event.preventDefault();
    move(Math.max(0, Math.min(target, rows.total - 1)));
  };
  return (
    <div
      id="connection-list"
      class="grid connection-grid"
      role="grid"
      aria-labelledby="connections"
      aria-rowcount={rows.total + 1}
      aria-colcount={COLUMN_COUNT}
      aria-busy={!rows.known}
    >
      <Header texts={texts} />
      {/* biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed by its index */}
      <div class="rows" role="rowgroup" ref={body} style={{ height: `${rows.total * rowHeight}px` }} onKeyDown={press}>
        {drawn(visible.first, visible.end, active, rows.total).map((index) => (
          <ConnectionRow
            key={index}
            index={index}
            row={rows.row(index)}
            top={index * rowHeight}
            selected={rows.row(index)?.id === state.connection}
            active={index === active}
            onSelect={() => move(index)}
            onOpen={() => model.showView("comparison", "comparison")}
          />
        ))}
      </div>
    </div>
  );
}

function Header({ texts }: { readonly texts: ReturnType<typeof useTexts> }) {
  return (
    <div role="rowgroup" class="header-group">
      <div class="row header" role="row" aria-rowindex={1}>
        {COLUMNS.map((name, index) => (
          <span key={name} role="columnheader" aria-colindex={index + 1} {...(index === 0 ? { "aria-sort": "descending" } : {})}>
            {index === 0 ? <span class="unseen">{texts.text(name)}</span> : texts.text(name)}
          </span>
        ))}
      </div>
    </div>
  );
}

// The row of the Tab key is drawn even where it is out of sight, so that the focus is not lost by scrolling.
function drawn(first: number, end: number, active: number, total: number): readonly number[] {
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  if (active >= total || (active >= first && active < end)) return indexes;
  return active < first ? [active, ...indexes] : [...indexes, active];
}

function targetOf(key: string, active: number, total: number, page: number): number | null {
  switch (key) {
    case "ArrowDown":
      return active + 1;
    case "ArrowUp":
      return active - 1;
    case "PageDown":
      return active + page;
    case "PageUp":
      return active - page;
    case "Home":
      return 0;
    case "End":
      return total - 1;
    default:
      return null;
  }
}

/**
 * Index of the row that the Tab key reaches. It follows the connection that the page shows; moved by the user, the connection follows
 * it, as soon as its row is there.
 */
function useActiveRow(body: { readonly current: HTMLElement | null }) {
  const { model, state } = usePage();
  const [active, setActive] = useState(0);
  const moved = useRef(false);
  const row = model.rows.row(active);
  useLayoutEffect(() => {
    if (moved.current) {
      const element = body.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: "nearest" });
      if (row === undefined) return;
      moved.current = false;
      model.select(row.id);
    } else if (row?.id !== state.connection) {
      const index = model.rows.indexOf(state.connection);
      if (index >= 0) setActive(index);
      else if (model.rows.known && state.connection !== 0) model.rows.locate(state.connection);
    }
  });
  useEffect(() => {
    if (state.focus !== "list" || !model.rows.known) return;
    moved.current = true;
    model.tookFocus();
  }, [state.focus, state.rowsVersion]);
  const move = (index: number) => {
    moved.current = true;
    setActive(index);
    // The row that is active already is chosen too, e.g. the first one, before any is.
    if (index === active && row !== undefined) model.select(row.id);
  };
  return { active: Math.min(active, Math.max(0, model.rows.total - 1)), move };
}

/** Keeps the focused row where it is on the screen while the verdict above it changes its height. */
function useSteadyFocus(body: { readonly current: HTMLElement | null }) {
  const { overview } = usePage().state;
  const before = useRef<{ readonly overview: unknown; readonly top: number }>({ overview: null, top: 0 });
  useLayoutEffect(() => {
    const focused = document.activeElement;
    const list = body.current;
    if (list === null || focused === null || !list.contains(focused)) {
      before.current = { overview, top: 0 };
      return;
    }
    const { top } = list.getBoundingClientRect();
    const scroller = list.closest("main");
    const { current } = before;
    if (scroller !== null && current.overview !== overview && current.top !== 0) scroller.scrollTop += top - current.top;
    before.current = { overview, top: list.getBoundingClientRect().top };
  });
}
