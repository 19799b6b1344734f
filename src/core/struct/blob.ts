import type { ByteRange } from "../bytes/byteRange.ts";
import type { FieldOptions, Part, PartPlace, Reading } from "./field.ts";
import { showBytes } from "./octets.ts";
import { type Anchor, type Region, regionOf, restOf } from "./region.ts";

/** Options of a part of a given length in bytes. */
export interface BlobOptions<M> extends FieldOptions, Anchor<M> {
  readonly length: (values: M) => number | undefined;
}

/** Opaque bytes. The value is where they lie (indexes into the bytes given to the walk), cut to what is there. */
export function blob<M>(options: BlobOptions<M>): Part<ByteRange, M> {
  return { walk: (place) => blobReading(place, options, regionOf(place, options, options.length(place.values))) };
}

/** All bytes that are left. */
export function rest<M>(options: FieldOptions & Anchor<M> = {}): Part<ByteRange, M> {
  return { walk: (place) => blobReading(place, options, restOf(place, options)) };
}

/** A region as opaque bytes; undefined when there are none and none are missing. */
export function blobReading<M>(place: PartPlace<M>, options: FieldOptions, region: Region | undefined): Reading<ByteRange> | undefined {
  if (region === undefined) return undefined;
  const { start, end, missing, issues } = region;
  const { bytes } = place.scope;
  const show = () => showBytes(bytes, start, end);
  const value = missing ? undefined : { start, end };
  return { name: place.name, value, start, end, options, section: place.section, issues, children: [], show };
}
