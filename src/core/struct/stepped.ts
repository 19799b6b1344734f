import { type FieldIssue, type FieldOptions, MAX_ELEMENTS, type Part, type PartPlace, type Reading } from "./field.ts";
import { innerScope } from "./inner.ts";
import { elementTitle } from "./list.ts";
import { type Anchor, type Region, regionOf, restOf } from "./region.ts";
import type { Decoded, Struct } from "./struct.ts";
import { walkStruct } from "./walkStruct.ts";

export interface SteppedOptions<S extends Struct, M> extends FieldOptions, Anchor<M> {
  /** Bytes of the whole list. Without: all that are left. */
  readonly length?: (values: M) => number | undefined;
  /** Elements of the list. Without: as many as `step` leads to. */
  readonly count?: (values: M) => number | undefined;
  /** Bytes from an element's start to the next one; undefined: it is the last. */
  readonly step: (element: Decoded<S>) => number | undefined;
  /** The field that names an element on the screen. Default: the first one. */
  readonly title?: string;
}

/** Structures of which each says how long it is. An element may read all of the list: strings can stand behind the elements. */
export function stepped<S extends Struct, M>(item: S, options: SteppedOptions<S, M>): Part<readonly Decoded<S>[], M> {
  return {
    walk(place) {
      const region = options.length === undefined ? restOf(place, options) : regionOf(place, options, options.length(place.values));
      return region === undefined ? undefined : (steppedReading(place, item, options, region) as Reading<readonly Decoded<S>[]>);
    },
  };
}

function steppedReading<S extends Struct, M>(place: PartPlace<M>, item: S, options: SteppedOptions<S, M>, region: Region): Reading {
  const wanted = options.count?.(place.values) ?? Number.POSITIVE_INFINITY;
  const children: Reading[] = [];
  const issues: FieldIssue[] = [...region.issues];
  let at = region.start;
  while (at < region.end && children.length < Math.min(wanted, MAX_ELEMENTS)) {
    const element = walkStruct(item, innerScope(place.scope, { ...region, start: at }), `[${children.length}]`);
    children.push({ ...element, show: () => elementTitle(element, options.title) });
    const step = options.step(element.value as Decoded<S>);
    if (step !== undefined && step < item.size) issues.push({ kind: "overlap", data: { offset: at + step - place.scope.header } });
    if (step === undefined || step < item.size) break;
    at += step;
  }
  if (at >= region.end && wanted !== Number.POSITIVE_INFINITY && children.length < Math.min(wanted, MAX_ELEMENTS))
    issues.push(endedIssue(place, item, region));
  if (children.length === MAX_ELEMENTS) issues.push({ kind: "too-many", data: { count: cappedCount(wanted), limit: MAX_ELEMENTS } });
  const { start, end, missing } = region;
  const value = missing ? undefined : children.map((child) => child.value);
  const show = () => ({ value: String(children.length) });
  return { name: place.name, value, start, end, options, section: place.section, issues, children, show };
}

/** The list ends before as many elements as it should have. */
function endedIssue<M>(place: PartPlace<M>, item: Struct, region: Region): FieldIssue {
  const isCut = region.end < Math.min(region.wantedEnd, place.scope.wireEnd);
  return { kind: isCut ? "truncated" : "outside-message", data: { have: 0, need: item.size } };
}

/** Where no field says how many there are, it cannot be known. */
function cappedCount(wanted: number): number {
  return wanted === Number.POSITIVE_INFINITY ? MAX_ELEMENTS + 1 : wanted;
}
