import { decodeUtf16 } from "./text.ts";

/** A power of two. Names of a capture are few: users, domains, shares. */
const PLACES = 1024;

/**
 * UTF-16LE texts that come again and again, each decoded once: the names in every sign-in and every path of a capture. Decoding them for
 * 75,000 connections made more garbage than everything else together. A place is taken by the last text that hashed to it, so the table
 * is bounded.
 */
export class RepeatedText {
  private readonly places: (string | undefined)[] = new Array<string | undefined>(PLACES);

  /** Text of the bytes `start` to `end` (excluded), as `decodeUtf16` gives it. Hostile text. */
  utf16(bytes: Uint8Array, start: number, end: number): string {
    const units = (end - start) >> 1;
    let hash = units;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
    const known = this.places[place];
    if (known !== undefined && known.length === units && isText(known, bytes, start)) return known;
    const text = decodeUtf16(bytes, start, end);
    this.places[place] = text;
    return text;
  }
}

function isText(text: string, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const at = start + 2 * i;
    if (text.charCodeAt(i) !== ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8))) return false;
  }
  return true;
}
