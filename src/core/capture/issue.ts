import type { PackedTrouble } from "../bytes/packing.ts";

/** Trouble while reading a capture. Everything before it is kept. */
export interface Issue {
  readonly kind: IssueKind;
  /** Frame at or after which it happened, from 1. */
  readonly frame?: number;
  /** Byte offset in the file; in a compressed file in what was unpacked, except for the kinds `packed-*`. */
  readonly offset?: number;
  /** Numbers and names that the text of the kind needs. */
  readonly data?: Readonly<Record<string, string | number>>;
}

/**
 * `file-cut`: the file ends inside a record (data: have, need). `bad-record` (pcap and the like), `bad-block` (pcapng): what stands there
 * cannot be right, and nothing after it was read (data: length). `bytes-skipped`: the same, but reading went on behind it (data: bytes, places;
 * of many places the last stands for the rest). `another-capture`: one of another format begins there, and nothing after it was read
 * (data: format). `zeros-at-end`: only zeros from there on (data: bytes). `wrong-block-length` (data: blocks).
 * `interface-missing`: frames of an interface that the file does not describe (data: frames).
 * `frames-dropped`: the capturing program says so (data: frames). `link-type-unsupported` (data: linkType, frames). `snap-length`: frames
 * were cut when captured (data: snapLength, frames, program). `encrypted-frames` (data: layer, frames): what they carry cannot be read.
 * `fragments-incomplete` (data: datagrams): fragments of IP datagrams are missing. `unsupported-format` (data: format). `empty-file`. `not-a-capture`.
 * `read-failed` (data: reason). `internal-error`: a fault of ours (data: reason). `cancelled`. `table-full` (data: table, limit): a table
 * reached its cap, what came later is not shown. `connections-ended-early` (data: connections, limit): more were open at a time than are
 * followed; those that were idle longest were judged as if the capture ended there. `holes-given-up` (data: streams, limit in MiB): more
 * bytes were out of order than are kept. `file-changed`.
 * `packed-twice` (data: outer, inner): a compressed file in a compressed file. The other kinds `packed-*`: see `PackedTrouble`.
 */
export type IssueKind =
  | "file-cut"
  | "bad-record"
  | "bad-block"
  | "bytes-skipped"
  | "another-capture"
  | "zeros-at-end"
  | "wrong-block-length"
  | "interface-missing"
  | "frames-dropped"
  | "link-type-unsupported"
  | "encrypted-frames"
  | "fragments-incomplete"
  | "snap-length"
  | "unsupported-format"
  | "empty-file"
  | "not-a-capture"
  | "read-failed"
  | "internal-error"
  | "cancelled"
  | "table-full"
  | "connections-ended-early"
  | "holes-given-up"
  | "packed-twice"
  | PackedTrouble["kind"];

/** Kinds after which no frame at all could be read, or not all that could be. */
export const FATAL_ISSUES: ReadonlySet<IssueKind> = new Set([
  "unsupported-format",
  "empty-file",
  "not-a-capture",
  "read-failed",
  "internal-error",
  "packed-twice",
]);
