import { detectFormat, type PackedFormat } from "../../core/index.ts";
import { type PackedFile, UnpackedSource } from "./unpackedSource.ts";
import type { CreateUnpacker } from "./unpacker.ts";

/** Enough to tell the compressed formats. */
const HEAD = 16;

/** Loaded when they are needed: the decoders, zlib among them, take longer to load than a small capture to read. */
const UNPACKERS: Readonly<Record<PackedFormat, () => Promise<CreateUnpacker>>> = {
  gzip: async () => {
    const { Gunzip } = await import("./gunzip.node.ts");
    return (source) => new Gunzip(source);
  },
  zstd: async () => {
    const { Unzstd } = await import("./unzstd.ts");
    return (source) => new Unzstd(source);
  },
  lz4: async () => {
    const { Unlz4 } = await import("./unlz4.ts");
    return (source) => new Unlz4(source);
  },
};

/** A file, or what is in it where it is compressed; told by its first bytes. */
export async function unpackFile<File extends PackedFile>(file: File): Promise<File | UnpackedSource> {
  const head = new Uint8Array(HEAD);
  const format = detectFormat(head.subarray(0, await file.read(0, head)));
  return format.kind === "packed" ? new UnpackedSource(file, format.name, await UNPACKERS[format.name]()) : file;
}
