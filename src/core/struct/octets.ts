import { GUID_SIZE, readGuidText } from "../bytes/guid.ts";
import { hexBytes } from "../bytes/hex.ts";
import type { Display, FieldOptions, FixedField } from "./field.ts";

const MAX_SHOWN_BYTES = 32;

/** GUID ([MS-DTYP] 2.3.4.2) as lower-case 8-4-4-4-12 text. */
export function guid(options: FieldOptions<string> = {}): FixedField<string> {
  return { size: GUID_SIZE, options, read: readGuidText, show: (value) => ({ value }) };
}

/** A fixed number of bytes as lower-case hex digits: signatures, nonces, file ids. */
export function octets(size: number, options: FieldOptions<string> = {}): FixedField<string> {
  return { size, options, read: (bytes, at) => hexBytes(bytes, at, at + size), show: (value) => ({ value }) };
}

/** Bytes without meaning. */
export function reserved(size: number, options: FieldOptions<string> = {}): FixedField<string> {
  return octets(size, { ...options, reserved: true });
}

/** A stretch of bytes on the screen: its first bytes as hex digits, and its length when there are more. */
export function showBytes(bytes: Uint8Array, start: number, end: number): Display {
  const shown = hexBytes(bytes, start, Math.min(end, start + MAX_SHOWN_BYTES));
  return { value: end - start > MAX_SHOWN_BYTES ? `${shown}… (${end - start})` : shown };
}
