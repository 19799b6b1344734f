import { LARGEST_BLOCK } from "./captureParser.ts";
import type { BlockBytes } from "./pcapngOptions.ts";

/** Types of block that are known (draft-ietf-opsawg-pcapng 11.1). */
export const BlockType = {
  SECTION_HEADER: 0x0a0d0d0a,
  INTERFACE_DESCRIPTION: 1,
  PACKET: 2,
  SIMPLE_PACKET: 3,
  NAME_RESOLUTION: 4,
  INTERFACE_STATISTICS: 5,
  ENHANCED_PACKET: 6,
  JOURNAL: 9,
  DECRYPTION_SECRETS: 10,
  CUSTOM: 0x00000bad,
  CUSTOM_NOT_COPIED: 0x40000bad,
} as const;

export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Type, length, length. */
export const SMALLEST_BLOCK = 12;
/** Type and length of a block. */
const BLOCK_HEADER = 8;
const SMALLEST_ENHANCED_PACKET = 32;
/** Largest block that a search believes; those of damaged files would hold the search up. */
const LARGEST_FOUND = 320 * 1024;

/**
 * Whether a block stands at `at`, behind one whose lengths differ. A number: so many bytes from there must be in the window before it can
 * be told.
 */
export function followsBlock(view: DataView, at: number, end: number, littleEndian: boolean, atEnd: boolean): boolean | number {
  if (end - at < BLOCK_HEADER) return atEnd ? false : BLOCK_HEADER;
  const type = view.getUint32(at, littleEndian);
  const length = view.getUint32(at + 4, littleEndian);
  const known = type === BlockType.SECTION_HEADER || (type >= BlockType.INTERFACE_DESCRIPTION && type <= BlockType.DECRYPTION_SECRETS);
  if (!known || length < SMALLEST_BLOCK || length > LARGEST_BLOCK || (length & 3) !== 0) return false;
  if (type === BlockType.SECTION_HEADER || length > LARGEST_FOUND) return true;
  if (at + length > end) return atEnd ? true : length;
  return view.getUint32(at + length - 4, littleEndian) === length;
}

/** Where a search for blocks came to. */
export interface FoundBlock {
  readonly at: number;
  /** A block stands at `at`; otherwise everything before is searched. */
  readonly whole: boolean;
  /** Bytes from `at` that must be there to go on. */
  readonly needed: number;
}

/** The next section header, or enhanced packet block of one of `interfaces`, whatever its place: damage moves blocks by any number of bytes. */
export function findBlock(block: BlockBytes, start: number, end: number, interfaces: number, atEnd: boolean): FoundBlock {
  const { bytes, view, littleEndian } = block;
  const first = littleEndian ? BlockType.ENHANCED_PACKET : 0;
  for (let at = start; at + SMALLEST_BLOCK <= end; at++) {
    const byte = bytes[at];
    if (byte === 0x0a && isSectionHeader(view, at)) return { at, whole: true, needed: SMALLEST_BLOCK };
    if (byte !== first) continue;
    const packet = isEnhancedPacket(block, at, end, interfaces, atEnd);
    if (packet === true) return { at, whole: true, needed: SMALLEST_BLOCK };
    if (packet !== false) return { at, whole: false, needed: packet };
  }
  return { at: Math.max(start, end - SMALLEST_BLOCK + 1), whole: false, needed: SMALLEST_BLOCK };
}

function isSectionHeader(view: DataView, at: number): boolean {
  if (view.getUint32(at, false) !== BlockType.SECTION_HEADER) return false;
  return view.getUint32(at + 8, false) === BYTE_ORDER_MAGIC || view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC;
}

function isEnhancedPacket({ view, littleEndian }: BlockBytes, at: number, end: number, interfaces: number, atEnd: boolean) {
  if (view.getUint32(at, littleEndian) !== BlockType.ENHANCED_PACKET) return false;
  const length = view.getUint32(at + 4, littleEndian);
  if (length < SMALLEST_ENHANCED_PACKET || length > LARGEST_FOUND || (length & 3) !== 0) return false;
  if (view.getUint32(at + 8, littleEndian) >= interfaces) return false;
  if (at + length > end) return atEnd ? false : length;
  if (view.getUint32(at + 20, littleEndian) > length - SMALLEST_ENHANCED_PACKET) return false;
  return view.getUint32(at + length - 4, littleEndian) === length;
}

/** The first enhanced packet block from which blocks, one after another, lead to the exact end of the file; -1: none. */
export function blocksToEnd(block: BlockBytes, start: number, end: number, interfaces: number): number {
  const { view, littleEndian } = block;
  // From behind, so that every place is looked at once: bytes can be made up in which every place begins a long chain.
  const leads = new Uint8Array(end - start + 1);
  leads[end - start] = 1;
  let first = -1;
  for (let at = end - SMALLEST_BLOCK; at >= start; at--) {
    const length = view.getUint32(at + 4, littleEndian);
    if (length < SMALLEST_BLOCK || (length & 3) !== 0 || length > end - at || leads[at + length - start] !== 1) continue;
    if (view.getUint32(at + length - 4, littleEndian) !== length) continue;
    leads[at - start] = 1;
    if (isEnhancedPacket(block, at, end, interfaces, true) === true) first = at;
  }
  return first;
}
