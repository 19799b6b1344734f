import type { ByteSource, PackedFormat, PackedTrouble } from "../../core/index.ts";
import { PackedError } from "./unpacker.ts";

const CHUNK = 64 * 1024;
const SKIPPABLE = 0x184d2a50;
const MOST_EMPTY = 10_000;

/** Reads a compressed file forwards, by the lengths that its format asks for. */
export class PackedInput {
  /** Offset in the file of the first byte not taken yet. */
  position = 0;
  readonly source: ByteSource;
  private readonly format: PackedFormat;
  private bytes = new Uint8Array(CHUNK);
  /** Frames and blocks since the last content. */
  private empty = 0;
  private start = 0;
  private end = 0;

  constructor(source: ByteSource, format: PackedFormat) {
    this.source = source;
    this.format = format;
  }

  /** Takes the next bytes, which stay as they are until the next call: `count` of them, or fewer where the file ends. */
  async takeUpTo(count: number): Promise<Uint8Array> {
    // A length that the file only claims makes no room.
    const wanted = Math.min(count, Math.max(0, this.source.size - this.position));
    if (this.end - this.start < wanted) await this.fill(wanted);
    const taken = this.bytes.subarray(this.start, Math.min(this.end, this.start + wanted));
    this.start += taken.length;
    this.position += taken.length;
    return taken;
  }

  /** @throws {PackedError} where the file ends before */
  async take(count: number): Promise<Uint8Array> {
    const at = this.position;
    const taken = await this.takeUpTo(count);
    if (taken.length < count) throw this.cut(at + taken.length);
    return taken;
  }

  /**
   * Goes to the next frame and takes its magic; zstd and LZ4 share the frames that are passed over (RFC 8878 section 3.1.2). False at the end
   * of the file.
   * @throws {PackedError} where something else follows
   */
  async nextFrame(magic: number): Promise<boolean> {
    for (;;) {
      const at = this.position;
      const bytes = await this.takeUpTo(4);
      if (bytes.length === 0) return false;
      this.passEmpty();
      const value = littleEndian(bytes);
      if (bytes.length < 4) throw value === magic % 256 ** bytes.length ? this.cut(at + bytes.length) : this.trailing(at);
      if (value === magic) return true;
      if (value - (value % 16) !== SKIPPABLE) throw this.trailing(at);
      await this.skip(littleEndian(await this.take(4)));
    }
  }

  /**
   * Counts a frame or block without content.
   * @throws {PackedError} when too many come in a row: nothing is given meanwhile, so that nobody could stop the reading
   */
  passEmpty(): void {
    this.empty++;
    if (this.empty > MOST_EMPTY) throw this.error("packed-limit", this.position, { reason: "empty" });
  }

  /** Content has come. */
  passContent(): void {
    this.empty = 0;
  }

  /** Passes over bytes without holding them. */
  private async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) left -= (await this.take(Math.min(left, CHUNK))).length;
  }

  /** The file ends inside its compressed data; by itself, or because it became shorter. */
  cut(offset: number): PackedError {
    return this.error(offset < this.source.size ? "file-changed" : "packed-cut", offset, {});
  }

  damaged(offset: number, reason: "data" | "checksum" | "size"): PackedError {
    return this.error("packed-damaged", offset, { reason });
  }

  unsupported(offset: number, reason: "dictionary" | "window"): PackedError {
    return this.error("packed-unsupported", offset, { reason });
  }

  /** From `offset` to its end, the file holds something else. */
  trailing(offset: number): PackedError {
    return this.error("packed-trailing", offset, { bytes: Math.max(0, this.source.size - offset) });
  }

  private error(kind: PackedTrouble["kind"], offset: number, data: PackedTrouble["data"]): PackedError {
    return new PackedError({ kind, offset, data: { format: this.format, ...data } });
  }

  private async fill(wanted: number): Promise<void> {
    const rest = this.bytes.subarray(this.start, this.end);
    if (wanted > this.bytes.length) {
      const larger = new Uint8Array(wanted);
      larger.set(rest);
      this.bytes = larger;
    } else this.bytes.copyWithin(0, this.start, this.end);
    this.start = 0;
    this.end = rest.length;
    while (this.end < wanted) {
      const got = await this.source.read(this.position + this.end, this.bytes.subarray(this.end));
      if (got === 0) return;
      this.end += got;
    }
  }
}

/** A whole number, its least significant byte first; exact up to 2^53. */
export function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
