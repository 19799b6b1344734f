import type { Packing } from "./packing.ts";

/**
 * The only way core reads a capture. `read` copies up to `target.length` bytes that start at `offset` into `target` and gives the
 * number of bytes copied (0 at the end). It may answer at once, which is what makes a local file fast, or later.
 */
export interface ByteSource {
  /** Size of the file in bytes at the time the source was opened; a file that grows is opened again. */
  readonly size: number;
  /** Set where the file is compressed: `read` then gives unpacked bytes, whose number is known when a read gives 0. */
  readonly packing?: Packing;
  read(offset: number, target: Uint8Array): number | Promise<number>;
}

/** A source over bytes that are already in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(offset, target) {
      const end = Math.min(bytes.length, offset + target.length);
      if (end <= offset) return 0;
      target.set(bytes.subarray(offset, end));
      return end - offset;
    },
  };
}
