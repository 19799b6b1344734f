import type { CaptureInterface } from "./captureInterface.ts";
import { NoteCollector } from "./captureNotes.ts";
import { type CaptureFormat, type CaptureParser, MOST_INTERFACES } from "./captureParser.ts";
import { DamageLog } from "./damageLog.ts";
import type { FrameSink } from "./frameSink.ts";
import { captureStart } from "./joinedCapture.ts";

/** A format of a file header and records one behind another, of which each says how long it is. */
export abstract class RecordParser implements CaptureParser {
  abstract readonly format: CaptureFormat;
  readonly interfaces: CaptureInterface[] = [];
  readonly notes = new NoteCollector();
  frames = 0;
  stopped = false;
  readonly done = false;
  needed: number;
  readonly jump = null;
  protected readonly sink: FrameSink;
  protected readonly log = new DamageLog();
  protected abstract readonly recordHeader: number;
  private readonly fileHeader: number;
  private headerRead = false;

  constructor(sink: FrameSink, fileHeader: number) {
    this.sink = sink;
    this.fileHeader = fileHeader;
    this.needed = fileHeader;
  }

  get issues() {
    return this.log.issues;
  }

  /** Reads the file header at `at`. */
  protected abstract readHeader(bytes: Uint8Array, view: DataView, at: number): void;
  /** Length of the record at `at` with its header; -1: it cannot be right. */
  protected abstract recordLength(view: DataView, at: number): number;
  /** Hands on the whole record at `at`; `frames` counts it already. */
  protected abstract readRecord(bytes: Uint8Array, view: DataView, at: number): void;

  parse(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): number {
    let at = start;
    if (!this.headerRead) {
      if (end - at < this.fileHeader) return at;
      this.readHeader(bytes, view, at);
      this.headerRead = true;
      at += this.fileHeader;
    }
    while (end - at >= this.recordHeader) {
      const length = this.recordLength(view, at);
      if (length < 0) {
        const place = { frame: this.frames, offset: fileOffset + at };
        const format = captureStart(view, at, end);
        if (format === null) this.log.add({ kind: "bad-record", ...place, data: { length: view.getUint32(at) } });
        else this.log.add({ kind: "another-capture", ...place, data: { format } });
        this.stopped = true;
        return at;
      }
      if (length > end - at) {
        this.needed = length;
        return at;
      }
      this.frames++;
      this.readRecord(bytes, view, at);
      at += length;
    }
    this.needed = this.recordHeader;
    return at;
  }

  finish(_bytes: Uint8Array, _view: DataView, start: number, end: number, fileOffset: number): void {
    const have = end - start;
    if (have > 0) this.log.add({ kind: "file-cut", frame: this.frames, offset: fileOffset + start, data: { have, need: this.needed } });
  }

  /** Number of an interface that was not described before; the last one where there are too many. */
  protected describe(one: CaptureInterface): number {
    if (this.interfaces.length < MOST_INTERFACES) this.interfaces.push(one);
    else this.log.addOnce({ kind: "table-full", frame: this.frames, data: { table: "interfaces", limit: MOST_INTERFACES } });
    return this.interfaces.length - 1;
  }
}
