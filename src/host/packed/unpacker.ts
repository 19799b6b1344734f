import type { ByteSource, PackedTrouble } from "../../core/index.ts";

/** Unpacks a compressed file, forwards and once. */
export interface Unpacker {
  /** Bytes of the compressed file taken so far. */
  readonly position: number;
  /**
   * The next unpacked bytes, which stay as they are until the next call; null at the end.
   * @throws {PackedError} when the compressed data end before their end, or cannot be right; what was given before is good
   */
  next(): Promise<Uint8Array | null>;
  close(): void;
}

export type CreateUnpacker = (source: ByteSource) => Unpacker;

/** Why unpacking cannot go on. */
export class PackedError extends Error {
  readonly trouble: PackedTrouble;

  constructor(trouble: PackedTrouble) {
    super(`${trouble.kind} at byte ${trouble.offset}`);
    this.trouble = trouble;
  }
}
