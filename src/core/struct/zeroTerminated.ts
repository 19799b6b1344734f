import { decodeUtf16, escapeForDisplay } from "../bytes/text.ts";
import { type FieldIssue, type FieldOptions, MAX_ELEMENTS, type Part, type PartPlace, type Reading } from "./field.ts";
import { type Anchor, missingIssues, overlapIssues, regionOf, restOf, startOf } from "./region.ts";

const MAX_SHOWN_CHARACTERS = 1024;

/** UTF-16LE text up to a zero character, which belongs to its bytes but not to its value. The value is hostile text, shown escaped. */
export function utf16z<M>(options: FieldOptions & Anchor<M> = {}): Part<string, M> {
  return {
    walk(place) {
      const start = startOf(place, options);
      if (start === undefined) return undefined;
      const { end } = place.scope;
      const missing = start >= end;
      const issues = [...overlapIssues(place, start), ...(missing ? missingIssues(place, start, start + 2) : [])];
      const reading = textReading(place, place.name, options, Math.min(start, end), end, issues);
      return missing ? { ...reading, value: undefined } : reading;
    },
  };
}

/** Texts one after the other, each with a zero character behind: `count` of them, or up to an empty one or the end of the region. */
export function utf16zList<M>(
  options: FieldOptions &
    Anchor<M> & { readonly length?: (values: M) => number | undefined; readonly count?: (values: M) => number | undefined },
): Part<readonly string[], M> {
  return {
    walk(place) {
      const region = options.length === undefined ? restOf(place, options) : regionOf(place, options, options.length(place.values));
      if (region === undefined) return undefined;
      const { start, end, missing } = region;
      const most = Math.min(options.count?.(place.values) ?? MAX_ELEMENTS, MAX_ELEMENTS);
      const children = textsOf(place, options, start, end, most);
      const value = missing ? undefined : children.map((child) => child.value ?? "");
      const show = () => ({ value: String(children.length) });
      return { name: place.name, value, start, end, options, section: place.section, issues: region.issues, children, show };
    },
  };
}

function textsOf<M>(place: PartPlace<M>, options: FieldOptions, start: number, end: number, most: number): readonly Reading<string>[] {
  const children: Reading<string>[] = [];
  for (let at = start; at + 1 < end && children.length < most; ) {
    const text = textReading(place, `[${children.length}]`, options, at, end, []);
    if (text.value === "") break;
    children.push(text);
    at = text.end;
  }
  return children;
}

function textReading<M>(
  place: PartPlace<M>,
  name: string,
  options: FieldOptions,
  start: number,
  limit: number,
  issues: readonly FieldIssue[],
): Reading<string> {
  const { bytes } = place.scope;
  const zero = zeroAt(bytes, start, limit);
  const value = decodeUtf16(bytes, start, zero);
  const shown = value.length > MAX_SHOWN_CHARACTERS ? `${value.slice(0, MAX_SHOWN_CHARACTERS)}…` : value;
  const show = () => ({ value: escapeForDisplay(shown) });
  return { name, value, start, end: Math.min(zero + 2, limit), options, section: place.section, issues, children: [], show };
}

function zeroAt(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at + 1 < end; at += 2) if (bytes[at] === 0 && bytes[at + 1] === 0) return at;
  return end;
}
