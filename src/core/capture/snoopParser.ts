import { OWN_LINK_TYPES, plainInterface } from "./captureInterface.ts";
import { LARGEST_FRAME } from "./captureParser.ts";
import { type FrameSink, UNKNOWN_DIRECTION } from "./frameSink.ts";
import { RecordParser } from "./recordParser.ts";

const FILE_HEADER = 16;
const RECORD_HEADER = 24;
/** Bytes of padding behind a frame that are believed. */
const MOST_PADDING = 1024;

/** Datalink types of snoop (RFC 1761 4, and what Solaris added) as LINKTYPE numbers. */
const LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 6],
  [4, 1],
  [8, 10],
  [9, 0],
  [14, 0],
  [26, 226],
]);

/** snoop of Solaris (RFC 1761), big-endian: also what some firewalls and Shomiti's analysers write. */
export class SnoopParser extends RecordParser {
  readonly format = "snoop";
  protected readonly recordHeader = RECORD_HEADER;
  private linkType = 0;

  constructor(sink: FrameSink) {
    super(sink, FILE_HEADER);
  }

  protected readHeader(_bytes: Uint8Array, view: DataView, at: number): void {
    const type = view.getUint32(at + 12);
    this.linkType = LINK_TYPES.get(type) ?? OWN_LINK_TYPES + (type & 0xffff);
    this.describe(plainInterface(this.linkType, 1e-6));
  }

  protected recordLength(view: DataView, at: number): number {
    const captured = view.getUint32(at + 4);
    const length = view.getUint32(at + 8);
    const padding = length - RECORD_HEADER - captured;
    return captured > LARGEST_FRAME || padding < 0 || padding > MOST_PADDING ? -1 : length;
  }

  protected readRecord(bytes: Uint8Array, view: DataView, at: number): void {
    const captured = view.getUint32(at + 4);
    const original = Math.max(view.getUint32(at), captured);
    const microseconds = view.getUint32(at + 20);
    // Frames lost since the capture began.
    this.notes.droppedInAll(0, view.getUint32(at + 12));
    this.sink.frame(
      bytes,
      view,
      at + RECORD_HEADER,
      captured,
      original,
      this.linkType,
      0,
      view.getUint32(at + 16) + Math.floor(microseconds / 1_000_000),
      (microseconds % 1_000_000) * 1000,
      this.frames,
      UNKNOWN_DIRECTION,
    );
  }
}
