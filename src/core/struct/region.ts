import type { FieldIssue, PartPlace } from "./field.ts";

/** Where a part starts. Without either, where the part before it ended. */
export interface Anchor<M> {
  /** Offset from the start of the SMB2 header. */
  readonly atHeader?: (values: M) => number | undefined;
  /** Offset from the start of the structure. */
  readonly atStruct?: (values: M) => number | undefined;
}

/** A stretch of bytes that a part may read, already cut to what is there. */
export interface Region {
  readonly start: number;
  readonly end: number;
  /** Where it should end; Infinity for the rest of a message of unknown length. */
  readonly wantedEnd: number;
  /** Nothing of it is there. */
  readonly missing: boolean;
  readonly issues: readonly FieldIssue[];
}

/**
 * The region of a part of `length` bytes; undefined when the message does not say where it is, or says that it is empty (what the offset
 * of an empty buffer points to means nothing).
 */
export function regionOf<M>(place: PartPlace<M>, anchor: Anchor<M>, length: number | undefined): Region | undefined {
  const start = startOf(place, anchor);
  if (start === undefined || length === undefined || length === 0) return undefined;
  const { scope } = place;
  const wantedEnd = start + length;
  const end = Math.min(wantedEnd, scope.end);
  const issues = [...overlapIssues(place, start), ...missingIssues(place, start, wantedEnd)];
  const from = Math.min(start, scope.end);
  return { start: from, end: Math.max(from, end), wantedEnd, missing: start >= scope.end, issues };
}

/** Everything from the anchor to the end of the scope; undefined when nothing is left. */
export function restOf<M>(place: PartPlace<M>, anchor: Anchor<M>): Region | undefined {
  const start = startOf(place, anchor);
  if (start === undefined) return undefined;
  const { end } = place.scope;
  if (start >= end) return undefined;
  return { start, end, wantedEnd: place.scope.wireEnd, missing: false, issues: [] };
}

/** Start of a part as an index into the bytes; it may lie anywhere, even beyond their end. */
export function startOf<M>(place: PartPlace<M>, anchor: Anchor<M>): number | undefined {
  const { scope, cursor, values } = place;
  if (anchor.atHeader !== undefined) return plus(scope.header, anchor.atHeader(values));
  if (anchor.atStruct !== undefined) return plus(scope.start, anchor.atStruct(values));
  return cursor;
}

/** What is wrong when a field ends at `wantedEnd`, beyond the bytes at hand. */
export function missingIssues(
  place: { readonly scope: PartPlace<unknown>["scope"] },
  start: number,
  wantedEnd: number,
): readonly FieldIssue[] {
  const { end, wireEnd } = place.scope;
  if (wantedEnd <= end) return [];
  const data = { have: Math.max(0, end - start), need: wantedEnd - start };
  return [{ kind: wantedEnd > wireEnd ? "outside-message" : "truncated", data }];
}

/** An offset that leads back into the header or the fixed fields. */
export function overlapIssues<M>(place: PartPlace<M>, start: number): readonly FieldIssue[] {
  const { scope, fixedSize } = place;
  return start < scope.start + fixedSize ? [{ kind: "overlap", data: { offset: start - scope.header } }] : [];
}

/** An offset that a declaration has to reduce may lead to before the bytes. */
function plus(base: number, offset: number | undefined): number | undefined {
  return offset === undefined ? undefined : Math.max(0, base + offset);
}
