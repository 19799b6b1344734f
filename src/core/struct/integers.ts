import { hex } from "../bytes/hex.ts";
import type { Display, FieldOptions, FixedField, FlagState, IntegerOptions } from "./field.ts";
import { type FlagSet, isSet, unknownBits } from "./flagSet.ts";

/** Unsigned 8-bit integer. */
export function u8(options: IntegerOptions<number> = {}): FixedField<number> {
  return integer(1, options, (bytes, at) => bytes[at] ?? 0);
}

/** Unsigned 16-bit integer, little-endian. */
export function u16(options: IntegerOptions<number> = {}): FixedField<number> {
  return integer(2, options, readU16);
}

/** Unsigned 32-bit integer, little-endian. */
export function u32(options: IntegerOptions<number> = {}): FixedField<number> {
  return integer(4, options, readU32);
}

/** Unsigned 32-bit integer, big-endian: the four bytes of a protocol id as they stand on the wire. */
export function u32be(options: IntegerOptions<number> = {}): FixedField<number> {
  return integer(4, options, (bytes, at) => swap32(readU32(bytes, at)));
}

/** Unsigned 64-bit integer, little-endian. */
export function u64(options: FieldOptions<bigint> & { readonly hex?: boolean } = {}): FixedField<bigint> {
  const show = (value: bigint): Display => ({ value: options.hex === true ? hex(value, 16) : value.toString() });
  return { size: 8, options, read: readU64, show };
}

/** FILETIME ([MS-DTYP] 2.3.3): 100 ns units since 1601-01-01 UTC, as the unsigned number; shown as a date. */
export function filetime(options: FieldOptions<bigint> = {}): FixedField<bigint> {
  return { size: 8, options, read: readU64, show: (value) => ({ value: filetimeText(value) }) };
}

/** A FILETIME as `2024-05-01 12:00:00.1234567Z`; 0, and what lies after the year 9999, as its number. */
export function filetimeText(value: bigint): string {
  const milliseconds = Number(value / UNITS_PER_MILLISECOND) - MILLISECONDS_1601_TO_1970;
  if (value === 0n || milliseconds >= MILLISECONDS_YEAR_10000) return value.toString();
  const [date, time] = new Date(milliseconds).toISOString().split("T");
  const units = (value % UNITS_PER_SECOND).toString().padStart(7, "0");
  return `${date} ${time?.slice(0, 8)}.${units}Z`;
}

const UNITS_PER_MILLISECOND = 10_000n;
const UNITS_PER_SECOND = 10_000_000n;
const MILLISECONDS_1601_TO_1970 = 11_644_473_600_000;
const MILLISECONDS_YEAR_10000 = 253_402_300_800_000;

function integer(size: number, options: IntegerOptions<number>, read: (bytes: Uint8Array, at: number) => number): FixedField<number> {
  return { size, options, read, show: (value) => showInteger(value, size, options) };
}

function showInteger(value: number, size: number, options: IntegerOptions<number>): Display {
  const asHex = options.hex ?? (options.names !== undefined || options.flags !== undefined);
  const text = asHex ? hex(value, size * 2) : String(value);
  if (options.flags !== undefined) return { value: text, flags: flagStates(options.flags, value) };
  const named = options.names?.find(value);
  if (named === undefined) return { value: text };
  return named.text === undefined ? { value: text, label: named.short } : { value: text, label: named.short, labelText: named.text };
}

/** Every flag of the set and whether `value` has it; bits without a name as one more flag. */
export function flagStates(set: FlagSet, value: number): readonly FlagState[] {
  const known = set.list.map((flag) => ({ ...flag, set: isSet(flag, value) }));
  const unknown = unknownBits(set, value);
  if (unknown === 0) return known;
  const name = hex(unknown, 1);
  return [...known, { name, short: name, mask: unknown, set: true }];
}

function readU16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function readU32(bytes: Uint8Array, at: number): number {
  return (readU16(bytes, at) | (readU16(bytes, at + 2) << 16)) >>> 0;
}

function readU64(bytes: Uint8Array, at: number): bigint {
  return BigInt(readU32(bytes, at)) | (BigInt(readU32(bytes, at + 4)) << 32n);
}

function swap32(value: number): number {
  return ((value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)) >>> 0;
}
