import type { ByteRange } from "../bytes/byteRange.ts";
import { blobReading } from "./blob.ts";
import type { FieldOptions, Part, PartPlace, Reading } from "./field.ts";
import { innerScope } from "./inner.ts";
import { payload } from "./payload.ts";
import { type Anchor, type Region, regionOf, restOf } from "./region.ts";
import type { Struct } from "./struct.ts";
import type { Peek } from "./variant.ts";
import { walkStruct } from "./walkStruct.ts";

export type StructCases = Readonly<Record<number, Struct>>;

/** A buffer whose structure depends on a fixed field. `cases` is there for the types: the fields count as fields of the structure around. */
export interface Choice<Cases extends StructCases, M> extends Part<ByteRange, M> {
  readonly cases: Cases;
}

export interface ChoiceOptions<M> extends FieldOptions, Anchor<M> {
  /** Bytes of the buffer. Without: all that are left. */
  readonly length?: (values: M) => number | undefined;
  /** The value that names the case. */
  readonly on: (values: M) => number | undefined;
  /** `group`: the structure is one node of the description, with its fields below. Without: its fields stand in the buffer's place. */
  readonly group?: boolean;
  /** The structure of every other value, as of {@link payload}. */
  readonly otherwise?: (values: M) => Struct | undefined;
  /** As of {@link payload}, for the structure of every other value. */
  readonly cut?: (header: Peek) => boolean;
}

/**
 * A buffer that holds the structure that `cases` names for the value `on`, or opaque bytes for any other value. The
 * buffer's own value is its range; the fields of the structure are fields of the structure around it, by value and by path.
 */
export function choose<M, Cases extends StructCases>(options: ChoiceOptions<M>, cases: Cases): Choice<Cases, M> {
  return {
    cases,
    walk(place) {
      const region = options.length === undefined ? restOf(place, options) : regionOf(place, options, options.length(place.values));
      const chosen = cases[options.on(place.values) ?? -1];
      if (chosen === undefined) return payload({ ...options, find: options.otherwise ?? (() => undefined) }).walk(place);
      if (region === undefined) return undefined;
      return structReading(place, options, region, chosen);
    },
  };
}

function structReading<M>(place: PartPlace<M>, options: ChoiceOptions<M>, region: Region, chosen: Struct): Reading<ByteRange> | undefined {
  const opaque = blobReading(place, options, region);
  if (opaque?.value === undefined) return opaque;
  const inner = walkStruct(chosen, innerScope(place.scope, region), chosen.name);
  const nesting = options.group === true ? "group" : "inline";
  return {
    ...opaque,
    section: chosen.section,
    children: inner.children,
    flattened: inner.value ?? {},
    nesting,
    show: () => ({ value: chosen.name }),
  };
}
