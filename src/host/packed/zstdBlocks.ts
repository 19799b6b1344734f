import { ZSTDDecoder } from "zstddec/stream";

/** libzstd as WebAssembly (zstd.h). Pointers are places in its memory, which is another one after it grew. */
interface Libzstd {
  readonly memory: { readonly buffer: ArrayBuffer };
  ZSTD_createDCtx(): number;
  /** Bytes that are wanted next, or the negative of an error. Takes a `ZSTD_outBuffer` and a `ZSTD_inBuffer`. */
  ZSTD_decompressStream(context: number, output: number, input: number): number;
  ZSTD_freeDCtx(context: number): void;
  ZSTD_DStreamOutSize(): number;
  malloc(size: number): number;
  free(pointer: number): void;
}

/** ZSTD_error_maxCode: what is returned as an error lies between its negative and -1. */
const MOST_ERRORS = 120;
/** A buffer as libzstd takes it: pointer, size, position, 32 bits each. */
const BUFFER_STRUCT = 12;
/** What `malloc` and its like answer when there is none. */
const NO_MEMORY = 0;

let loading: Promise<Libzstd> | undefined;

/**
 * The package's own way of streaming cannot give back the memory of a frame that libzstd refused, up to 128 MiB each time: of it only the
 * library is taken.
 */
function loadLibrary(): Promise<Libzstd> {
  loading ??= new Promise((resolve, reject) => {
    class Loader extends ZSTDDecoder {
      override _init(result: Parameters<ZSTDDecoder["_init"]>[0]): void {
        super._init(result);
        resolve(result.instance.exports as unknown as Libzstd);
      }
    }
    new Loader().init().catch(reject);
  });
  return loading;
}

/** libzstd, handed one part of a frame at a time: its magic with the rest of its header, a block. */
export class ZstdBlocks {
  private readonly library: Libzstd;
  private readonly context: number;
  /** The two structs, and the bytes that come out. */
  private readonly input: number;
  private readonly output: number;
  private readonly target: number;
  private readonly targetSize: number;
  private refused: boolean;
  private closed = false;

  private constructor(library: Libzstd) {
    this.library = library;
    this.context = library.ZSTD_createDCtx();
    this.input = library.malloc(BUFFER_STRUCT);
    this.output = library.malloc(BUFFER_STRUCT);
    this.targetSize = library.ZSTD_DStreamOutSize();
    this.target = library.malloc(this.targetSize);
    this.refused = [this.context, this.input, this.output, this.target].includes(NO_MEMORY);
  }

  static async start(): Promise<ZstdBlocks> {
    return new ZstdBlocks(await loadLibrary());
  }

  /** What the part unpacks to: a whole part is answered at once, and at most with a block. Null where it, or one before, is refused. */
  feed(part: Uint8Array): Uint8Array | null {
    const { library } = this;
    if (this.refused || this.closed) return null;
    const source = library.malloc(part.length);
    if (source === NO_MEMORY) {
      this.refused = true;
      return null;
    }
    new Uint8Array(library.memory.buffer).set(part, source);
    this.fill(this.input, source, part.length);
    this.fill(this.output, this.target, this.targetSize);
    const answer = library.ZSTD_decompressStream(this.context, this.output, this.input);
    library.free(source);
    this.refused = isError(answer) || this.passed(this.input) < part.length;
    return this.refused ? null : new Uint8Array(library.memory.buffer).slice(this.target, this.target + this.passed(this.output));
  }

  /** Gives its memory back. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    const { library } = this;
    library.ZSTD_freeDCtx(this.context);
    for (const pointer of [this.input, this.output, this.target]) library.free(pointer);
  }

  private fill(struct: number, pointer: number, size: number): void {
    const view = new DataView(this.library.memory.buffer);
    view.setUint32(struct, pointer, true);
    view.setUint32(struct + 4, size, true);
    view.setUint32(struct + 8, 0, true);
  }

  private passed(struct: number): number {
    return new DataView(this.library.memory.buffer).getUint32(struct + 8, true);
  }
}

function isError(answer: number): boolean {
  const word = answer | 0;
  return word < 0 && word >= -MOST_ERRORS;
}
