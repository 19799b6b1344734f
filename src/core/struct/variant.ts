import type { FixedField } from "./field.ts";

/** Reads ahead in the structure that a variant stands in. Offsets count from its start; undefined beyond the bytes at hand. */
export interface Peek {
  u8(offset: number): number | undefined;
  u16(offset: number): number | undefined;
  u32(offset: number): number | undefined;
}

export type FieldRecord = Readonly<Record<string, FixedField<unknown>>>;

/** The same bytes of the fixed part with several meanings: one record of fields each, all of the same size. */
export interface Variant<Cases extends Readonly<Record<string, FieldRecord>> = Readonly<Record<string, FieldRecord>>> {
  readonly size: number;
  readonly cases: Cases;
  /** Name of the case. */
  choose(peek: Peek): string;
}

/** Declares a variant: `choose` names the case by what stands elsewhere in the structure. */
export function variant<Cases extends Readonly<Record<string, FieldRecord>>>(
  cases: Cases,
  choose: (peek: Peek) => keyof Cases & string,
): Variant<Cases> {
  const sizes = Object.values(cases).map(sizeOf);
  return { size: Math.max(...sizes), cases, choose };
}

export function isVariant(entry: FixedField<unknown> | Variant): entry is Variant {
  return "cases" in entry;
}

/** Sum of the sizes of a record of fields. */
export function sizeOf(fields: FieldRecord): number {
  return Object.values(fields).reduce((sum, field) => sum + field.size, 0);
}

/** A {@link Peek} into the bytes from `start` to `end`. */
export function peekInto(bytes: Uint8Array, start: number, end: number): Peek {
  const u8 = (offset: number): number | undefined => (offset < 0 || start + offset >= end ? undefined : bytes[start + offset]);
  const u16 = (offset: number): number | undefined => joined(u8(offset), u8(offset + 1), 8);
  const u32 = (offset: number): number | undefined => joined(u16(offset), u16(offset + 2), 16);
  return { u8, u16, u32 };
}

function joined(low: number | undefined, high: number | undefined, shift: number): number | undefined {
  return low === undefined || high === undefined ? undefined : (low | (high << shift)) >>> 0;
}
