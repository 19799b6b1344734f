import { type CaptureParser, LARGEST_FRAME, type ParsedInterface } from "./captureParser.ts";
import type { FrameSink } from "./frameSink.ts";
import type { Issue } from "./issue.ts";

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** True for the four magics of pcap: microseconds and nanoseconds in both byte orders. */
export function isPcapMagic(magicBigEndian: number): boolean {
  return magicBigEndian === 0xa1b2c3d4 || magicBigEndian === 0xd4c3b2a1 || magicBigEndian === 0xa1b23c4d || magicBigEndian === 0x4d3cb2a1;
}

/** libpcap's classic format (pcap-savefile). */
export class PcapParser implements CaptureParser {
  readonly format = "pcap";
  readonly interfaces: ParsedInterface[] = [];
  readonly issues: Issue[] = [];
  frames = 0;
  stopped = false;
  needed = FILE_HEADER;
  private headerRead = false;
  private littleEndian = true;
  private fractionUnit = 1000;
  private linkType = 0;
  private readonly sink: FrameSink;

  constructor(sink: FrameSink) {
    this.sink = sink;
  }

  parse(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): number {
    let at = start;
    if (!this.headerRead) {
      if (end - at < FILE_HEADER) return at;
      this.readHeader(view, at);
      at += FILE_HEADER;
    }
    const littleEndian = this.littleEndian;
    const unit = this.fractionUnit;
    const limit = unit === 1 ? 1_000_000_000 : 1_000_000;
    const linkType = this.linkType;
    const sink = this.sink;
    while (end - at >= RECORD_HEADER) {
      const captured = view.getUint32(at + 8, littleEndian);
      if (captured > LARGEST_FRAME) {
        this.badRecord(captured, fileOffset + at);
        return at;
      }
      const next = at + RECORD_HEADER + captured;
      if (next > end) {
        this.needed = next - at;
        return at;
      }
      const original = view.getUint32(at + 12, littleEndian);
      let seconds = view.getUint32(at, littleEndian);
      let fraction = view.getUint32(at + 4, littleEndian);
      if (fraction >= limit) {
        seconds += Math.floor(fraction / limit);
        fraction %= limit;
      }
      this.frames++;
      sink.frame(
        bytes,
        view,
        at + RECORD_HEADER,
        captured,
        original < captured ? captured : original,
        linkType,
        0,
        seconds,
        fraction * unit,
        this.frames,
      );
      at = next;
    }
    this.needed = RECORD_HEADER;
    return at;
  }

  finish(rest: number, fileOffset: number): void {
    if (rest === 0 || this.stopped) return;
    this.issues.push({ kind: "file-cut", frame: this.frames, offset: fileOffset, data: { have: rest, need: this.needed } });
  }

  private readHeader(view: DataView, at: number): void {
    const magic = view.getUint32(at, false);
    this.littleEndian = magic === 0xd4c3b2a1 || magic === 0x4d3cb2a1;
    this.fractionUnit = magic === 0xa1b23c4d || magic === 0x4d3cb2a1 ? 1 : 1000;
    // Bits 16 and up hold the FCS length; the link type is the low half (pcap-savefile).
    this.linkType = view.getUint32(at + 20, this.littleEndian) & 0xffff;
    const snapLength = view.getUint32(at + 16, this.littleEndian);
    this.interfaces.push({ linkType: this.linkType, timestampResolution: this.fractionUnit === 1 ? 1e-9 : 1e-6, snapLength, name: null });
    this.headerRead = true;
  }

  private badRecord(captured: number, offset: number): void {
    this.issues.push({ kind: "bad-record", frame: this.frames, offset, data: { length: captured } });
    this.stopped = true;
  }
}
