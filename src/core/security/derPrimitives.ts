import { hex, hexBytes } from "../bytes/hex.ts";
import { decodeUtf8, escapeForDisplay } from "../bytes/text.ts";
import type { Display, FieldIssue, FieldOptions, Reading } from "../struct/field.ts";
import type { FlagSet } from "../struct/flagSet.ts";
import { flagStates } from "../struct/integers.ts";
import type { NameSet } from "../struct/nameSet.ts";
import { showBytes } from "../struct/octets.ts";
import { contentsOf, type DerElement } from "./derElement.ts";
import { type DerPlace, type DerType, leaf } from "./derType.ts";
import { type OidNames, oidText } from "./oid.ts";

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const ENUMERATED = 0x0a;
const GENERALIZED_TIME = 0x18;
const GENERAL_STRING = 0x1b;
/** Numbers of these protocols fit 32 bits; a longer one is shown as its bytes. */
const MAX_INTEGER_OCTETS = 5;
const MAX_SHOWN_CHARACTERS = 1024;

interface IntegerOptions extends FieldOptions {
  readonly names?: NameSet;
}

/** INTEGER, signed. */
export function derInteger(options: IntegerOptions = {}): DerType {
  return { tag: INTEGER, read: (place, element) => integerReading(place, element, options) };
}

/** ENUMERATED. */
export function derEnumerated(options: IntegerOptions = {}): DerType {
  return { tag: ENUMERATED, read: (place, element) => integerReading(place, element, options) };
}

/** OBJECT IDENTIFIER as `1.3.6.1.5.5.2`. */
export function derOid(options: FieldOptions & { readonly names: OidNames }): DerType {
  return {
    tag: OBJECT_IDENTIFIER,
    read(place, element) {
      const value = isWhole(element) ? oidText(place.scope.bytes, element.contents, element.end) : undefined;
      return leaf(place, element, options, value, () => named(value ?? "", options.names[value ?? ""]));
    },
  };
}

/** OCTET STRING whose contents mean nothing here, or are what `inner` makes of them. */
export function derOctets(options: FieldOptions & { readonly inner?: DerInner } = {}): DerType {
  return {
    tag: OCTET_STRING,
    read(place, element) {
      const { bytes } = place.scope;
      const { contents, end } = element;
      const plain = leaf(place, element, options, { start: contents, end }, () => showBytes(bytes, contents, end));
      const inner = options.inner?.({ ...place, scope: contentsOf(place.scope, element) });
      if (inner === undefined) return plain;
      const { value, children, issues, section, show } = inner;
      return { ...plain, value, children, section, show, issues: [...plain.issues, ...issues] };
    },
  };
}

/** What stands in an octet string; undefined: nothing that is known. */
export type DerInner = (place: DerPlace) => Reading | undefined;

/** KerberosFlags and the like: bit 0 is the highest one of the first octet, as masks of 32 bits count it ([RFC4120] 5.2.8). */
export function derFlags(options: FieldOptions & { readonly flags: FlagSet }): DerType {
  return {
    tag: BIT_STRING,
    read(place, element) {
      const { contents, end } = element;
      const value = end > contents ? bits(place.scope.bytes, contents + 1, end) : undefined;
      const show = (): Display => ({ value: hex(value ?? 0, 8), flags: flagStates(options.flags, value ?? 0) });
      return leaf(place, element, options, value, show);
    },
  };
}

/** GeneralString, in practice UTF-8. The value is hostile text, shown escaped. */
export function derText(options: FieldOptions = {}): DerType {
  return { tag: GENERAL_STRING, read: (place, element) => textReading(place, element, options, shownText) };
}

/** GeneralizedTime `20240501120000Z`, shown as `2024-05-01 12:00:00Z`. */
export function derTime(options: FieldOptions = {}): DerType {
  return { tag: GENERALIZED_TIME, read: (place, element) => textReading(place, element, options, shownTime) };
}

function integerReading(place: DerPlace, element: DerElement, options: IntegerOptions): Reading<number> {
  const { contents, end } = element;
  const { bytes } = place.scope;
  if (!isWhole(element) || end === contents) return leaf<number>(place, element, options, undefined, () => ({ value: "" }));
  if (end - contents > MAX_INTEGER_OCTETS) return tooLong(place, element, options);
  const value = signed(bytes, contents, end);
  return leaf(place, element, options, value, () => showInteger(value, options));
}

function showInteger(value: number, { names }: IntegerOptions): Display {
  const found = names?.find(value);
  if (found === undefined) return { value: String(value) };
  return { value: String(value), label: found.short, ...(found.text !== undefined && { labelText: found.text }) };
}

function tooLong(place: DerPlace, element: DerElement, options: FieldOptions): Reading<number> {
  const issue: FieldIssue = {
    kind: "unexpected",
    data: { expected: "INTEGER", actual: showBytes(place.scope.bytes, element.contents, element.end).value },
  };
  return leaf<number>(place, element, options, undefined, () => ({ value: "" }), [issue]);
}

function textReading(place: DerPlace, element: DerElement, options: FieldOptions, show: (text: string) => string): Reading<string> {
  const value = element.contents < place.scope.end ? decodeUtf8(place.scope.bytes, element.contents, element.end) : undefined;
  return leaf(place, element, options, value, () => ({ value: show(value ?? "") }));
}

function shownText(text: string): string {
  return escapeForDisplay(text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text);
}

function shownTime(text: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return shownText(text);
  const [, year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day} ${hour}:${minute}:${second}Z`;
}

function named(value: string, label: string | undefined): Display {
  return label === undefined ? { value } : { value, label };
}

function isWhole(element: DerElement): boolean {
  return element.end === element.wantedEnd;
}

function signed(bytes: Uint8Array, start: number, end: number): number {
  let value = (bytes[start] ?? 0) >= 0x80 ? -1 : 0;
  for (let at = start; at < end; at++) value = value * 0x100 + (bytes[at] ?? 0);
  return value;
}

function bits(bytes: Uint8Array, start: number, end: number): number {
  return Number.parseInt(hexBytes(bytes, start, Math.min(end, start + 4)).padEnd(8, "0"), 16);
}
