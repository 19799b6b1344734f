const CHUNK = 4096;
const REPLACEMENT = 0xfffd;

/** UTF-16LE text of the bytes `start` to `end` (excluded); an odd last byte is left out, lone surrogates stay as they are. Hostile text. */
export function decodeUtf16(bytes: Uint8Array, start: number, end: number): string {
  const units: number[] = [];
  for (let at = start; at + 1 < end; at += 2) units.push(unitAt(bytes, at));
  return fromUnits(units);
}

/** One character a byte (ISO 8859-1). Right for ASCII, and never fails for anything else. Hostile text. */
export function decodeLatin1(bytes: Uint8Array, start: number, end: number): string {
  return fromUnits(Array.from(bytes.subarray(start, end)));
}

/** UTF-8 text; every byte that is no part of a well-formed sequence becomes U+FFFD. Hostile text. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  const units: number[] = [];
  let at = start;
  while (at < end) {
    const length = utf8Length(bytes, at, end);
    pushCodePoint(units, length === 0 ? REPLACEMENT : utf8CodePoint(bytes, at, length));
    at += Math.max(1, length);
  }
  return fromUnits(units);
}

/**
 * Text from a capture as it may stand on a screen: control characters, line separators, bidirectional and zero-width marks, other
 * invisible characters and lone surrogates become visible as `\u{202e}`. Everything else, backslashes included, stays.
 */
export function escapeForDisplay(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/*
 * Cc control, Cf format (bidirectional and zero-width marks, tags, soft hyphen), Cs lone surrogate, Zl and Zp separators; and what
 * draws nothing although its category says otherwise: Hangul fillers, Braille blank, combining grapheme joiner, variation selectors.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800]|\u034f|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;

function unitAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** In pieces, because a call takes only so many arguments. */
function fromUnits(units: readonly number[]): string {
  let text = "";
  for (let at = 0; at < units.length; at += CHUNK) text += String.fromCharCode(...units.slice(at, at + CHUNK));
  return text;
}

/** Length of the well-formed UTF-8 sequence at `at`; 0 if there is none. */
function utf8Length(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  const length =
    first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (at + length > end) return 0;
  for (let index = 1; index < length; index++) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length > 2 && !isShortest(utf8CodePoint(bytes, at, length), length) ? 0 : length;
}

function isShortest(codePoint: number, length: number): boolean {
  if (length === 3) return codePoint >= 0x800 && (codePoint < 0xd800 || codePoint > 0xdfff);
  return codePoint >= 0x10000 && codePoint <= 0x10ffff;
}

function utf8CodePoint(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  let codePoint = length === 1 ? first : first & (0x7f >> length);
  for (let index = 1; index < length; index++) codePoint = (codePoint << 6) | ((bytes[at + index] ?? 0) & 0x3f);
  return codePoint;
}

function pushCodePoint(units: number[], codePoint: number): void {
  if (codePoint < 0x10000) {
    units.push(codePoint);
    return;
  }
  const offset = codePoint - 0x10000;
  units.push(0xd800 | (offset >> 10), 0xdc00 | (offset & 0x3ff));
}
