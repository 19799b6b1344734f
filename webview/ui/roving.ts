import { useLayoutEffect } from "preact/hooks";

const KEYS = {
  horizontal: { ArrowLeft: -1, ArrowRight: 1 },
  vertical: { ArrowUp: -1, ArrowDown: 1 },
} as const;

/**
 * Makes the elements that `selector` finds inside `container` one stop of the Tab key, with the arrow keys, Home and End moving among
 * them. `onMove` is told where the focus went by key, e.g. to choose a tab.
 */
export function useRoving(
  container: { readonly current: HTMLElement | null },
  selector: string,
  direction: keyof typeof KEYS,
  onMove?: (element: HTMLElement) => void,
): void {
  useLayoutEffect(() => {
    const root = container.current;
    if (root === null) return undefined;
    const elements = () => [...root.querySelectorAll<HTMLElement>(selector)];
    const stop = (at: HTMLElement | undefined) => {
      for (const element of elements()) element.tabIndex = element === at ? 0 : -1;
    };
    const all = elements();
    stop(
      all.find((element) => element.matches("[aria-selected=true]")) ?? all.find((element) => element === document.activeElement) ?? all[0],
    );
    const move = (event: KeyboardEvent) => {
      const found = elements();
      const at = event.target instanceof HTMLElement ? found.indexOf(event.target) : -1;
      const next = at < 0 ? undefined : found[targetOf(event, at, found.length, direction)];
      if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      stop(next);
      next.focus();
      onMove?.(next);
    };
    root.addEventListener("keydown", move);
    return () => root.removeEventListener("keydown", move);
  });
}

function targetOf(event: KeyboardEvent, at: number, length: number, direction: keyof typeof KEYS): number {
  if (event.key === "Home") return 0;
  if (event.key === "End") return length - 1;
  const by: Readonly<Record<string, number>> = KEYS[direction];
  const step = by[event.key];
  return step === undefined ? -1 : (at + step + length) % length;
}
