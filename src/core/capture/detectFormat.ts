import { isPcapMagic } from "./pcapParser.ts";

export type DetectedFormat =
  | { readonly kind: "pcap" | "pcapng" }
  /** A format that is known and not read; the text of the issue says how to convert it. */
  | { readonly kind: "known"; readonly name: KnownFormat }
  | { readonly kind: "unknown"; readonly magic: string };

export type KnownFormat =
  | "gzip"
  | "zstd"
  | "lz4"
  | "bzip2"
  | "xz"
  | "zip"
  | "cab"
  | "netmon-2"
  | "netmon-1"
  | "snoop"
  | "iptrace"
  | "nettl"
  | "netscaler"
  | "netxray"
  | "sniffer"
  | "pcap-modified"
  | "pcap-ixia"
  | "etl"
  | "cbpf-savefile";

const MAGICS: readonly (readonly [string, KnownFormat])[] = [
  ["1f8b", "gzip"],
  ["28b52ffd", "zstd"],
  ["04224d18", "lz4"],
  ["425a68", "bzip2"],
  ["fd377a585a00", "xz"],
  ["504b0304", "zip"],
  ["4d534346", "cab"],
  ["474d4255", "netmon-2"],
  ["52545353", "netmon-1"],
  ["736e6f6f70000000", "snoop"],
  ["697074726163652031", "iptrace"],
  ["697074726163652032", "iptrace"],
  ["54520064", "nettl"],
  ["000000010000000000", "nettl"],
  ["58435000", "netxray"],
  ["5452534e494646", "sniffer"],
  ["a1b2cd34", "pcap-modified"],
  ["34cdb2a1", "pcap-modified"],
  ["1c0001ac", "pcap-ixia"],
  ["ac01001c", "pcap-ixia"],
  ["1c0001ab", "pcap-ixia"],
  ["ab01001c", "pcap-ixia"],
  ["a1b2c3cb", "cbpf-savefile"],
  ["cbc3b2a1", "cbpf-savefile"],
];

/** Tells the format by the first bytes, never by the name: `.cap` alone is used by five formats. */
export function detectFormat(head: Uint8Array): DetectedFormat {
  const hex = toHex(head, 16);
  if (head.length >= 4) {
    const magic = Number.parseInt(hex.slice(0, 8), 16);
    if (isPcapMagic(magic)) return { kind: "pcap" };
    if (magic === 0x0a0d0d0a) return { kind: "pcapng" };
  }
  for (const [prefix, name] of MAGICS) if (hex.startsWith(prefix)) return { kind: "known", name };
  if (ascii(head, 0, 64).includes("etscaler") || ascii(head, 0, 64).includes("etScaler")) return { kind: "known", name: "netscaler" };
  if (looksLikeEtl(head)) return { kind: "known", name: "etl" };
  return { kind: "unknown", magic: hex.slice(0, 16) };
}

/** An ETW log starts with a WMI_BUFFER_HEADER: its buffer size is a power of two from 4 KiB to 16 MiB, and the version at 0x38 follows. */
function looksLikeEtl(head: Uint8Array): boolean {
  if (head.length < 0x68) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const size = view.getUint32(0, true);
  const powerOfTwo = size >= 4096 && size <= 16_777_216 && (size & (size - 1)) === 0;
  const saved = view.getUint32(4, true);
  // The first event is a SYSTEM_TRACE_HEADER: marker 0xC0 in the top byte of its first word (32- or 64-bit).
  return powerOfTwo && saved <= size && (head[0x4b] === 0xc0 || head[0x4b] === 0xc1);
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
