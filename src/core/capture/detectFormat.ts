import type { PackedFormat } from "../bytes/packing.ts";
import type { CaptureFormat } from "./captureParser.ts";
import { isPcapMagic } from "./pcapHeader.ts";

export type DetectedFormat = { readonly kind: CaptureFormat } | OtherFormat;

/** What is no capture that is read as it stands. */
export type OtherFormat =
  /** A compressed file whose content is read, where the host unpacks it. */
  | { readonly kind: "packed"; readonly name: PackedFormat }
  /** A format that is known and not read; the text of the issue says how to convert it. */
  | { readonly kind: "known"; readonly name: KnownFormat }
  | { readonly kind: "unknown"; readonly magic: string };

export type KnownFormat =
  | PackedFormat
  | "bzip2"
  | "xz"
  | "zip"
  | "cab"
  | "nettl"
  | "netscaler"
  | "netxray"
  | "sniffer"
  | "message-analyzer"
  | "pcap-mesquita"
  | "pcap-navtel"
  | "etl"
  | "cbpf-savefile";

/** A zstd file may begin with a skippable frame (RFC 8878 section 3.1.2), as pzstd's do. */
const PACKED: readonly (readonly [RegExp, PackedFormat])[] = [
  [/^1f8b/, "gzip"],
  [/^(28b52ffd|5.2a4d18)/, "zstd"],
  [/^04224d18/, "lz4"],
];

/** Compressed formats that are only known. */
export const ARCHIVES: ReadonlySet<KnownFormat> = new Set(["bzip2", "xz", "zip", "cab"]);

/** Formats that are read, besides pcap with its many magics. */
const READ: readonly (readonly [string, CaptureFormat])[] = [
  ["0a0d0d0a", "pcapng"],
  ["474d4255", "netmon-2"],
  ["52545353", "netmon-1"],
  ["736e6f6f70000000", "snoop"],
  // iptrace 1.0, iptrace 2.0
  ["6970747261636520312e30", "iptrace"],
  ["6970747261636520322e30", "iptrace"],
];

const MAGICS: readonly (readonly [string, KnownFormat])[] = [
  ["425a68", "bzip2"],
  ["fd377a585a00", "xz"],
  ["504b0304", "zip"],
  ["4d534346", "cab"],
  ["54520064", "nettl"],
  ["000000010000000000", "nettl"],
  ["58435000", "netxray"],
  ["5452534e494646", "sniffer"],
  ["a1b234cd", "pcap-mesquita"],
  ["cd34b2a1", "pcap-mesquita"],
  ["a12b3c4d", "pcap-navtel"],
  ["4d3c2ba1", "pcap-navtel"],
  ["a1b2c3cb", "cbpf-savefile"],
  ["cbc3b2a1", "cbpf-savefile"],
];

/** Tells the format by the first bytes, never by the name: `.cap` alone is used by five formats. */
export function detectFormat(head: Uint8Array): DetectedFormat {
  const hex = toHex(head, 16);
  if (head.length >= 4) {
    const magic = Number.parseInt(hex.slice(0, 8), 16);
    if (isPcapMagic(magic)) return { kind: "pcap" };
  }
  for (const [prefix, kind] of READ) if (hex.startsWith(prefix)) return { kind };
  for (const [pattern, name] of PACKED) if (pattern.test(hex)) return { kind: "packed", name };
  const text = ascii(head, 0, 128).toLowerCase();
  for (const [prefix, name] of MAGICS) {
    if (hex.startsWith(prefix)) return { kind: "known", name: name === "zip" && isMessageAnalyzer(text) ? "message-analyzer" : name };
  }
  if (text.includes("netscaler performance data") || /netscaler v[23]/.test(text)) return { kind: "known", name: "netscaler" };
  if (looksLikeEtl(head)) return { kind: "known", name: "etl" };
  return { kind: "unknown", magic: hex.slice(0, 16) };
}

/** The first name in a .matp or .matu archive. */
function isMessageAnalyzer(text: string): boolean {
  return /\.mat[pu]|messageanalyzer/.test(text);
}

/**
 * An ETW log has no magic. It starts with a WMI_BUFFER_HEADER of type 4 (header), in which the first record is a SYSTEM_TRACE_HEADER of event
 * 0: version 1 to 4, header type 1 or 2, flags 0xC0. The TRACE_LOGFILE_HEADER behind it names a size of its buffers in whole KiB.
 */
function looksLikeEtl(head: Uint8Array): boolean {
  if (head.length < 0x6c) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const size = view.getUint32(0, true);
  const version = view.getUint16(0x48, true);
  const type = head[0x4a] ?? 0;
  if (size < 0x400 || (size & 7) !== 0 || view.getUint16(0x36, true) !== 4) return false;
  if (version < 1 || version > 4 || type < 1 || type > 2 || head[0x4b] !== 0xc0 || view.getUint16(0x4e, true) !== 0) return false;
  const bufferSize = view.getUint32(0x68, true);
  return bufferSize > 0 && (bufferSize & 0x3ff) === 0;
}

function toHex(bytes: Uint8Array, count: number): string {
  let text = "";
  for (let i = 0; i < Math.min(count, bytes.length); i++) text += (bytes[i] ?? 0).toString(16).padStart(2, "0");
  return text;
}

function ascii(bytes: Uint8Array, start: number, count: number): string {
  let text = "";
  for (let i = start; i < Math.min(start + count, bytes.length); i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
