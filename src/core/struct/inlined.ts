import type { ByteRange } from "../bytes/byteRange.ts";
import { rest } from "./blob.ts";
import type { Part, PartPlace, Reading } from "./field.ts";
import type { Struct } from "./struct.ts";
import { type Peek, peekInto } from "./variant.ts";
import { walkStruct } from "./walkStruct.ts";

/** Names the structure that follows. `peek` reads from its first byte on; `length` is how many bytes are left. */
export type FindInlined<M> = (values: M, peek: Peek, length: number) => Struct | undefined;

/**
 * The structure that stands where the part before it ended and may read all that is left; its fields are fields of the structure around
 * it, by value and by path. The part's own value is its range. Where none is found the rest stays opaque.
 */
export function inlined<M>(find: FindInlined<M>): Part<ByteRange, M> {
  const opaque = rest<M>();
  return {
    walk(place) {
      const { bytes, end, wireEnd } = place.scope;
      const start = Math.min(place.cursor, end);
      const length = (wireEnd === Number.POSITIVE_INFINITY ? end : wireEnd) - start;
      const found = find(place.values, peekInto(bytes, start, end), length);
      return found === undefined ? opaque.walk(place) : inlinedReading(place, found, start);
    },
  };
}

function inlinedReading<M>(place: PartPlace<M>, found: Struct, start: number): Reading<ByteRange> {
  const walked = walkStruct(found, { ...place.scope, start }, place.name);
  const { end, value, ...reading } = walked;
  return { ...reading, end, value: { start, end }, flattened: value ?? {}, nesting: "inline" };
}
