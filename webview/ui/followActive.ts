import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Keeps the active row of a virtual list in sight inside its `scroller`, and gives it the focus when the user moved to it; `moved` is to be
 * called by what moves. Rows are found by `data-index`.
 */
export function useFollowActive(
  body: { readonly current: HTMLElement | null },
  active: number,
  rowHeight: number,
  drawn: unknown,
): { readonly moved: () => void } {
  const focusing = useRef(false);
  useLayoutEffect(() => {
    const scroller = body.current?.closest<HTMLElement>(".scroller");
    if (scroller == null || active < 0) return;
    const head = scroller.querySelector<HTMLElement>(".header-group")?.offsetHeight ?? 0;
    const top = active * rowHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    const room = scroller.clientHeight - head - rowHeight;
    if (room > 0 && top > scroller.scrollTop + room) scroller.scrollTop = top - room;
  }, [active, rowHeight, drawn]);
  useLayoutEffect(() => {
    if (!focusing.current) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (row == null) return;
    focusing.current = false;
    row.focus({ preventScroll: true });
  });
  return {
    moved: () => {
      focusing.current = true;
    },
  };
}
