import { type FieldIssue, type FieldOptions, MAX_ELEMENTS, type Part, type PartPlace, type Reading, type Scope } from "./field.ts";
import { innerScope } from "./inner.ts";
import { elementTitle } from "./list.ts";
import { type Anchor, type Region, regionOf, restOf } from "./region.ts";
import type { Decoded, Struct } from "./struct.ts";
import { peekInto } from "./variant.ts";
import { walkStruct } from "./walkStruct.ts";

export interface ChainOptions<S extends Struct, M> extends FieldOptions, Anchor<M> {
  /** Bytes of the whole chain. Without: all that are left. */
  readonly length?: (values: M) => number | undefined;
  /** The 32-bit field of an element that says how many bytes after its own start the next one starts; 0 in the last one. */
  readonly next: keyof S["at"] & string;
  /** The field that names an element on the screen. Default: the first one. */
  readonly title?: string;
}

/** Structures of which each says where the next one starts. The chain ends at 0, or at an offset that leads back or beyond its end. */
export function chain<S extends Struct, M>(item: S, options: ChainOptions<S, M>): Part<readonly Decoded<S>[], M> {
  return {
    walk(place) {
      const region = options.length === undefined ? restOf(place, options) : regionOf(place, options, options.length(place.values));
      return region === undefined ? undefined : (chainReading(place, item, options, region) as Reading<readonly Decoded<S>[]>);
    },
  };
}

function chainReading<S extends Struct, M>(place: PartPlace<M>, item: S, options: ChainOptions<S, M>, region: Region): Reading {
  const children: Reading[] = [];
  const issues: FieldIssue[] = [...region.issues];
  let at = region.start;
  while (at < region.end && children.length < MAX_ELEMENTS) {
    const next = nextOffset(place, item, options, at, region.end);
    const element = walkStruct(item, elementScope(place, item, region, at, next), `[${children.length}]`);
    children.push({ ...element, show: () => elementTitle(element, options.title) });
    issues.push(...nextIssues(place, item, at, next, region));
    if (next < item.size) break;
    at += next;
    if (at < region.end && children.length === MAX_ELEMENTS) issues.push(cappedIssue());
  }
  const value = region.missing ? undefined : children.map((child) => child.value);
  const { start, end } = region;
  const show = () => ({ value: String(children.length) });
  return { name: place.name, value, start, end, options, section: place.section, issues, children, show };
}

function elementScope<M>(place: PartPlace<M>, item: Struct, region: Region, at: number, next: number): Scope {
  const wantedEnd = Math.min(next < item.size ? region.wantedEnd : at + next, region.wantedEnd);
  return innerScope(place.scope, { ...region, start: at, end: Math.min(wantedEnd, region.end), wantedEnd });
}

/** How many more there are cannot be known. */
function cappedIssue(): FieldIssue {
  return { kind: "too-many", data: { count: MAX_ELEMENTS + 1, limit: MAX_ELEMENTS } };
}

function nextOffset<S extends Struct, M>(place: PartPlace<M>, item: S, options: ChainOptions<S, M>, at: number, end: number): number {
  const offset = (item.at as Readonly<Record<string, number>>)[options.next] ?? 0;
  return peekInto(place.scope.bytes, at, end).u32(offset) ?? 0;
}

/** An offset into the element itself, or beyond the chain. */
function nextIssues<M>(place: PartPlace<M>, item: Struct, at: number, next: number, region: Region): readonly FieldIssue[] {
  if (next === 0) return [];
  if (next < item.size) return [{ kind: "overlap", data: { offset: at + next - place.scope.header } }];
  if (at + next < region.end) return [];
  const kind = at + next >= Math.min(region.wantedEnd, place.scope.wireEnd) ? "outside-message" : "truncated";
  return [{ kind, data: { have: region.end - at, need: next + 1 } }];
}
