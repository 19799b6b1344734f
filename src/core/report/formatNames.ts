import type { Capture } from "../model/capture.ts";
import { knownFormat } from "./knownFormats.ts";

/** `pcap`, `pcapng (gzip)`: what a list of facts on a capture says of its format; nothing where it is none. */
export function formatNames({ format, packing }: Pick<Capture, "format" | "packing">): readonly string[] {
  if (format === null) return [];
  return [packing === null ? format : `${format} (${knownFormat(packing).name})`];
}
