import type { FixedField } from "../../src/core/struct/field.ts";
import type { Struct } from "../../src/core/struct/struct.ts";
import { isVariant } from "../../src/core/struct/variant.ts";
import { guidBytes } from "./encode.ts";
import { fromHex } from "./labMessages.ts";

/**
 * The fixed part of a structure from its values, as the declaration orders the fields. Of a variant the case whose fields all have values
 * is written.
 */
export function writeFixed(struct: Struct, values: Readonly<Record<string, unknown>>): Uint8Array {
  const bytes = new Uint8Array(struct.size);
  let at = 0;
  for (const [name, entry] of Object.entries(struct.fields)) {
    const fields = isVariant(entry) ? caseOf(entry.cases, values) : { [name]: entry };
    for (const [key, field] of Object.entries(fields)) {
      bytes.set(writeField(field, values[key]), at);
      at += field.size;
    }
  }
  return bytes;
}

function caseOf(cases: Readonly<Record<string, Readonly<Record<string, FixedField<unknown>>>>>, values: Readonly<Record<string, unknown>>) {
  const found = Object.values(cases).find((fields) => Object.keys(fields).every((key) => key in values));
  if (found === undefined) throw new Error(`no case fits ${Object.keys(values).join()}`);
  return found;
}

/** The form of the value that the field reads back as this value. */
function writeField(field: FixedField<unknown>, value: unknown): Uint8Array {
  const forms =
    typeof value === "string" ? [() => fromHex(value), () => guidBytes(value), () => utf16Bytes(value)] : [() => little(value, field.size)];
  const swapped = forms.map((form) => () => form().reverse());
  for (const form of [...forms, ...swapped]) {
    const bytes = form();
    if (bytes.length === field.size && field.read(bytes, 0) === value) return bytes;
  }
  throw new Error(`nothing reads as ${String(value)}`);
}

function little(value: unknown, size: number): Uint8Array {
  let rest = BigInt(value as number | bigint);
  return Uint8Array.from({ length: size }, () => {
    const byte = Number(rest & 0xffn);
    rest >>= 8n;
    return byte;
  });
}

function utf16Bytes(text: string): Uint8Array {
  return Uint8Array.from({ length: 2 * text.length }, (_, index) => (text.charCodeAt(index >> 1) >> (8 * (index & 1))) & 0xff);
}
