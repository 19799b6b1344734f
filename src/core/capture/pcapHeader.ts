import { USUAL_FRAME } from "./captureParser.ts";

/** Families of pcap files by their magic: how long the file header is, what a fraction counts, and what the record headers may look like. */
interface PcapFamily {
  readonly headerLength: number;
  /** Nanoseconds that the fraction of a second counts. */
  readonly fractionUnit: 1 | 1000;
  /** Lengths of the record header that writers with this magic use, the usual one first. */
  readonly recordHeaders: readonly number[];
}

/** Length of libpcap's record header: seconds, fraction, captured length, original length. */
export const RECORD_HEADER = 16;

const MICROSECONDS: PcapFamily = { headerLength: 24, fractionUnit: 1000, recordHeaders: [RECORD_HEADER, 24, 20] };
const NANOSECONDS: PcapFamily = { headerLength: 24, fractionUnit: 1, recordHeaders: [RECORD_HEADER] };
/** A. Kuznetzov's libpcap: records with the interface's index, the protocol and the kind of packet; SuSE 6.3 had four bytes more. */
const MODIFIED: PcapFamily = { headerLength: 24, fractionUnit: 1000, recordHeaders: [24, 28] };
const IXIA_HARDWARE: PcapFamily = { ...NANOSECONDS, headerLength: 28 };
const IXIA_SOFTWARE: PcapFamily = { ...MICROSECONDS, headerLength: 28, recordHeaders: [RECORD_HEADER] };

const FAMILIES: ReadonlyMap<number, PcapFamily> = new Map([
  [0xa1b2c3d4, MICROSECONDS],
  [0xa1b23c4d, NANOSECONDS],
  [0xa1b2cd34, MODIFIED],
  [0x1c0001ac, IXIA_HARDWARE],
  [0x1c0001ab, IXIA_SOFTWARE],
]);

/** Longest file header of any family. */
export const LONGEST_PCAP_HEADER = 28;

/** The header of a pcap file, of either byte order. */
export interface PcapHeader extends PcapFamily {
  readonly littleEndian: boolean;
  /** LINKTYPE number. */
  readonly linkType: number;
  /** Bytes of check sequence at the end of every frame. */
  readonly fcsLength: number;
  readonly snapLength: number;
  /** Largest captured length that needs no second look. */
  readonly usualFrame: number;
  /** Before version 2.4 the two lengths came in either order; the captured one is never larger. */
  readonly lengthsInAnyOrder: boolean;
  /** Bytes of padding in front of every frame. */
  readonly padding: number;
}

/** True for every magic of a pcap file that is read. */
export function isPcapMagic(magicBigEndian: number): boolean {
  return FAMILIES.has(magicBigEndian) || FAMILIES.has(swapped(magicBigEndian));
}

/** The file header at `at`, of which at least `LONGEST_PCAP_HEADER` bytes or the rest of the file can be read; null: no pcap magic there. */
export function readPcapHeader(view: DataView, at: number): PcapHeader | null {
  const magic = view.getUint32(at, false);
  const littleEndian = !FAMILIES.has(magic);
  const family = FAMILIES.get(littleEndian ? swapped(magic) : magic);
  if (family === undefined) return null;
  const major = view.getUint16(at + 4, littleEndian);
  const minor = view.getUint16(at + 6, littleEndian);
  const snapLength = view.getUint32(at + 16, littleEndian);
  const word = view.getUint32(at + 20, littleEndian);
  const aix = family === MICROSECONDS && major === 2 && minor === 2 ? AIX_LINK_TYPES.get(word) : undefined;
  return {
    ...family,
    ...(aix === undefined ? {} : { fractionUnit: 1, recordHeaders: [RECORD_HEADER] }),
    littleEndian,
    linkType: aix ?? word & 0xffff,
    fcsLength: (word & FCS_PRESENT) === 0 ? 0 : (word >>> 28) * 2,
    snapLength,
    usualFrame: Math.max(USUAL_FRAME, snapLength > LARGEST_USUAL_FRAME ? 0 : snapLength),
    lengthsInAnyOrder: minor < 4 || major === DG_UX,
    // AIX aligns what follows the frame control byte of FDDI.
    padding: aix === FDDI ? 3 : 0,
  };
}

/** Snap lengths above this one say "everything", not how long frames are. */
const LARGEST_USUAL_FRAME = 1024 * 1024;

/** Bit of the link type word: its upper four bits give the length of the check sequence in units of 16 bits. */
const FCS_PRESENT = 0x0400_0000;
const FDDI = 10;
/** tcpdump of DG/UX writes version 543.0. */
const DG_UX = 543;
/** AIX writes version 2.2, interface types of IANA as link types, and nanoseconds. */
const AIX_LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [6, 1],
  [9, 6],
  [15, FDDI],
  [24, 0],
]);

function swapped(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}
