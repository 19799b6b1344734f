import { useLayoutEffect, useRef } from "preact/hooks";
import { usePage } from "../pageContext.ts";

/** Keeps the focused row where it is on the screen while the verdict above it changes its height. */
export function useSteadyFocus(body: { readonly current: HTMLElement | null }): void {
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
