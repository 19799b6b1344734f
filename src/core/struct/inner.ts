import type { FieldOptions, Part, PartPlace, Reading, Scope } from "./field.ts";
import { type Anchor, missingIssues, overlapIssues, type Region, regionOf, startOf } from "./region.ts";
import type { Decoded, Struct } from "./struct.ts";
import { walkStruct } from "./walkStruct.ts";

/** Options of a structure inside another. */
export interface InnerOptions<M> extends FieldOptions, Anchor<M> {
  /** Bytes that it may fill, 0: it is not there. Without: as many as it takes. */
  readonly length?: (values: M) => number | undefined;
}

/** One structure inside another, as a node with its own fields below: `SubstituteName` of `ErrorData` is `ErrorData.SubstituteName`. */
export function inner<S extends Struct, M>(item: S, options: InnerOptions<M> = {}): Part<Decoded<S>, M> {
  return {
    walk(place) {
      const region = innerRegion(place, options);
      return region === undefined ? undefined : (innerReading(place, item, options, region) as Reading<Decoded<S>>);
    },
  };
}

/** The length of a buffer is the end of what the structure in it may read: beyond it is malformed, not cut. */
export function innerScope(outer: Scope, region: Region): Scope {
  return { ...outer, start: region.start, end: region.end, wireEnd: Math.min(region.wantedEnd, outer.wireEnd) };
}

function innerRegion<M>(place: PartPlace<M>, options: InnerOptions<M>): Region | undefined {
  if (options.length !== undefined) return regionOf(place, options, options.length(place.values));
  const start = startOf(place, options);
  if (start === undefined) return undefined;
  const { end, wireEnd } = place.scope;
  const missing = start >= end;
  const issues = [...overlapIssues(place, start), ...(missing ? missingIssues(place, start, start + 1) : [])];
  return { start: Math.min(start, end), end, wantedEnd: wireEnd, missing, issues };
}

function innerReading<M>(place: PartPlace<M>, item: Struct, options: InnerOptions<M>, region: Region): Reading {
  const walked = walkStruct(item, innerScope(place.scope, region), place.name);
  const issues = [...region.issues, ...(region.missing ? [] : walked.issues)];
  if (region.missing) return { ...walked, value: undefined, options, section: item.section, issues, children: [] };
  return { ...walked, options, section: item.section, issues, show: () => ({ value: item.name }) };
}
