import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../pageContext.ts";

interface ActiveRow {
  readonly active: number;
  /** Moves focus and selection to a row. */
  readonly move: (index: number) => void;
}

/**
 * Index of the row that the Tab key reaches. It follows the connection that the page shows; moved by the user, the connection follows
 * it, as soon as its row is there.
 */
export function useActiveRow(body: { readonly current: HTMLElement | null }): ActiveRow {
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
