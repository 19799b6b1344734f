import type { TransformOptions } from "node:stream";
import { createGunzip, type Gunzip as ZlibGunzip, type ZlibOptions } from "node:zlib";
import type { ByteSource } from "../../core/index.ts";
import { PackedInput } from "./packedInput.ts";
import type { Unpacker } from "./unpacker.ts";

/** Compressed bytes handed to zlib at once, in the first pass and in those that come nearer to damage. */
const STEPS = [16 * 1024, 128, 1] as const;
/** Damage that far in the file is come to in one more pass of single bytes, since a pass takes longer than they do. */
const FAR = 64 * 1024 * 1024;
/** Unpacked bytes of one answer of zlib's, and how many may wait before it pauses. */
const OPTIONS: ZlibOptions & TransformOptions = { chunkSize: 128 * 1024, readableHighWaterMark: 512 * 1024 };

/**
 * Unpacks gzip members one after another (RFC 1952), by zlib, which works in a thread of its own while the bytes before are looked at.
 * When zlib finds damage it keeps what it had unpacked of its last input to itself. Then everything is unpacked again, and that input handed
 * over in smaller parts, in the end byte by byte: which gives all that comes before the damage, and its place.
 */
export class Gunzip implements Unpacker {
  private readonly source: ByteSource;
  private pass: Pass;
  /** Unpacked bytes given so far, and those that another pass must pass over. */
  private given = 0;
  private known = 0;
  /** Offset in the file of the input that was refused. */
  private damage = 0;

  constructor(source: ByteSource) {
    this.source = source;
    this.pass = new Pass(source, Number.POSITIVE_INFINITY, STEPS[0]);
  }

  get position(): number {
    return Math.max(this.damage, this.pass.input.position);
  }

  async next(): Promise<Uint8Array | null> {
    for (;;) {
      const piece = await this.pass.next();
      if (piece === null && this.pass.refused !== null) this.tryAgain(this.pass.refused);
      else if (piece === null) return null;
      else {
        const fresh = piece.subarray(Math.min(piece.length, this.known));
        this.known -= piece.length - fresh.length;
        this.given += fresh.length;
        if (fresh.length > 0) return fresh;
      }
    }
  }

  close(): void {
    this.pass.close();
  }

  /** @throws {PackedError} when the place is known */
  private tryAgain({ code, message }: NodeJS.ErrnoException): void {
    const { at, lastStep, input } = this.pass;
    this.pass.close();
    if (code === "Z_BUF_ERROR") throw input.cut(input.position);
    if (lastStep === 1) {
      // What follows a whole member must be another, or nothing; zlib says so at the second byte.
      if (message === "incorrect header check") throw input.trailing(at - 1);
      throw input.damaged(at, message === "incorrect data check" ? "checksum" : message === "incorrect length check" ? "size" : "data");
    }
    this.pass = new Pass(this.source, at, lastStep === STEPS[0] && at < FAR ? STEPS[1] : STEPS[2]);
    this.known = this.given;
    this.damage = at;
  }
}

/** The file through zlib, once. */
class Pass {
  readonly input: PackedInput;
  /** Offset in the file of the bytes that zlib has got last, and how many were meant to be. */
  at = 0;
  lastStep: number = STEPS[0];
  /** What zlib said of them. */
  refused: Error | null = null;
  private readonly gunzip: ZlibGunzip;
  private readonly slowFrom: number;
  private readonly slowStep: number;
  private writing = false;
  private ending = false;
  private over = false;
  private wake: () => void = () => undefined;

  /** From the offset `slowFrom` on, zlib gets `slowStep` bytes at once, and no more before all that came out is taken. */
  constructor(source: ByteSource, slowFrom: number, slowStep: number) {
    this.input = new PackedInput(source, "gzip");
    this.slowFrom = slowFrom;
    this.slowStep = slowStep;
    this.gunzip = createGunzip(OPTIONS);
    this.gunzip.on("readable", () => this.wake());
    this.gunzip.on("end", () => this.end());
    this.gunzip.on("close", () => this.end());
    this.gunzip.on("error", (error) => {
      this.refused = error;
      this.end();
    });
  }

  /** Null at the end, and where zlib refuses to go on. */
  async next(): Promise<Uint8Array | null> {
    for (;;) {
      const piece: Uint8Array | null = this.over ? null : this.gunzip.read();
      if (this.over && piece === null) return null;
      if (!this.writing && (piece === null || this.input.position < this.slowFrom)) await this.write(piece === null);
      if (piece !== null) return piece;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (this.over) resolve();
      });
    }
  }

  private async write(mayEnd: boolean): Promise<void> {
    if (this.ending) return;
    const { position } = this.input;
    const isSlow = position >= this.slowFrom;
    const bytes = await this.input.takeUpTo(isSlow ? this.slowStep : Math.min(STEPS[0], this.slowFrom - position));
    if (bytes.length > 0) {
      this.at = position;
      this.lastStep = isSlow ? this.slowStep : STEPS[0];
      this.writing = true;
      this.gunzip.write(bytes.slice(), () => {
        this.writing = false;
        this.wake();
      });
    } else if (mayEnd) {
      // Where the data are cut, zlib drops what has not been taken.
      this.ending = true;
      this.gunzip.end();
    }
  }

  private end(): void {
    this.over = true;
    this.wake();
  }

  close(): void {
    this.gunzip.destroy();
  }
}
