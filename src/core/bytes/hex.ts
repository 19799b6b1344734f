/** `0x` and at least `digits` lower-case hex digits of an unsigned integer, e.g. `hex(0x4e, 8)` is `0x0000004e`. */
export function hex(value: number | bigint, digits: number): string {
  return `0x${value.toString(16).padStart(digits, "0")}`;
}

/** A 64-bit id from its two 32-bit words (signed or unsigned) as `0x` and 16 hex digits. */
export function hex64(low: number, high: number): string {
  return `0x${hexWord(high)}${hexWord(low)}`;
}

/** Bytes `start` to `end` (excluded) as hex digit pairs without separators. */
export function hexBytes(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (const byte of bytes.subarray(start, end)) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** `de ad be ef` from `deadbeef`. */
export function spacedHex(digits: string): string {
  return digits.replace(/(..)(?=.)/g, "$1 ");
}

function hexWord(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
