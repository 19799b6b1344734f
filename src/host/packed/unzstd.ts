import type { XXHash, XXHashAPI } from "xxhash-wasm";
import type { ByteSource } from "../../core/index.ts";
import { loadHashes } from "./hashes.ts";
import { littleEndian, PackedInput } from "./packedInput.ts";
import type { Unpacker } from "./unpacker.ts";
import { ZstdBlocks } from "./zstdBlocks.ts";

/* Zstandard frames: RFC 8878 section 3.1. */

const MAGIC = 0xfd2fb528;
const MAGIC_BYTES = [0x28, 0xb5, 0x2f, 0xfd];
/** The decoder's own limit, which is that of `zstd -d` too. */
const LARGEST_WINDOW = 128 * 1024 * 1024;
/** Largest block, packed and unpacked. */
const LARGEST_BLOCK = 128 * 1024;
const RLE = 1;
const COMPRESSED = 2;
const RESERVED = 3;
/** Bit of the frame header descriptor. */
const CHECKSUM = 4;

/**
 * Unpacks Zstandard frames one after another. The frames are taken apart here, block by block, so that damage has a place; what is in the
 * blocks is libzstd's.
 */
export class Unzstd implements Unpacker {
  private readonly input: PackedInput;
  private hashes: XXHashAPI | undefined;
  private blocks: ZstdBlocks | undefined;
  /** What comes next. */
  private state: "frame" | "block" | "checksum" = "frame";
  /** Hash of the frame's content; null where the frame has no checksum. */
  private hash: XXHash<bigint> | null = null;

  constructor(source: ByteSource) {
    this.input = new PackedInput(source, "zstd");
  }

  get position(): number {
    return this.input.position;
  }

  async next(): Promise<Uint8Array | null> {
    this.hashes ??= await loadHashes();
    this.blocks ??= await ZstdBlocks.start();
    for (;;) {
      if (this.state === "checksum") await this.readChecksum();
      if (this.state === "frame") {
        if (!(await this.input.nextFrame(MAGIC))) return null;
        await this.readHeader(this.blocks, this.hashes);
      }
      const block = await this.nextBlock(this.blocks);
      if (block.length > 0) {
        this.input.passContent();
        return block;
      }
      this.input.passEmpty();
    }
  }

  close(): void {
    this.blocks?.close();
    this.blocks = undefined;
  }

  private async readHeader(blocks: ZstdBlocks, hashes: XXHashAPI): Promise<void> {
    const at = this.input.position;
    const [descriptor = 0] = (await this.input.take(1)).slice();
    const single = (descriptor & 0x20) !== 0;
    const windowBytes = single ? 0 : 1;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
    const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
    const rest = (await this.input.take(windowBytes + dictionaryBytes + sizeBytes)).slice();
    const dictionary = littleEndian(rest.subarray(windowBytes, windowBytes + dictionaryBytes));
    const size = littleEndian(rest.subarray(windowBytes + dictionaryBytes));
    if ((descriptor & 8) !== 0) throw this.input.damaged(at, "data");
    if (dictionary !== 0) throw this.input.unsupported(at, "dictionary");
    if ((single ? size : windowSize(rest[0] ?? 0)) > LARGEST_WINDOW) throw this.input.unsupported(at, "window");
    // The checksum is checked here, so libzstd is told that there is none.
    this.feed(blocks, Uint8Array.of(...MAGIC_BYTES, descriptor & ~CHECKSUM, ...rest), at);
    this.hash = (descriptor & CHECKSUM) === 0 ? null : hashes.create64();
    this.state = "block";
  }

  private async nextBlock(blocks: ZstdBlocks): Promise<Uint8Array> {
    const at = this.input.position;
    const header = (await this.input.take(3)).slice();
    const value = littleEndian(header);
    const type = (value >> 1) & 3;
    const size = value >> 3;
    if (type === RESERVED || size > LARGEST_BLOCK) throw this.input.damaged(at, "data");
    const content = await this.input.take(type === RLE ? 1 : size);
    const block = new Uint8Array(3 + content.length);
    block.set(header);
    block.set(content, 3);
    const unpacked = this.feed(blocks, block, at);
    // A block that is refused gives nothing; one that holds nothing is stored as such.
    if (unpacked.length === 0 && (type === COMPRESSED || size > 0)) throw this.input.damaged(at, "data");
    this.hash?.update(unpacked);
    if ((value & 1) !== 0) this.state = this.hash === null ? "frame" : "checksum";
    return unpacked;
  }

  /** RFC 8878 section 3.1.1: the low four bytes of XXH64. */
  private async readChecksum(): Promise<void> {
    this.state = "frame";
    const at = this.input.position;
    const expected = Number((this.hash?.digest() ?? 0n) & 0xffff_ffffn);
    if (littleEndian(await this.input.take(4)) !== expected) throw this.input.damaged(at, "checksum");
  }

  private feed(blocks: ZstdBlocks, part: Uint8Array, at: number): Uint8Array {
    const unpacked = blocks.feed(part);
    if (unpacked === null) throw this.input.damaged(at, "data");
    return unpacked;
  }
}

/** RFC 8878 section 3.1.1.1.2. */
function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
