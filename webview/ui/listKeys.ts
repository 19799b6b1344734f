/** Place that a key leads to in a list whose rows are moved through; null for another key. `page` rows are on the screen. */
export function targetOf(key: string, active: number, total: number, page: number): number | null {
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

/** Indexes of the rows to draw. The row of the Tab key is drawn even where it is out of sight, so that the focus is not lost by scrolling. */
export function drawnRows(first: number, end: number, active: number, total: number): readonly number[] {
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  if (active < 0 || active >= total || (active >= first && active < end)) return indexes;
  return active < first ? [active, ...indexes] : [...indexes, active];
}
