import type { ByteSource, PackedFormat, PackedTrouble, Packing } from "../../core/index.ts";
import { type CreateUnpacker, PackedError, type Unpacker } from "./unpacker.ts";

/** Readers kept for those who may read on; a capture is read by one pass from its start to its end, seldom by two at a time. */
const MOST_IDLE = 2;
/** A capture does not unpack to so many times its size: frames have headers that differ. Small files are let off. */
const LARGEST_RATIO = 1000;
const RATIO_FROM = 1024 ** 3;
const LARGEST = 1024 ** 4;

/** A file that can be closed. */
export interface PackedFile extends ByteSource {
  close?(): void | Promise<void>;
}

/**
 * The content of a compressed file. Nothing of it is kept: what is read in order is unpacked once, and reading at an earlier place than any
 * reader has come to starts again from the beginning of the file. The passes over a capture read in order, so no places to start from
 * are remembered.
 */
export class UnpackedSource implements ByteSource {
  readonly size: number;
  readonly packing: Packing;
  private readonly file: PackedFile;
  private readonly createUnpacker: CreateUnpacker;
  private readonly progress: { format: PackedFormat; bytesRead: number; trouble: PackedTrouble | null };
  private idle: Reader[] = [];
  /** Number of unpacked bytes, once it is known. */
  private end = Number.POSITIVE_INFINITY;
  private closed = false;

  constructor(file: PackedFile, format: PackedFormat, createUnpacker: CreateUnpacker) {
    this.file = file;
    this.size = file.size;
    this.createUnpacker = createUnpacker;
    this.progress = { format, bytesRead: 0, trouble: null };
    this.packing = this.progress;
  }

  async read(offset: number, target: Uint8Array): Promise<number> {
    if (offset >= this.end) return 0;
    const reader = this.readerAt(offset);
    try {
      return await this.readOn(reader, offset, target.subarray(0, Math.min(target.length, this.end - offset)));
    } catch (error) {
      reader.unpacker.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { unpacker } of this.idle) unpacker.close();
    this.idle = [];
    await this.file.close?.();
  }

  private async readOn(reader: Reader, offset: number, target: Uint8Array): Promise<number> {
    const got = await reader.read(offset, target);
    if (this.closed) throw new Error("The capture was closed.");
    const isAll = reader.end !== null && reader.trouble === null;
    this.progress.bytesRead = isAll ? this.size : reader.unpacker.position;
    if (reader.end !== null) {
      this.end = reader.end;
      this.progress.trouble = reader.trouble;
      reader.unpacker.close();
    } else this.putBack(reader);
    return got;
  }

  /** The reader that has least to pass over; nobody else uses it meanwhile. */
  private readerAt(offset: number): Reader {
    const candidates = this.idle.filter(({ position }) => position <= offset);
    const nearest = candidates.reduce<Reader | undefined>((best, one) => (best && best.position > one.position ? best : one), undefined);
    if (nearest === undefined) return new Reader(this.createUnpacker(this.file), this.packing.format);
    this.idle = this.idle.filter((one) => one !== nearest);
    return nearest;
  }

  private putBack(reader: Reader): void {
    this.idle.push(reader);
    if (this.idle.length > MOST_IDLE) this.idle.shift()?.unpacker.close();
  }
}

/** One way through the file. */
class Reader {
  readonly unpacker: Unpacker;
  /** Offset of the next unpacked byte. */
  position = 0;
  /** Number of unpacked bytes, when all are read; null before. */
  end: number | null = null;
  trouble: PackedTrouble | null = null;
  private readonly format: PackedFormat;
  private piece: Uint8Array = new Uint8Array(0);
  /** Bytes unpacked, which `position` may be behind. */
  private unpacked = 0;

  constructor(unpacker: Unpacker, format: PackedFormat) {
    this.unpacker = unpacker;
    this.format = format;
  }

  /** Fills the target from `offset` on as far as there are bytes. */
  async read(offset: number, target: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < target.length) {
      if (this.piece.length === 0 && !(await this.unpackMore())) break;
      const passed = Math.min(this.piece.length, offset + filled - this.position);
      const part = this.piece.subarray(passed, passed + target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.position += passed + part.length;
      this.piece = this.piece.subarray(passed + part.length);
    }
    return filled;
  }

  private async unpackMore(): Promise<boolean> {
    if (this.end !== null) return false;
    try {
      const piece = await this.unpacker.next();
      if (piece !== null) {
        this.piece = piece;
        this.unpacked += piece.length;
        this.checkLimits();
        return true;
      }
    } catch (error) {
      if (!(error instanceof PackedError)) throw error;
      this.trouble = error.trouble;
    }
    this.end = this.position;
    return false;
  }

  private checkLimits(): void {
    const { position } = this.unpacker;
    const isBomb = this.unpacked > RATIO_FROM && this.unpacked > LARGEST_RATIO * position;
    if (!isBomb && this.unpacked <= LARGEST) return;
    this.piece = new Uint8Array(0);
    throw new PackedError({ kind: "packed-limit", offset: position, data: { format: this.format, reason: isBomb ? "ratio" : "size" } });
  }
}
