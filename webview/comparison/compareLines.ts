import type { CompareGroupView, CompareRowView, ComparisonView } from "../../src/protocol/views.ts";

/** A line of the comparison as it is drawn: the head of a direction, a field, or a bit of a field. */
export type CompareLine =
  | { readonly kind: "group"; readonly key: string; readonly group: CompareGroupView }
  | {
      readonly kind: "row";
      readonly key: string;
      readonly group: CompareGroupView;
      readonly row: CompareRowView;
      /** Key of the field that a bit belongs to, of the direction that a field belongs to. */
      readonly parent: string;
      readonly isBit: boolean;
      /** Null where there is nothing to open. */
      readonly open: boolean | null;
    };

/** Lines to draw. `opened` holds what the user opened or closed, by key; untouched, a field is open when it differs. */
export function compareLines(
  comparison: ComparisonView,
  differencesOnly: boolean,
  opened: ReadonlyMap<string, boolean>,
): readonly CompareLine[] {
  return comparison.groups.flatMap((group) => [
    { kind: "group" as const, key: group.direction, group },
    ...group.rows.filter((row) => isShown(row, differencesOnly)).flatMap((row) => fieldLines(group, row, differencesOnly, opened)),
  ]);
}

function fieldLines(
  group: CompareGroupView,
  row: CompareRowView,
  differencesOnly: boolean,
  opened: ReadonlyMap<string, boolean>,
): readonly CompareLine[] {
  const key = `${group.direction}/${row.key}`;
  const open = row.children.length === 0 ? null : (opened.get(key) ?? row.mark === "differs");
  const field: CompareLine = { kind: "row", key, group, row, parent: group.direction, isBit: false, open };
  if (open !== true) return [field];
  const bits = row.children.filter((bit) => isShown(bit, differencesOnly));
  return [
    field,
    ...bits.map((bit) => ({ kind: "row" as const, key: `${key}/${bit.key}`, group, row: bit, parent: key, isBit: true, open: null })),
  ];
}

function isShown(row: CompareRowView, differencesOnly: boolean): boolean {
  return !differencesOnly || row.mark !== "equal";
}
