import { type FieldIssue, type FieldOptions, MAX_ELEMENTS, type Part, type PartPlace, type Reading } from "./field.ts";
import { type Anchor, overlapIssues, startOf } from "./region.ts";
import type { Decoded, Struct } from "./struct.ts";
import { walkStruct } from "./walkStruct.ts";

export interface ListOptions<M> extends FieldOptions, Anchor<M> {
  /** How many. Without: as many as are left. */
  readonly count?: (values: M) => number | undefined;
  /** Every element starts at a multiple of so many bytes after the first one. */
  readonly align: number;
  /** The field that names an element on the screen. Default: the first one. */
  readonly title?: string;
}

/** Structures, one after the other. The list ends at the first one that is not whole. */
export function list<S extends Struct, M>(item: S, options: ListOptions<M>): Part<readonly Decoded<S>[], M> {
  return {
    walk(place) {
      const start = startOf(place, options);
      if (start === undefined) return undefined;
      const wanted = options.count === undefined ? leftFrom(place, start) : options.count(place.values);
      if (wanted === undefined || wanted === 0) return undefined;
      return listReading(place, item, options, start, wanted) as Reading<readonly Decoded<S>[]>;
    },
  };
}

/** No number, but whatever is left. */
function leftFrom<M>(place: PartPlace<M>, start: number): number {
  return start < place.scope.end ? Number.POSITIVE_INFINITY : 0;
}

function listReading<M>(
  place: PartPlace<M>,
  item: Struct,
  options: ListOptions<M>,
  first: number,
  wanted: number,
): Reading<readonly unknown[]> {
  const { scope } = place;
  const start = Math.min(first, scope.end);
  const children: Reading[] = [];
  let end = start;
  for (let at = first; children.length < Math.min(wanted, MAX_ELEMENTS); at = first + aligned(end - first, options.align)) {
    const element = walkStruct(item, { ...scope, start: at }, `[${children.length}]`);
    children.push({ ...element, show: () => elementTitle(element, options.title) });
    end = element.end;
    if (isCut(element) || (wanted === Number.POSITIVE_INFINITY && end >= scope.end)) break;
  }
  const issues = [...overlapIssues(place, first), ...cappedIssues(wanted)];
  const value = children.map((child) => child.value);
  const show = () => ({ value: String(children.length) });
  return { name: place.name, value, start, end, options, section: place.section, issues, children, show };
}

/** An element is named after what one of its fields says, e.g. the context's type. */
export function elementTitle(element: Reading, title?: string): { readonly value: string } {
  const named = title === undefined ? element.children[0] : element.children.find((child) => child.name === title);
  const display = named?.value === undefined ? undefined : named.show();
  return { value: display?.label ?? display?.value ?? "" };
}

function isCut(reading: Reading): boolean {
  return reading.issues.some(isMissing) || reading.children.some(isCut);
}

function isMissing(issue: FieldIssue): boolean {
  return issue.kind === "truncated" || issue.kind === "outside-message";
}

function cappedIssues(wanted: number): readonly FieldIssue[] {
  return wanted > MAX_ELEMENTS && wanted !== Number.POSITIVE_INFINITY
    ? [{ kind: "too-many", data: { count: wanted, limit: MAX_ELEMENTS } }]
    : [];
}

function aligned(length: number, align: number): number {
  return Math.ceil(length / align) * align;
}
