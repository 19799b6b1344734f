import { useLayoutEffect, useState } from "preact/hooks";

export interface VisibleRows {
  readonly first: number;
  /** One after the last. */
  readonly end: number;
}

/** Rows drawn above and below what is seen, so that a fast scroll does not show a gap. */
const SPARE = 8;

/**
 * Rows of a long list that are to be drawn. `body` is as high as the whole list and stands inside of an element of the class `scroller`, or else the page's `main`;
 * only the rows near the seen part are wanted. `rowHeight` in CSS pixels.
 */
export function useVisibleRows(body: { readonly current: HTMLElement | null }, count: number, rowHeight: number): VisibleRows {
  const [visible, setVisible] = useState<VisibleRows>({ first: 0, end: 0 });
  // After each drawing, for what stands above may have grown.
  useLayoutEffect(() => {
    const scroller = body.current?.closest<HTMLElement>(".scroller, main");
    if (body.current === null || scroller == null) return undefined;
    const list = body.current;
    const look = () => setVisible((before) => same(before, visibleOf(list, scroller, count, rowHeight)));
    look();
    scroller.addEventListener("scroll", look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(scroller);
    for (const part of scroller.children) resized.observe(part);
    return () => {
      scroller.removeEventListener("scroll", look);
      resized.disconnect();
    };
  });
  return visible;
}

function visibleOf(list: HTMLElement, scroller: HTMLElement, count: number, rowHeight: number): VisibleRows {
  const above = scroller.getBoundingClientRect().top - list.getBoundingClientRect().top;
  const first = Math.floor(above / rowHeight) - SPARE;
  const end = Math.ceil((above + scroller.clientHeight) / rowHeight) + SPARE;
  return { first: Math.max(0, Math.min(first, count)), end: Math.max(0, Math.min(end, count)) };
}

function same(before: VisibleRows, now: VisibleRows): VisibleRows {
  return before.first === now.first && before.end === now.end ? before : now;
}
