/** Compressed formats whose content is read. */
export type PackedFormat = "gzip" | "zstd" | "lz4";

/** What a source that unpacks its bytes while they are read knows of the file itself. */
export interface Packing {
  readonly format: PackedFormat;
  /** Bytes of the compressed file that the last read had come to; `ByteSource.size` counts these bytes too. */
  readonly bytesRead: number;
  /** Why unpacking ended before the end of the file; null while all is well. What was unpacked before is good. */
  readonly trouble: PackedTrouble | null;
}

/**
 * `packed-cut`: the file ends inside its compressed data. `packed-damaged` (reason: `data`, `checksum` or `size`): what is compressed cannot
 * be right, or does not agree with its checksum or length. `packed-trailing` (data: bytes): bytes follow the compressed data that are none.
 * `packed-limit` (reason: `ratio`, `size` or `empty`): more would be unpacked than a capture can be, or
 * parts without content go on and on. `packed-unsupported` (reason: `dictionary` or
 * `window`): valid, but not readable here. `file-changed`: the file became shorter while it was read.
 */
export interface PackedTrouble {
  readonly kind: "packed-cut" | "packed-damaged" | "packed-trailing" | "packed-limit" | "packed-unsupported" | "file-changed";
  /** Byte offset in the compressed file. */
  readonly offset: number;
  readonly data: Readonly<Record<string, string | number>>;
}
