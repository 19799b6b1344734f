import { type CaptureInterface, plainInterface } from "./captureInterface.ts";
import { NoteCollector } from "./captureNotes.ts";
import { type CaptureParser, LARGEST_FRAME, MOST_INTERFACES } from "./captureParser.ts";
import { DamageLog } from "./damageLog.ts";
import { type Direction, type FrameSink, INBOUND, OUTBOUND, UNKNOWN_DIRECTION } from "./frameSink.ts";
import { captureStart } from "./joinedCapture.ts";
import { LONGEST_PCAP_HEADER, type PcapHeader, RECORD_HEADER, readPcapHeader } from "./pcapHeader.ts";
import {
  capturedAt,
  chooseLayout,
  DAY,
  isFileHeader,
  originalAt,
  type RecordLayout,
  type RecordWindow,
  recordsFollow,
  recordsToEnd,
} from "./pcapRecords.ts";

const SMALLEST_HEADER = 24;
/** Kinds of packet in the record headers of the modified variants (linux/if_packet.h). */
const PACKET_OTHERHOST = 3;
const PACKET_OUTGOING = 4;
/** A place is not decided before more of the file is there. */
const WAIT = -1;
/** The record is right, however odd. */
const ACCEPT = -2;

/** libpcap's classic format (pcap-savefile), its variants by other hands, and files of it one after another. */
export class PcapParser implements CaptureParser {
  readonly format = "pcap";
  readonly interfaces: CaptureInterface[] = [];
  readonly notes = new NoteCollector();
  frames = 0;
  stopped = false;
  readonly done = false;
  needed = SMALLEST_HEADER;
  readonly jump = null;
  private readonly log = new DamageLog();
  private readonly sink: FrameSink;
  private file: PcapHeader | null = null;
  private layout: RecordLayout | null = null;
  private interfaceId = 0;
  /** Seconds of the last record that was believed; -1 before the first. */
  private lastSeconds = -1;
  /** Position in the file where the records end that can be believed; -1 while they follow each other. */
  private lostAt = -1;
  /** The length that the record there claims. */
  private lostLength = 0;
  /** Nothing but zeros since then. */
  private onlyZeros = false;

  constructor(sink: FrameSink) {
    this.sink = sink;
  }

  get issues() {
    return this.log.issues;
  }

  parse(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): number {
    return this.read(bytes, view, start, end, fileOffset, false);
  }

  finish(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): void {
    const at = this.read(bytes, view, start, end, fileOffset, true);
    if (this.stopped) return;
    if (this.lostAt >= 0) this.reportLost(fileOffset + end);
    else if (at < end) {
      this.log.add({ kind: "file-cut", frame: this.frames, offset: fileOffset + at, data: { have: end - at, need: this.needed } });
    }
  }

  private read(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number, atEnd: boolean): number {
    let at = start;
    for (;;) {
      if (this.file === null) {
        if (end - at < (atEnd ? SMALLEST_HEADER : LONGEST_PCAP_HEADER)) return this.wait(at, SMALLEST_HEADER);
        const file = readPcapHeader(view, at);
        if (file === null || file.headerLength > end - at) return this.wait(at, LONGEST_PCAP_HEADER);
        this.file = file;
        this.layout = null;
        at += file.headerLength;
      }
      if (this.layout === null && !this.findLayout({ view, end, atEnd }, at)) return at;
      if (this.lostAt >= 0) {
        const found = this.findRecords(bytes, { view, end, atEnd }, at, fileOffset);
        if (this.stopped || this.lostAt >= 0) return found;
        at = found;
        continue;
      }
      at = this.readRecords(bytes, view, at, end, fileOffset, atEnd);
      if (this.stopped || (this.file !== null && this.lostAt < 0)) return at;
    }
  }

  /** Hands on records until one gives doubts that more bytes or another header must settle. */
  private readRecords(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number, atEnd: boolean): number {
    const file = this.file as PcapHeader;
    const layout = this.layout as RecordLayout;
    const { littleEndian, linkType, usualFrame } = file;
    const { headerLength, fractionUnit } = layout;
    const limit = 1_000_000_000 / fractionUnit;
    const plain = headerLength === RECORD_HEADER && !file.lengthsInAnyOrder && file.fcsLength === 0 && file.padding === 0;
    const { sink, interfaceId } = this;
    let last = this.lastSeconds;
    let needed: number = headerLength;
    let at = start;
    while (end - at >= headerLength) {
      let seconds = view.getUint32(at, littleEndian);
      const captured = plain ? view.getUint32(at + 8, littleEndian) : capturedAt(file, view, at);
      if (captured > usualFrame || seconds - last > DAY || last - seconds > DAY) {
        this.lastSeconds = last;
        const place = this.doubt(file, layout, { view, end, atEnd }, at, captured, fileOffset);
        if (place === WAIT) return at;
        if (place !== ACCEPT) {
          if (this.file === null || this.lostAt >= 0 || this.stopped) return place;
          at = place;
          continue;
        }
      }
      const next = at + headerLength + captured;
      if (next > end) {
        // A file that ends inside a record is cut, unless the length is what is wrong: then records lead from inside of it to the end.
        const found = atEnd ? recordsToEnd(file, layout, view, at + 1, end, last) : -1;
        if (found < 0) {
          needed = next - at;
          break;
        }
        this.log.skipped(this.frames, fileOffset + at, found - at);
        at = found;
        continue;
      }
      last = seconds;
      let fraction = view.getUint32(at + 4, littleEndian);
      if (fraction >= limit) {
        seconds += Math.floor(fraction / limit);
        fraction %= limit;
      }
      this.frames++;
      const frameStart = at + headerLength;
      if (plain) {
        const original = view.getUint32(at + 12, littleEndian);
        sink.frame(
          bytes,
          view,
          frameStart,
          captured,
          original < captured ? captured : original,
          linkType,
          interfaceId,
          seconds,
          fraction * fractionUnit,
          this.frames,
          UNKNOWN_DIRECTION,
        );
      } else this.emitVariant(bytes, view, at, captured, seconds, fraction * fractionUnit);
      at = next;
    }
    // The one way out of nearly every chunk: V8 compiles the loop before it has seen an end, and a second one made it do so over and over.
    this.lastSeconds = last;
    return this.wait(at, needed);
  }

  private wait(at: number, needed: number): number {
    this.needed = needed;
    return at;
  }

  /** A record of a variant: check sequences and padding are no part of the frame, and some record headers know the direction. */
  private emitVariant(bytes: Uint8Array, view: DataView, at: number, captured: number, seconds: number, nanoseconds: number): void {
    const file = this.file as PcapHeader;
    const { headerLength } = this.layout as RecordLayout;
    const padding = Math.min(file.padding, captured);
    const original = Math.max(0, Math.max(originalAt(file, view, at), captured) - file.fcsLength - padding);
    this.sink.frame(
      bytes,
      view,
      at + headerLength + padding,
      Math.min(captured - padding, original),
      original,
      file.linkType,
      this.interfaceId,
      seconds,
      nanoseconds,
      this.frames,
      this.directionOf(view, at, headerLength),
    );
  }

  private directionOf(view: DataView, at: number, headerLength: number): Direction {
    if (headerLength < 24) return UNKNOWN_DIRECTION;
    const kind = view.getUint8(at + 22);
    if (kind === PACKET_OUTGOING) return OUTBOUND;
    return kind === PACKET_OTHERHOST ? UNKNOWN_DIRECTION : INBOUND;
  }

  /** False while too little of the file is there to tell the layout of its records. */
  private findLayout(window: RecordWindow, at: number): boolean {
    const file = this.file as PcapHeader;
    const layout = chooseLayout(file, window, at);
    if (typeof layout === "number") {
      this.needed = layout;
      return false;
    }
    this.layout = layout;
    if (this.lastSeconds < 0 && window.end - at >= layout.headerLength) this.lastSeconds = window.view.getUint32(at, file.littleEndian);
    this.describe(plainInterface(file.linkType, layout.fractionUnit === 1 ? 1e-9 : 1e-6, file.snapLength));
    return true;
  }

  /** Files of one kind that were joined are one interface. */
  private describe(one: CaptureInterface): void {
    const same = this.interfaces.findIndex(({ linkType, snapLength, timestampResolution }) => {
      return linkType === one.linkType && snapLength === one.snapLength && timestampResolution === one.timestampResolution;
    });
    if (same < 0 && this.interfaces.length < MOST_INTERFACES) this.interfaces.push(one);
    this.interfaceId = same < 0 ? this.interfaces.length - 1 : same;
  }

  /**
   * A record header that is odd: too long, or of another time. Gives `ACCEPT` where it is right all the same, `WAIT`, or the place to go on
   * from, with `file` or `lostAt` changed where another file begins there, or nothing that can be read.
   */
  private doubt(file: PcapHeader, layout: RecordLayout, window: RecordWindow, at: number, captured: number, fileOffset: number): number {
    const { view, end, atEnd } = window;
    if (isFileHeader(view, at, end)) {
      this.file = null;
      this.lastSeconds = -1;
      return at;
    }
    if (!atEnd && end - at < LONGEST_PCAP_HEADER) return this.waitFor(LONGEST_PCAP_HEADER);
    if (this.isAnother(view, at, end, fileOffset)) return at;
    if (captured > LARGEST_FRAME || isZero(view, at, layout.headerLength)) {
      this.lostAt = fileOffset + at;
      this.lostLength = captured;
      this.onlyZeros = true;
      return at;
    }
    const follow = recordsFollow(file, layout, window, at, -1);
    if (typeof follow === "number") return this.waitFor(follow);
    if (follow) return ACCEPT;
    const next = at + layout.headerLength + captured;
    if (next > end) return atEnd ? ACCEPT : this.waitFor(next - at);
    // Whatever the header says is believed, unless records as they were before begin inside of what it calls a frame.
    for (let place = at + 1; place < next; place++) {
      const found = recordsFollow(file, layout, window, place, this.lastSeconds);
      if (typeof found === "number") return this.waitFor(place + found - at);
      if (!found) continue;
      this.log.skipped(this.frames, fileOffset + at, place - at);
      return place;
    }
    return ACCEPT;
  }

  /** Looks for the place where records follow each other again, or another file begins; `lostAt` is -1 behind it when there is one. */
  private findRecords(bytes: Uint8Array, window: RecordWindow, start: number, fileOffset: number): number {
    const { view, end } = window;
    const file = this.file as PcapHeader;
    const layout = this.layout as RecordLayout;
    this.needed = LONGEST_PCAP_HEADER;
    for (let place = this.behindZeros(bytes, start, end); place + RECORD_HEADER <= end; place++) {
      if (this.isAnother(view, place, end, fileOffset)) {
        this.log.skipped(this.frames, this.lostAt, fileOffset + place - this.lostAt);
        return place;
      }
      const anotherFile = isFileHeader(view, place, end);
      const found = anotherFile || recordsFollow(file, layout, window, place, this.lastSeconds);
      if (typeof found === "number") return this.wait(place, found);
      if (!found) continue;
      this.log.skipped(this.frames, this.lostAt, fileOffset + place - this.lostAt);
      this.lostAt = -1;
      if (anotherFile) {
        this.file = null;
        this.lastSeconds = -1;
      }
      return place;
    }
    return Math.max(start, end - LONGEST_PCAP_HEADER + 1);
  }

  /** Whether a capture of another format begins here, which ends what can be read of this one. */
  private isAnother(view: DataView, at: number, end: number, fileOffset: number): boolean {
    const format = captureStart(view, at, end);
    if (format === null || format === "pcap") return false;
    this.log.add({ kind: "another-capture", frame: this.frames, offset: fileOffset + at, data: { format } });
    this.stopped = true;
    return true;
  }

  /** Passes over zeros, but for as many as a record may begin with. */
  private behindZeros(bytes: Uint8Array, start: number, end: number): number {
    if (!this.onlyZeros) return start;
    let at = start;
    while (at < end && bytes[at] === 0) at++;
    if (at < end) this.onlyZeros = false;
    return Math.max(start, at - RECORD_HEADER + 1);
  }

  private reportLost(size: number): void {
    const place = { frame: this.frames, offset: this.lostAt };
    this.stopped = !this.onlyZeros;
    if (this.onlyZeros) this.log.add({ kind: "zeros-at-end", ...place, data: { bytes: size - this.lostAt } });
    else this.log.add({ kind: "bad-record", ...place, data: { length: this.lostLength } });
  }

  private waitFor(needed: number): number {
    this.needed = needed;
    return WAIT;
  }
}

function isZero(view: DataView, at: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (view.getUint8(at + i) !== 0) return false;
  return true;
}
