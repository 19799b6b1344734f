import { decodeUtf8 } from "../bytes/text.ts";
import type { CaptureInterface } from "./captureInterface.ts";
import { LONGEST_TEXT, type NoteCollector } from "./captureNotes.ts";

/* Options of pcapng blocks (draft-ietf-opsawg-pcapng 3.5, 4): code, length, value padded to four bytes. */

const COMMENT = 1;
const LONGEST_NAME = 256;

/** Bytes of a block in its section's byte order. */
export interface BlockBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
}

/** Walks the options in `[start, end)`; ends at the first that does not fit, or at opt_endofopt. */
export function walkOptions(
  { view, littleEndian }: BlockBytes,
  start: number,
  end: number,
  visit: (code: number, at: number, length: number) => void,
): void {
  let at = start;
  while (end - at >= 4) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    if (code === 0 || at + 4 + length > end) return;
    visit(code, at + 4, length);
    at += 4 + ((length + 3) & ~3);
  }
}

/** What an interface is to the parser, besides what everybody may know of it. */
export interface NgInterface {
  readonly id: number;
  readonly linkType: number;
  readonly snapLength: number;
  /** Ticks a second when that is a power of ten up to 10^9; 0 otherwise: then `resolution` decides. */
  readonly ticksPerSecond: number;
  /** if_tsresol as it stands. */
  readonly resolution: number;
  readonly offsetSeconds: number;
  /** Bytes of check sequence at the end of every frame. */
  readonly fcsLength: number;
  /** etl2pcapng adds 14 bytes to the original length of frames that begin with their IP header. */
  readonly addsEthernetHeader: boolean;
}

const RAW_IP = 101;
const MICROSECONDS = 6;

/** An interface description block; null where it is too short. */
export function readInterface(
  block: BlockBytes,
  at: number,
  end: number,
  id: number,
  notes: NoteCollector,
): { readonly own: NgInterface; readonly told: CaptureInterface } | null {
  if (end - at < 16) return null;
  const { bytes, view, littleEndian } = block;
  const linkType = view.getUint16(at + 8, littleEndian);
  const snapLength = view.getUint32(at + 12, littleEndian);
  let resolution = MICROSECONDS;
  let offset = 0;
  let fcsLength = 0;
  const texts: { name: string | null; description: string | null; filter: string | null } = { name: null, description: null, filter: null };
  walkOptions(block, at + 16, end, (code, value, length) => {
    if (code === COMMENT) noteComment(block, value, length, "interface", id, notes);
    else if (code === 2) texts.name = shortText(bytes, value, length);
    else if (code === 3) texts.description = shortText(bytes, value, length);
    else if (code === 9 && length >= 1) resolution = bytes[value] ?? MICROSECONDS;
    // if_filter: 0 and a text, or 1 and a program.
    else if (code === 11 && length > 1 && bytes[value] === 0) texts.filter = shortText(bytes, value + 1, length - 1);
    else if (code === 13 && length >= 1) fcsLength = fcsBytes(bytes[value] ?? 0);
    else if (code === 14 && length >= 8) offset = Number(view.getBigInt64(value, littleEndian));
  });
  const binary = (resolution & 0x80) !== 0;
  // if_tsresol allows 10^-19 and 2^-63 at most; more would only be noise below the clock.
  const exponent = Math.min(resolution & 0x7f, binary ? 63 : 19);
  return {
    own: {
      id,
      linkType,
      snapLength,
      ticksPerSecond: binary || exponent > 9 ? 0 : 10 ** exponent,
      resolution: (resolution & 0x80) | exponent,
      offsetSeconds: Math.abs(offset) < 1e11 ? offset : 0,
      fcsLength,
      addsEthernetHeader: linkType === RAW_IP && texts.name?.startsWith("mbb:") === true,
    },
    told: { linkType, timestampResolution: binary ? 2 ** -exponent : 10 ** -exponent, snapLength, ...texts },
  };
}

/** if_fcslen counts bits; 4 is what writers that count bytes mean. */
function fcsBytes(value: number): number {
  return value === 4 ? 4 : value % 8 === 0 && value <= 64 ? value / 8 : 0;
}

/** Options of a section header: the program that wrote it, its system and machine. */
export function readSectionOptions(block: BlockBytes, start: number, end: number, section: number, notes: NoteCollector): void {
  walkOptions(block, start, end, (code, at, length) => {
    if (code === COMMENT) noteComment(block, at, length, "section", section, notes);
    else if (code === 2) notes.hardware = shortText(block.bytes, at, length);
    else if (code === 3) notes.system = shortText(block.bytes, at, length);
    else if (code === 4) notes.program = shortText(block.bytes, at, length);
  });
}

/** isb_ifdrop and isb_osdrop: frames that the interface and the system lost since the capture began. */
export function readStatistics(block: BlockBytes, start: number, end: number): number {
  let dropped = 0;
  walkOptions(block, start, end, (code, at, length) => {
    if ((code === 5 || code === 7) && length >= 8) dropped += Number(block.view.getBigUint64(at, block.littleEndian));
  });
  return dropped;
}

export function noteComment(
  { bytes }: BlockBytes,
  at: number,
  length: number,
  about: "section" | "interface" | "frame",
  number: number,
  notes: NoteCollector,
): void {
  if (notes.wants("comments")) notes.comment(about, number, decodeUtf8(bytes, at, at + Math.min(length, LONGEST_TEXT)));
}

/** Texts of some writers end with a zero, which is no part of them. */
function shortText(bytes: Uint8Array, at: number, length: number): string {
  const whole = Math.min(length, LONGEST_NAME);
  let end = at;
  while (end < at + whole && bytes[end] !== 0) end++;
  return decodeUtf8(bytes, at, end);
}
