import { decodeLatin1, decodeUtf16, escapeForDisplay } from "../bytes/text.ts";
import type { BlobOptions } from "./blob.ts";
import type { FieldIssue, FieldOptions, Part, PartPlace, Reading } from "./field.ts";
import { type Anchor, type Region, regionOf, restOf } from "./region.ts";

const MAX_SHOWN_CHARACTERS = 1024;

/** UTF-16LE text of a given length in bytes; what is there when it is cut. The value is hostile text, shown escaped. */
export function utf16<M>(options: BlobOptions<M>): Part<string, M> {
  return textPart(options, decodeUtf16, oddLength);
}

/** UTF-16LE text up to the end of the bytes at hand. The value is hostile text, shown escaped. */
export function utf16Rest<M>(options: FieldOptions & Anchor<M> = {}): Part<string, M> {
  return {
    walk(place) {
      const region = restOf(place, options);
      return region === undefined ? undefined : textReading(place, options, region, decodeUtf16, oddLength(region.end - region.start));
    },
  };
}

/** ASCII text of a given length in bytes, read as ISO 8859-1. The value is hostile text, shown escaped. */
export function ascii<M>(options: BlobOptions<M>): Part<string, M> {
  return textPart(options, decodeLatin1, () => []);
}

/** Text of a given length in bytes, in UTF-16LE or ASCII as the structure itself says. The value is hostile text, shown escaped. */
export function utf16OrAscii<M>(options: BlobOptions<M> & { readonly unicode: (values: M) => boolean }): Part<string, M> {
  const unicode = utf16(options);
  const plain = ascii(options);
  return { walk: (place) => (options.unicode(place.values) ? unicode : plain).walk(place) };
}

type Decoder = (bytes: Uint8Array, start: number, end: number) => string;

function textPart<M>(options: BlobOptions<M>, decoder: Decoder, check: (length: number) => readonly FieldIssue[]): Part<string, M> {
  return {
    walk(place) {
      const length = options.length(place.values);
      const region = regionOf(place, options, length);
      return region === undefined ? undefined : textReading(place, options, region, decoder, check(length ?? 0));
    },
  };
}

function textReading<M>(
  place: PartPlace<M>,
  options: FieldOptions,
  region: Region,
  decoder: Decoder,
  found: readonly FieldIssue[],
): Reading<string> {
  const { start, end, missing } = region;
  const value = missing ? undefined : decoder(place.scope.bytes, start, end);
  const issues = [...region.issues, ...found];
  const show = () => ({ value: shown(value ?? "") });
  return { name: place.name, value, start, end, options, section: place.section, issues, children: [], show };
}

function oddLength(length: number): readonly FieldIssue[] {
  return length % 2 === 0 ? [] : [{ kind: "odd-length", data: { length } }];
}

function shown(value: string): string {
  return escapeForDisplay(value.length > MAX_SHOWN_CHARACTERS ? `${value.slice(0, MAX_SHOWN_CHARACTERS)}…` : value);
}
