import { hexBytes } from "../bytes/hex.ts";
import { decodeUtf8 } from "../bytes/text.ts";
import { LONGEST_TEXT, type NoteCollector } from "./captureNotes.ts";
import type { BlockBytes } from "./pcapngOptions.ts";

/* Blocks of pcapng that hold no frames (draft-ietf-opsawg-pcapng 4.5, 4.7, 4.8; systemd journal export format). */

const RECORD_IPV4 = 1;
const RECORD_IPV6 = 2;

/** Name resolution block: records of an address and its names, each ended by a zero. */
export function readNames({ bytes, view, littleEndian }: BlockBytes, start: number, end: number, notes: NoteCollector): void {
  let at = start;
  while (end - at >= 4 && notes.wants("names")) {
    const type = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    const value = at + 4;
    if (type === 0 || value + length > end) return;
    const size = type === RECORD_IPV4 ? 4 : type === RECORD_IPV6 ? 16 : 0;
    if (size > 0 && length > size) noteNames(bytes, value, size, value + length, notes);
    at = value + ((length + 3) & ~3);
  }
}

function noteNames(bytes: Uint8Array, at: number, size: number, end: number, notes: NoteCollector): void {
  const address = hexBytes(bytes, at, at + size);
  let begin = at + size;
  for (let place = begin; place < end && notes.wants("names"); place++) {
    if (bytes[place] !== 0) continue;
    if (place > begin) notes.name(address, decodeUtf8(bytes, begin, Math.min(place, begin + LONGEST_TEXT)));
    begin = place + 1;
  }
}

/** Decryption secrets block: type, length, bytes. */
export function readSecrets({ bytes, view, littleEndian }: BlockBytes, start: number, end: number, notes: NoteCollector): void {
  if (end - start < 8 || !notes.wants("secrets")) return;
  const length = Math.min(view.getUint32(start + 4, littleEndian), end - start - 8);
  notes.secret(view.getUint32(start, littleEndian), bytes.subarray(start + 8, start + 8 + length));
}

/** systemd journal export block: lines KEY=VALUE, padded with zeros. etl2pcapng writes events of other providers this way. */
export function readEntry({ bytes }: BlockBytes, start: number, end: number, frame: number, notes: NoteCollector): void {
  if (!notes.wants("entries")) return;
  let last = Math.min(end, start + LONGEST_TEXT);
  while (last > start && bytes[last - 1] === 0) last--;
  notes.entry(frame, decodeUtf8(bytes, start, last));
}
