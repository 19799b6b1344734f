import { ZSTDDecoder } from "zstddec/stream";

/** libzstd, handed one part of a frame at a time: its magic, the rest of its header, a block. */
export class ZstdBlocks {
  private part: Uint8Array | undefined;
  private readonly answers: Generator<Uint8Array>;

  private constructor(decoder: ZSTDDecoder) {
    this.answers = decoder.decodeStreaming(this.parts());
  }

  static async start(): Promise<ZstdBlocks> {
    const decoder = new ZSTDDecoder();
    await decoder.init();
    return new ZstdBlocks(decoder);
  }

  /**
   * What the part unpacks to: a whole part is answered at once, and at most with a block. Empty where it holds nothing, or is refused.
   * Null where the part before was refused: the decoder then goes on asking for that one.
   */
  feed(part: Uint8Array): Uint8Array | null {
    this.part = part;
    const { value, done } = this.answers.next();
    return done || this.part !== undefined ? null : value;
  }

  /** Gives its memory back, which the decoder does when no part comes any more; after a refused part it cannot. */
  close(): void {
    this.part = undefined;
    try {
      this.answers.next();
    } catch {
      // It complains about the rest of the frame, which nobody wants.
    }
  }

  private *parts(): Generator<Uint8Array> {
    while (this.part !== undefined) {
      const part = this.part;
      this.part = undefined;
      yield part;
    }
  }
}
