import type { FieldIssue, Reading, Scope } from "./field.ts";
import { fieldPath } from "./fieldPath.ts";
import type { Decoded, Struct } from "./struct.ts";
import { walkStruct } from "./walkStruct.ts";

/** Where a structure stands in its message. */
export interface DecodeContext {
  /** Index of the SMB2 header, from which offsets on the wire count. Default: `start`. */
  readonly header?: number;
  /** Index at which the message really ends, when the bytes at hand end earlier. Default: unknown, every missing byte counts as cut off. */
  readonly wireEnd?: number;
}

/** An issue with the path of its field. */
export interface LocatedIssue extends FieldIssue {
  readonly path: string;
}

/** What a structure says, and what is wrong with it. */
export interface DecodeResult<S extends Struct> {
  readonly value: Decoded<S>;
  readonly issues: readonly LocatedIssue[];
}

/**
 * Reads a structure from `bytes[start]` to `bytes[end]` (excluded). Never throws: a field that is not there is absent from the value,
 * and the issues say why. Ranges in the value are indexes into `bytes`; texts are hostile.
 */
export function decode<S extends Struct>(
  struct: S,
  bytes: Uint8Array,
  start: number,
  end: number,
  context: DecodeContext = {},
): DecodeResult<S> {
  const reading = walkStruct(struct, scopeOf(bytes, start, end, context), struct.name);
  return { value: reading.value as Decoded<S>, issues: issuesOf(reading) };
}

/** The scope of a whole structure, with start and end brought inside the bytes. */
export function scopeOf(bytes: Uint8Array, start: number, end: number, context: DecodeContext): Scope {
  const safeEnd = Math.max(0, Math.min(end, bytes.length));
  const safeStart = Math.max(0, Math.min(start, safeEnd));
  const wireEnd = Math.max(safeEnd, context.wireEnd ?? Number.POSITIVE_INFINITY);
  return { bytes, start: safeStart, end: safeEnd, wireEnd, header: Math.max(0, context.header ?? safeStart) };
}

function issuesOf(structReading: Reading): readonly LocatedIssue[] {
  const found: LocatedIssue[] = [];
  const visit = (reading: Reading, path: string, prefix: string): void => {
    for (const issue of reading.issues) found.push({ ...issue, path });
    for (const child of reading.children) {
      const paths = fieldPath(reading, child, path, prefix);
      visit(child, paths.path, paths.prefix);
    }
  };
  visit(structReading, "", "");
  return found;
}
