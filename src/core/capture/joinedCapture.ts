import type { CaptureFormat } from "./captureParser.ts";
import { LONGEST_PCAP_HEADER } from "./pcapHeader.ts";
import { isFileHeader } from "./pcapRecords.ts";

const SECTION_HEADER = 0x0a0d0d0a;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** The first eight bytes of formats that are told by them. */
const MAGICS: readonly (readonly [high: number, low: number, CaptureFormat])[] = [
  [0x736e6f6f, 0x70000000, "snoop"],
  // iptrace
  [0x69707472, 0x61636520, "iptrace"],
];
/** Network Monitor: the magic, and the major version behind the minor one. */
const GMBU = 0x474d4255;
const RTSS = 0x52545353;

/** Bytes from which it is told whether another capture begins. */
export const CAPTURE_START = LONGEST_PCAP_HEADER;

/** The format of a capture whose header stands at `at`, where `cat` has put it behind another one; null: none. */
export function captureStart(view: DataView, at: number, end: number): CaptureFormat | null {
  if (end - at < CAPTURE_START) return null;
  const first = view.getUint32(at, false);
  if (first === SECTION_HEADER) return isByteOrder(view, at + 8) ? "pcapng" : null;
  if (first === GMBU) return view.getUint8(at + 5) === 2 ? "netmon-2" : null;
  if (first === RTSS) return view.getUint8(at + 5) === 1 ? "netmon-1" : null;
  const second = view.getUint32(at + 4, false);
  for (const [high, low, format] of MAGICS) if (first === high && second === low) return format;
  return isFileHeader(view, at, end) ? "pcap" : null;
}

function isByteOrder(view: DataView, at: number): boolean {
  return view.getUint32(at, false) === BYTE_ORDER_MAGIC || view.getUint32(at, true) === BYTE_ORDER_MAGIC;
}
