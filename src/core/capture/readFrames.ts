import type { ByteSource } from "../bytes/byteSource.ts";
import type { CancelSignal } from "../bytes/cancelSignal.ts";
import type { CaptureParser } from "./captureParser.ts";
import { ARCHIVES, detectFormat, type OtherFormat } from "./detectFormat.ts";
import type { FrameSink } from "./frameSink.ts";
import { IptraceParser } from "./iptraceParser.ts";
import type { Issue } from "./issue.ts";
import { NetmonParser } from "./netmonParser.ts";
import { PcapngParser } from "./pcapngParser.ts";
import { PcapParser } from "./pcapParser.ts";
import { SnoopParser } from "./snoopParser.ts";
import { SourceFailure, WindowReader } from "./windowReader.ts";

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

/** Bytes that tell the format; a source may give fewer at a time. */
const HEAD = 512;

/** Reads a capture from its first to its last byte through one reused buffer and hands every frame to `sink`. Never throws for bad bytes. */
export async function readFrames(source: ByteSource, sink: FrameSink, options: ReadOptions, signal: CancelSignal): Promise<FramesRead> {
  const run = new FrameRun(new WindowReader(source), sink, options, signal);
  try {
    await run.readAll();
  } catch (error) {
    run.fail(error);
  }
  return run.result();
}

class FrameRun {
  private readonly reader: WindowReader;
  private readonly sink: FrameSink;
  private readonly options: ReadOptions;
  private readonly signal: CancelSignal;
  private readonly issues: Issue[] = [];
  private parser: CaptureParser | null = null;
  private complete = false;

  constructor(reader: WindowReader, sink: FrameSink, options: ReadOptions, signal: CancelSignal) {
    this.reader = reader;
    this.sink = sink;
    this.options = options;
    this.signal = signal;
  }

  async readAll(): Promise<void> {
    const { reader } = this;
    while (reader.end < HEAD && (await reader.fill()) > 0);
    const parser = this.chooseParser();
    this.parser = parser;
    if (parser === null) this.complete = true;
    else await this.parseAll(parser);
  }

  result(): FramesRead {
    const { parser, complete } = this;
    const trouble = this.reader.source.packing?.trouble;
    // A record that the end of the compressed data cut in two is no trouble of its own.
    const isCut = trouble != null && trouble.kind !== "packed-trailing";
    const issues = (parser?.issues ?? []).filter(({ kind }) => !isCut || kind !== "file-cut");
    return { parser, bytesRead: this.bytesRead(), issues: [...issues, ...this.issues], complete };
  }

  /** What the source could not do is no fault of ours; every other exception is. */
  fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof SourceFailure) this.issues.push({ kind: "read-failed", offset: error.offset, data: { reason } });
    else this.issues.push({ kind: "internal-error", frame: this.parser?.frames ?? 0, offset: this.place(), data: { reason } });
  }

  private async parseAll(parser: CaptureParser): Promise<void> {
    const { reader, options } = this;
    for (;;) {
      reader.start = parser.parse(reader.bytes, reader.view, reader.start, reader.end, reader.fileOffset);
      if (parser.stopped || parser.done) {
        this.complete = parser.done;
        return;
      }
      if (this.signal.aborted) {
        this.issues.push({ kind: "cancelled", frame: parser.frames, offset: this.place() });
        return;
      }
      if (options.untilFrame !== undefined && parser.frames >= options.untilFrame) return;
      const pause = options.onChunk?.(this.bytesRead(), parser.frames);
      if (pause !== undefined) await pause;
      if (parser.jump !== null) reader.jump(parser.jump);
      reader.makeRoom(parser.needed);
      const filled = reader.fill();
      const got = typeof filled === "number" ? filled : await filled;
      if (got === 0 && this.over(parser)) return;
    }
  }

  /** Nothing follows the window: true unless the parser goes on elsewhere in the file. */
  private over(parser: CaptureParser): boolean {
    const { reader } = this;
    const ended = reader.position;
    parser.finish(reader.bytes, reader.view, reader.start, reader.end, reader.fileOffset);
    if (parser.jump !== null) {
      reader.jump(parser.jump);
      return false;
    }
    const { packing } = reader.source;
    if (packing?.trouble) this.issues.push({ ...packing.trouble, frame: parser.frames });
    if (packing === undefined && ended < reader.source.size) this.issues.push({ kind: "file-changed", offset: ended });
    this.complete = !parser.stopped;
    return true;
  }

  private place(): number {
    return this.reader.fileOffset + this.reader.start;
  }

  private bytesRead(): number {
    const { packing } = this.reader.source;
    if (packing !== undefined) return packing.bytesRead;
    const { taken, position, source } = this.reader;
    // A parser that jumps reads some bytes twice.
    return taken === position ? taken : Math.min(taken, source.size);
  }

  private chooseParser(): CaptureParser | null {
    const { reader } = this;
    const format = detectFormat(reader.bytes.subarray(0, reader.end));
    switch (format.kind) {
      case "pcap":
        return new PcapParser(this.sink);
      case "pcapng":
        return new PcapngParser(this.sink);
      case "snoop":
        return new SnoopParser(this.sink);
      case "iptrace":
        return new IptraceParser(this.sink);
      case "netmon-1":
      case "netmon-2":
        return new NetmonParser(this.sink, format.kind, reader.source.packing !== undefined);
      default: {
        const trouble = reader.end < HEAD ? reader.source.packing?.trouble : undefined;
        this.issues.push(trouble ?? noCapture(format, reader));
        return null;
      }
    }
  }
}

function noCapture(format: OtherFormat, { source, end }: WindowReader): Issue {
  if (end === 0) return { kind: "empty-file", offset: 0 };
  if (format.kind === "unknown") return { kind: "not-a-capture", offset: 0, data: { magic: format.magic } };
  const isCompressed = format.kind === "packed" || ARCHIVES.has(format.name);
  if (isCompressed && source.packing !== undefined)
    return { kind: "packed-twice", offset: 0, data: { outer: source.packing.format, inner: format.name } };
  return { kind: "unsupported-format", offset: 0, data: { format: format.name } };
}
