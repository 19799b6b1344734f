import type { ByteRange } from "../bytes/byteRange.ts";
import { blobReading } from "./blob.ts";
import type { FieldOptions, Part, PartPlace, Reading } from "./field.ts";
import { innerScope } from "./inner.ts";
import { type Anchor, type Region, regionOf, restOf } from "./region.ts";
import type { Struct } from "./struct.ts";
import { type Peek, peekInto } from "./variant.ts";
import { walkStruct } from "./walkStruct.ts";

/** Where a buffer lies, and the values of the structure in it when that is declared. */
export type PayloadValue = ByteRange & Readonly<Record<string, unknown>>;

export interface PayloadOptions<M> extends FieldOptions, Anchor<M> {
  /** Bytes of the buffer. Without: all that are left. */
  readonly length?: ((values: M) => number | undefined) | undefined;
  /**
   * The structure in the buffer; undefined: it stays opaque.
   * @param peek Reads the structure around, from its start.
   * @param header Reads the message, from its SMB2 header.
   */
  readonly find: (values: M, peek: Peek, header: Peek) => Struct | undefined;
  /** Whether the sender says that it sent the first part only: what is missing then is cut, not malformed. */
  readonly cut?: ((header: Peek) => boolean) | undefined;
}

/**
 * A buffer that holds one of many structures. Its fields stand below it, by value and by path: `CompressionState` of
 * `Output` is `Output.CompressionState`.
 */
export function payload<M>(options: PayloadOptions<M>): Part<PayloadValue, M> {
  return {
    walk(place) {
      const region = options.length === undefined ? restOf(place, options) : regionOf(place, options, options.length(place.values));
      if (region === undefined) return undefined;
      const { bytes, start, end, header } = place.scope;
      const found = region.missing ? undefined : options.find(place.values, peekInto(bytes, start, end), peekInto(bytes, header, end));
      return found === undefined ? blobReading(place, options, region) : payloadReading(place, found, options, region);
    },
  } as Part<PayloadValue, M>;
}

function payloadReading<M>(place: PartPlace<M>, found: Struct, options: PayloadOptions<M>, region: Region): Reading<PayloadValue> {
  const { start, end, issues } = region;
  const { bytes, header, end: scopeEnd } = place.scope;
  const isCut = options.cut?.(peekInto(bytes, header, scopeEnd)) === true;
  const inside = innerScope(place.scope, region);
  const walked = walkStruct(found, isCut ? { ...inside, wireEnd: Number.POSITIVE_INFINITY } : inside, place.name);
  const value = { ...walked.value, start, end };
  return {
    name: place.name,
    value,
    start,
    end,
    options,
    section: found.section,
    issues: [...issues, ...walked.issues],
    children: walked.children,
    show: () => ({ value: found.name }),
  };
}
