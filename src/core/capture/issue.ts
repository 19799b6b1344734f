/** Trouble while reading a capture. Everything before it is kept. */
export interface Issue {
  readonly kind: IssueKind;
  /** Frame at or after which it happened, from 1. */
  readonly frame?: number;
  /** Byte offset in the file. */
  readonly offset?: number;
  /** Numbers and names that the text of the kind needs. */
  readonly data?: Readonly<Record<string, string | number>>;
}

/**
 * `file-cut`: the file ends inside a record (data: have, need). `bad-record`: a record header cannot be right; nothing after it was read.
 * `encrypted-frames` (data: layer, frames): what they carry cannot be read. `fragments-incomplete` (data: datagrams): fragments of IP
 * datagrams are missing. `unknown-block`, `bad-block`: pcapng. `link-type-unsupported` (data: linkType, frames). `snap-length`: frames were cut when captured
 * (data: snapLength, frames). `unsupported-format` (data: format). `empty-file`. `not-a-capture`. `read-failed` (data: reason).
 * `cancelled`. `table-full` (data: table, limit): a table reached its cap, what came later is not shown. `file-changed`.
 */
export type IssueKind =
  | "file-cut"
  | "bad-record"
  | "bad-block"
  | "link-type-unsupported"
  | "encrypted-frames"
  | "fragments-incomplete"
  | "snap-length"
  | "unsupported-format"
  | "empty-file"
  | "not-a-capture"
  | "read-failed"
  | "cancelled"
  | "table-full"
  | "file-changed";

/** Kinds after which no frame at all could be read. */
export const FATAL_ISSUES: ReadonlySet<IssueKind> = new Set(["unsupported-format", "empty-file", "not-a-capture", "read-failed"]);
