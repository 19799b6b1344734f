/* Numbers and texts as bytes, for captures that tests build. */

export const le16 = (value: number): Uint8Array => number(2, (view) => view.setUint16(0, value, true));
export const le32 = (value: number): Uint8Array => number(4, (view) => view.setUint32(0, value, true));
export const le64 = (value: bigint | number): Uint8Array => number(8, (view) => view.setBigUint64(0, BigInt(value), true));
export const be16 = (value: number): Uint8Array => number(2, (view) => view.setUint16(0, value));
export const be32 = (value: number): Uint8Array => number(4, (view) => view.setUint32(0, value));

export const zeros = (count: number): Uint8Array => new Uint8Array(count);
export const fill = (count: number, value: number): Uint8Array => new Uint8Array(count).fill(value);
export const octets = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** One byte a character; only for text that is ASCII. */
export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) bytes.set(le16(text.charCodeAt(i)), 2 * i);
  return bytes;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The bytes with zeros behind them up to a multiple of `size`. */
export function padTo(size: number, bytes: Uint8Array): Uint8Array {
  return concat(bytes, zeros((size - (bytes.length % size)) % size));
}

/** A GUID written 8-4-4-4-12, as it stands on the wire ([MS-DTYP] 2.3.4.2). */
export function guidBytes(text: string): Uint8Array {
  const [a = "", b = "", c = "", d = "", e = ""] = text.split("-");
  return concat(hexBytes(a).reverse(), hexBytes(b).reverse(), hexBytes(c).reverse(), hexBytes(d + e));
}

function hexBytes(digits: string): Uint8Array {
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) => Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16));
}

function number(size: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  write(new DataView(bytes.buffer));
  return bytes;
}
