import type { FieldView } from "../../src/protocol/messageViews.ts";

/** Fields whose parents are all open, in order. `opened` holds what the user opened or closed, by path. */
export function shownFields(fields: readonly FieldView[], opened: ReadonlyMap<string, boolean>): readonly FieldView[] {
  const shown: FieldView[] = [];
  let closedAt = Number.POSITIVE_INFINITY;
  for (const field of fields) {
    if (field.depth > closedAt) continue;
    closedAt = field.hasChildren && !isOpen(field, opened) ? field.depth : Number.POSITIVE_INFINITY;
    shown.push(field);
  }
  return shown;
}

export function isOpen(field: FieldView, opened: ReadonlyMap<string, boolean>): boolean {
  return opened.get(field.path) ?? field.open;
}

/** The fields around one, the nearest first. */
export function parentsOf(fields: readonly FieldView[], path: string): readonly FieldView[] {
  const at = fields.findIndex((field) => field.path === path);
  const parents: FieldView[] = [];
  let depth = fields[at]?.depth ?? 0;
  for (let index = at - 1; index >= 0 && depth > 0; index--) {
    const field = fields[index];
    if (field === undefined || field.depth >= depth) continue;
    depth = field.depth;
    parents.push(field);
  }
  return parents;
}

/** The innermost field over a byte of the message; of several over the same bytes the deepest. Bits are no byte's field. */
export function innermostField(fields: readonly FieldView[], byte: number): FieldView | undefined {
  let found: FieldView | undefined;
  for (const field of fields) {
    if (field.kind === "bit" || byte < field.start || byte >= field.end) continue;
    if (found === undefined || field.end - field.start <= found.end - found.start) found = field;
  }
  return found;
}
