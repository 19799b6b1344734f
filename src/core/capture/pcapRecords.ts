import { USUAL_FRAME } from "./captureParser.ts";
import { isPcapMagic, LONGEST_PCAP_HEADER, type PcapHeader, RECORD_HEADER } from "./pcapHeader.ts";

/** Seconds between two records that follow each other, beyond which a record gets a second look. */
export const DAY = 86_400;
/** Records that are tried, or must follow each other, before they are believed. */
const CHAIN = 3;
/** Largest original length that a header of another variant is believed to have. */
const LARGEST_ORIGINAL = 128 * 1024 * 1024;

/** Part of a file in which records are looked for; `atEnd`: the file ends at `end`. */
export interface RecordWindow {
  readonly view: DataView;
  readonly end: number;
  readonly atEnd: boolean;
}

/** How the records of a file are laid out. */
export interface RecordLayout {
  readonly headerLength: number;
  /** Nanoseconds that the fraction of a second counts. */
  readonly fractionUnit: 1 | 1000;
}

/**
 * The layout that the first records of a file have: of the candidates with the same magic the first under which nothing is odd, or else the
 * usual one. A number: so many bytes of the file must be there before it can be told.
 */
export function chooseLayout(file: PcapHeader, window: RecordWindow, at: number): RecordLayout | number {
  const { fractionUnit } = file;
  const [usual = RECORD_HEADER, ...others] = file.recordHeaders;
  for (const headerLength of [usual, ...others]) {
    const tried = tryRecords(file, window, at, headerLength);
    if (typeof tried === "number") return tried;
    if (tried === "odd") continue;
    // Nanoseconds under the magic of microseconds: three of three could only by a chance of one to a million be anything else.
    return { headerLength, fractionUnit: tried === "nanoseconds" ? 1 : fractionUnit };
  }
  return { headerLength: usual, fractionUnit };
}

/** What the first records are like when their headers have this length. */
function tryRecords(file: PcapHeader, window: RecordWindow, start: number, headerLength: number): "right" | "nanoseconds" | "odd" | number {
  const { view, end, atEnd } = window;
  const { snapLength } = file;
  let at = start;
  let largeFractions = 0;
  for (let record = 0; record < CHAIN; record++) {
    if (at + headerLength > end) {
      // A file that ends here is cut: that says nothing of its layout.
      if (atEnd) break;
      return at + headerLength - start;
    }
    const fraction = view.getUint32(at + 4, file.littleEndian);
    const captured = capturedAt(file, view, at);
    const original = originalAt(file, view, at);
    if (captured > file.usualFrame || captured > original || original > LARGEST_ORIGINAL) return "odd";
    if ((snapLength > 0 && captured > snapLength) || fraction >= 1_000_000_000) return "odd";
    if (fraction >= 1_000_000 && file.fractionUnit === 1000) largeFractions++;
    at += headerLength + captured;
  }
  if (at > end && !atEnd) return at - start;
  if (largeFractions === CHAIN && headerLength === file.recordHeaders[0]) return "nanoseconds";
  return largeFractions === 0 ? "right" : "odd";
}

export function capturedAt(file: PcapHeader, view: DataView, at: number): number {
  const first = view.getUint32(at + 8, file.littleEndian);
  return file.lengthsInAnyOrder ? Math.min(first, view.getUint32(at + 12, file.littleEndian)) : first;
}

export function originalAt(file: PcapHeader, view: DataView, at: number): number {
  const second = view.getUint32(at + 12, file.littleEndian);
  return file.lengthsInAnyOrder ? Math.max(second, view.getUint32(at + 8, file.littleEndian)) : second;
}

/** A record header that a capture may well have about the time `near` (seconds since 1970; -1: any). */
function isPlausible(file: PcapHeader, layout: RecordLayout, view: DataView, at: number, near: number): boolean {
  const seconds = view.getUint32(at, file.littleEndian);
  if (near >= 0 && Math.abs(seconds - near) > DAY) return false;
  if (view.getUint32(at + 4, file.littleEndian) >= 1_000_000_000 / layout.fractionUnit) return false;
  const captured = capturedAt(file, view, at);
  if (captured === 0 || captured > file.usualFrame) return false;
  const original = originalAt(file, view, at);
  return original >= captured && original <= Math.max(USUAL_FRAME, file.usualFrame);
}

/**
 * Whether records follow each other from `at` on: three, or as many as there are up to the exact end of the file. A positive number: that
 * many bytes must be there before it can be told.
 */
export function recordsFollow(file: PcapHeader, layout: RecordLayout, window: RecordWindow, start: number, near: number): boolean | number {
  const { view, end, atEnd } = window;
  let at = start;
  for (let record = 0; record < CHAIN; record++) {
    if (at === end && atEnd && record > 0) return true;
    if (at + layout.headerLength > end) return atEnd ? false : at + layout.headerLength - start;
    if (!isPlausible(file, layout, view, at, near < 0 && record > 0 ? view.getUint32(start, file.littleEndian) : near)) return false;
    at += layout.headerLength + capturedAt(file, view, at);
  }
  return true;
}

/** The first place from which records, one after another, lead to the exact end of the file; -1: none. */
export function recordsToEnd(file: PcapHeader, layout: RecordLayout, view: DataView, start: number, end: number, near: number): number {
  // From behind, so that every place is looked at once: bytes can be made up in which every place begins a long chain.
  const leads = new Uint8Array(end - start + 1);
  leads[end - start] = 1;
  let first = -1;
  for (let at = end - layout.headerLength; at >= start; at--) {
    if (!isPlausible(file, layout, view, at, near)) continue;
    const next = at + layout.headerLength + capturedAt(file, view, at);
    if (next > end || leads[next - start] !== 1) continue;
    leads[at - start] = 1;
    first = at;
  }
  return first;
}

/** A file header in the middle of a file: what joining two captures with `cat` leaves. */
export function isFileHeader(view: DataView, at: number, end: number): boolean {
  if (end - at < LONGEST_PCAP_HEADER || !isPcapMagic(view.getUint32(at, false))) return false;
  // Major version 2 in either byte order, and one of the minor versions there are.
  const version = view.getUint32(at + 4, false);
  return version === 0x00020004 || version === 0x02000400 || version === 0x00020003 || version === 0x02000300;
}
