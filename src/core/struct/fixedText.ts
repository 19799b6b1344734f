import { decodeUtf16, escapeForDisplay } from "../bytes/text.ts";
import type { FieldOptions, FixedField } from "./field.ts";

/** UTF-16LE text in a field of fixed size: whole as the value, shown up to its first zero character. Hostile text, shown escaped. */
export function fixedUtf16(size: number, options: FieldOptions<string> = {}): FixedField<string> {
  const read = (bytes: Uint8Array, at: number): string => decodeUtf16(bytes, at, at + size);
  return { size, options, read, show: (value) => ({ value: escapeForDisplay(value.split("\0", 1)[0] ?? "") }) };
}
