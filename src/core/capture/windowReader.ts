import type { ByteSource } from "../bytes/byteSource.ts";
import { LARGEST_BLOCK } from "./captureParser.ts";

/**
 * Half a MiB: reading is equally fast from 256 KiB to 4 MiB and slower outside (64 KiB 0.85 times, 16 MiB leaves the cache), and of these
 * half a MiB stays in the cache that is nearest while its headers are looked at: 5% less time than with one or more on bulk data. It keeps
 * the time between two looks at the cancel signal at a few milliseconds.
 */
const CHUNK = 512 * 1024;
const SMALLEST_WINDOW = 64 * 1024;
/**
 * What is read at first, in the beginning and behind a jump. A table that jumps for every frame would read the file many times over with
 * whole chunks; and the loop over the records has come to the end of a chunk before V8 compiles it, which else throws it away fifty times.
 */
const AT_FIRST = 32 * 1024;

/** The source could not be read: what the system said. */
export class SourceFailure extends Error {
  /** Position in the file where the reading failed. */
  readonly offset: number;

  constructor(cause: unknown, offset: number) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.offset = offset;
  }
}

/** The window of the file that is in memory: `bytes[start, end)` is not consumed yet. */
export class WindowReader {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  start = 0;
  end = 0;
  /** Position in the file of `bytes[0]`. */
  fileOffset = 0;
  /** Bytes read so far, those read twice counted twice. */
  taken = 0;
  readonly source: ByteSource;
  /** Bytes that the capture has; infinite while it is unpacked, which ends when it ends. */
  private readonly length: number;
  private most = AT_FIRST;

  constructor(source: ByteSource) {
    this.source = source;
    this.length = source.packing === undefined ? source.size : Number.POSITIVE_INFINITY;
    this.bytes = new Uint8Array(Math.min(CHUNK, Math.max(SMALLEST_WINDOW, this.length)));
    this.view = new DataView(this.bytes.buffer);
  }

  /** Position in the file of the first byte that was not read. */
  get position(): number {
    return this.fileOffset + this.end;
  }

  /** Moves what is left to the front; grows (once, bounded, and only as far as the file has bytes) for a record larger than the window. */
  makeRoom(needed: number): void {
    const rest = this.end - this.start;
    const left = this.length - (this.fileOffset + this.start);
    const wanted = Math.min(needed, LARGEST_BLOCK + 16, left);
    if (wanted > this.bytes.length) {
      const larger = new Uint8Array(Math.ceil(wanted / CHUNK) * CHUNK);
      larger.set(this.bytes.subarray(this.start, this.end));
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    } else if (this.start > 0) {
      this.bytes.copyWithin(0, this.start, this.end);
    }
    this.fileOffset += this.start;
    this.start = 0;
    this.end = rest;
  }

  /** Goes on at another position of the file; what the window already has of it is not read again. */
  jump(position: number): void {
    if (position >= this.fileOffset && position <= this.position) {
      this.start = position - this.fileOffset;
      return;
    }
    this.fileOffset = position;
    this.start = 0;
    this.end = 0;
    this.most = AT_FIRST;
  }

  /** Reads on behind what is left; gives the number of bytes read, 0 at the end of the file. */
  fill(): number | Promise<number> {
    if (this.end === this.bytes.length) return 0;
    const limit = Math.min(this.bytes.length, this.end + this.most);
    const whole = this.end === 0 && limit === this.bytes.length;
    this.most = Number.POSITIVE_INFINITY;
    try {
      const got = this.source.read(this.position, whole ? this.bytes : this.bytes.subarray(this.end, limit));
      if (typeof got === "number") return this.took(got);
      return got.then(
        (count) => this.took(count),
        (error) => this.failed(error),
      );
    } catch (error) {
      return this.failed(error);
    }
  }

  private failed(error: unknown): never {
    throw new SourceFailure(error, this.position);
  }

  private took(count: number): number {
    this.end += count;
    this.taken += count;
    return count;
  }
}
