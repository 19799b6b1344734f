import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { concat } from "./encode.ts";

const folder = new URL("../packed/", import.meta.url);

/** What every file of test/packed, and every compressed capture made here, unpacks to. */
export const UNPACKED = new Uint8Array(readFileSync(new URL("unpacked.pcap", folder)));

/** Compressed forms of `UNPACKED`, by name. */
export const PACKED: Readonly<Record<string, Uint8Array>> = {
  "gzip, one member": gzip(UNPACKED),
  "gzip, three members and two empty ones": concat(
    gzip(UNPACKED.subarray(0, 1000)),
    gzip(new Uint8Array()),
    gzip(UNPACKED.subarray(1000, 4000)),
    gzip(new Uint8Array()),
    gzip(UNPACKED.subarray(4000)),
  ),
  ...Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.includes(".pcap."))
      .map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))]),
  ),
};

/** One gzip member. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes, { level: 9 }));
}
