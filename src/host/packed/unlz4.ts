import type { XXHash, XXHashAPI } from "xxhash-wasm";
import type { ByteSource } from "../../core/index.ts";
import { loadHashes } from "./hashes.ts";
import { decodeLz4Block } from "./lz4Block.ts";
import { littleEndian, PackedInput } from "./packedInput.ts";
import type { Unpacker } from "./unpacker.ts";

/* LZ4 frames: lz4_Frame_format.md of the LZ4 project, version 1.6.4. */

const MAGIC = 0x184d2204;
/** How far back a match reaches. */
const WINDOW = 64 * 1024;
const UNCOMPRESSED = 0x8000_0000;

interface Frame {
  readonly independent: boolean;
  readonly blockChecksums: boolean;
  /** Bytes of the content as the header gives them; null where it does not. */
  readonly size: bigint | null;
  /** Largest block, unpacked. */
  readonly largest: number;
  /** Hash of the content; null where the frame has no checksum. */
  readonly hash: XXHash<number> | null;
  unpacked: bigint;
}

/** Unpacks LZ4 frames one after another. */
export class Unlz4 implements Unpacker {
  private readonly input: PackedInput;
  private hashes: XXHashAPI | undefined;
  private frame: Frame | null = null;
  /** The window, then the block; `end` is where the window ends. */
  private output = new Uint8Array(0);
  private end = 0;

  constructor(source: ByteSource) {
    this.input = new PackedInput(source, "lz4");
  }

  get position(): number {
    return this.input.position;
  }

  async next(): Promise<Uint8Array | null> {
    this.hashes ??= await loadHashes();
    for (;;) {
      if (this.frame === null && !(await this.input.nextFrame(MAGIC))) return null;
      this.frame ??= await this.readHeader(this.hashes);
      const block = await this.nextBlock(this.frame, this.hashes);
      if (block !== null && block.length > 0) {
        this.input.passContent();
        return block;
      }
      this.input.passEmpty();
    }
  }

  close(): void {
    this.output = new Uint8Array(0);
  }

  private async readHeader(hashes: XXHashAPI): Promise<Frame> {
    const at = this.input.position;
    const [flags = 0, sizes = 0] = (await this.input.take(2)).slice();
    const largest = 1 << (8 + 2 * ((sizes >> 4) & 7));
    const valid = flags >> 6 === 1 && (flags & 2) === 0 && (sizes & 0x8f) === 0 && largest >= WINDOW;
    if (!valid) throw this.input.damaged(at, "data");
    const rest = (await this.input.take(((flags & 8) === 0 ? 0 : 8) + ((flags & 1) === 0 ? 0 : 4))).slice();
    const [check] = await this.input.take(1);
    if (check !== ((hashes.h32Raw(Uint8Array.of(flags, sizes, ...rest)) >>> 8) & 0xff)) throw this.input.damaged(at, "checksum");
    if ((flags & 1) !== 0) throw this.input.unsupported(at, "dictionary");
    this.end = 0;
    return {
      independent: (flags & 0x20) !== 0,
      blockChecksums: (flags & 0x10) !== 0,
      size: (flags & 8) === 0 ? null : new DataView(rest.buffer).getBigUint64(0, true),
      largest,
      hash: (flags & 4) === 0 ? null : hashes.create32(),
      unpacked: 0n,
    };
  }

  /** Null at the end of the frame. */
  private async nextBlock(frame: Frame, hashes: XXHashAPI): Promise<Uint8Array | null> {
    const at = this.input.position;
    const word = littleEndian(await this.input.take(4));
    if (word === 0) {
      await this.endFrame(frame);
      return null;
    }
    const length = word % UNCOMPRESSED;
    if (length > frame.largest) throw this.input.damaged(at, "data");
    const packed = await this.input.take(length + (frame.blockChecksums ? 4 : 0));
    const content = packed.subarray(0, length);
    if (frame.blockChecksums && hashes.h32Raw(content) !== littleEndian(packed.subarray(length))) throw this.input.damaged(at, "checksum");
    const block = this.unpackBlock(content, word >= UNCOMPRESSED, frame);
    if (block === null) throw this.input.damaged(at, "data");
    frame.unpacked += BigInt(block.length);
    frame.hash?.update(block);
    return block;
  }

  /** Null where the block cannot be right. */
  private unpackBlock(content: Uint8Array, stored: boolean, frame: Frame): Uint8Array | null {
    const kept = frame.independent ? 0 : Math.min(this.end, WINDOW);
    if (this.output.length < WINDOW + frame.largest) {
      const larger = new Uint8Array(WINDOW + frame.largest);
      larger.set(this.output.subarray(this.end - kept, this.end));
      this.output = larger;
    } else this.output.copyWithin(0, this.end - kept, this.end);
    if (stored) this.output.set(content, kept);
    const length = stored ? content.length : decodeLz4Block(content, this.output, kept, kept + frame.largest);
    if (length < 0) return null;
    this.end = kept + length;
    return this.output.subarray(kept, this.end);
  }

  private async endFrame(frame: Frame): Promise<void> {
    this.frame = null;
    const at = this.input.position;
    if (frame.size !== null && frame.size !== frame.unpacked) throw this.input.damaged(at, "size");
    if (frame.hash !== null && littleEndian(await this.input.take(4)) !== frame.hash.digest()) throw this.input.damaged(at, "checksum");
  }
}
