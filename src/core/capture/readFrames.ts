import type { ByteSource } from "../bytes/byteSource.ts";
import type { CancelSignal } from "../bytes/cancelSignal.ts";
import { type CaptureParser, LARGEST_BLOCK } from "./captureParser.ts";
import { detectFormat } from "./detectFormat.ts";
import type { FrameSink } from "./frameSink.ts";
import type { Issue } from "./issue.ts";
import { PcapngParser } from "./pcapngParser.ts";
import { PcapParser } from "./pcapParser.ts";

export interface ReadOptions {
  /** Called after every chunk; a promise lets the host take messages in between. */
  readonly onChunk?: ((bytesRead: number, frames: number) => Promise<void> | undefined) | undefined;
  /** Stop after this frame. */
  readonly untilFrame?: number | undefined;
}

export interface FramesRead {
  readonly parser: CaptureParser | null;
  readonly bytesRead: number;
  readonly issues: readonly Issue[];
  readonly complete: boolean;
}

/**
 * One MiB: reading is equally fast from 256 KiB to 4 MiB and slower outside (64 KiB 0.85 times, 16 MiB leaves the cache); one MiB keeps the
 * time between two looks at the cancel signal at a few milliseconds.
 */
const CHUNK = 1024 * 1024;
const SMALLEST_WINDOW = 64 * 1024;
/** Bytes that tell the format; a source may give fewer at a time. */
const HEAD = 128;

/** Reads a capture from its first to its last byte through one reused buffer and hands every frame to `sink`. Never throws for bad bytes. */
export async function readFrames(source: ByteSource, sink: FrameSink, options: ReadOptions, signal: CancelSignal): Promise<FramesRead> {
  const reader = new WindowReader(source);
  try {
    return await readAll(reader, sink, options, signal);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const issues: Issue[] = [
      ...(reader.parser?.issues ?? []),
      { kind: "read-failed", offset: reader.fileOffset + reader.end, data: { reason } },
    ];
    return { parser: reader.parser, bytesRead: reader.fileOffset + reader.end, issues, complete: false };
  }
}

async function readAll(reader: WindowReader, sink: FrameSink, options: ReadOptions, signal: CancelSignal): Promise<FramesRead> {
  const issues: Issue[] = [];
  while (reader.end < HEAD && (await reader.fill()) > 0);
  if (reader.end === 0) return { parser: null, bytesRead: 0, issues: [{ kind: "empty-file", offset: 0 }], complete: true };
  const parser = chooseParser(reader, sink, issues);
  if (parser === null) return { parser: null, bytesRead: reader.end, issues, complete: true };
  reader.parser = parser;
  let complete = false;
  for (;;) {
    reader.start = parser.parse(reader.bytes, reader.view, reader.start, reader.end, reader.fileOffset);
    if (parser.stopped) break;
    if (signal.aborted) {
      issues.push({ kind: "cancelled", frame: parser.frames, offset: reader.fileOffset + reader.start });
      break;
    }
    if (options.untilFrame !== undefined && parser.frames >= options.untilFrame) break;
    const pause = options.onChunk?.(reader.fileOffset + reader.end, parser.frames);
    if (pause !== undefined) await pause;
    reader.makeRoom(parser.needed);
    const filled = reader.fill();
    const got = typeof filled === "number" ? filled : await filled;
    if (got === 0) {
      parser.finish(reader.end - reader.start, reader.fileOffset + reader.start);
      if (reader.fileOffset + reader.end < reader.source.size)
        issues.push({ kind: "file-changed", offset: reader.fileOffset + reader.end });
      complete = true;
      break;
    }
  }
  return { parser, bytesRead: reader.fileOffset + reader.end, issues: [...parser.issues, ...issues], complete };
}

function chooseParser(reader: WindowReader, sink: FrameSink, issues: Issue[]): CaptureParser | null {
  const format = detectFormat(reader.bytes.subarray(0, reader.end));
  if (format.kind === "pcap") return new PcapParser(sink);
  if (format.kind === "pcapng") return new PcapngParser(sink);
  if (format.kind === "known") issues.push({ kind: "unsupported-format", offset: 0, data: { format: format.name } });
  else if (format.kind === "unknown") issues.push({ kind: "not-a-capture", offset: 0, data: { magic: format.magic } });
  return null;
}

/** The window of the file that is in memory: `bytes[start, end)` is not consumed yet. */
class WindowReader {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  start = 0;
  end = 0;
  /** Position in the file of `bytes[0]`. */
  fileOffset = 0;
  parser: CaptureParser | null = null;
  readonly source: ByteSource;

  constructor(source: ByteSource) {
    this.source = source;
    this.bytes = new Uint8Array(Math.min(CHUNK, Math.max(SMALLEST_WINDOW, source.size)));
    this.view = new DataView(this.bytes.buffer);
  }

  /** Moves what is left to the front; grows (once, bounded, and only as far as the file has bytes) for a record larger than the window. */
  makeRoom(needed: number): void {
    const rest = this.end - this.start;
    const left = this.source.size - (this.fileOffset + this.start);
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

  /** Reads on behind what is left; gives the number of bytes read, 0 at the end of the file. */
  fill(): number | Promise<number> {
    if (this.end === this.bytes.length) return 0;
    const got = this.source.read(this.fileOffset + this.end, this.end === 0 ? this.bytes : this.bytes.subarray(this.end));
    if (typeof got === "number") return this.took(got);
    return got.then((count) => this.took(count));
  }

  private took(count: number): number {
    this.end += count;
    return count;
  }
}
