import { type CaptureInterface, plainInterface } from "./captureInterface.ts";
import { NoteCollector } from "./captureNotes.ts";
import { type CaptureParser, LARGEST_FRAME } from "./captureParser.ts";
import { DamageLog } from "./damageLog.ts";
import { type Direction, type FrameSink, UNKNOWN_DIRECTION } from "./frameSink.ts";
import { readPacketEvent } from "./netmonEvent.ts";
import { NETMON_HEADER, type NetmonHeader, readNetmonHeader } from "./netmonHeader.ts";
import { isFrame, isNumbered, mediaLinkType, NETMON_80211, NETMON_EVENT, open80211 } from "./netmonMedia.ts";
import { readComment, readProcess } from "./netmonTables.ts";

/** Entries of the frame table that are in memory at a time. */
const MOST_ENTRIES = 256 * 1024;
/** Frames that do not stand behind the one before: of a file whose table leads to and fro the rest is not read. */
const MOST_JUMPS = 100_000;
/** The same in a compressed file, in which a jump back unpacks it from its beginning. */
const MOST_JUMPS_PACKED = 64;
/** Bytes of the process table that are read, icons included. */
const MOST_PROCESS_BYTES = 16 * 1024 * 1024;
const MOST_COMMENTS = 4096;
/** Microseconds that the two clocks of a frame may lie apart: a day, and the furthest time zone. */
const CLOCKS_APART = (24 + 14) * 3600 * 1e6;
/** FILETIME of 1 January 1970, in units of 100 ns. */
const EPOCH = 116_444_736_000_000_000n;

/** What is read next. `walk`: frames one behind another, where there is no frame table. */
type Phase = "header" | "comments" | "processes" | "table" | "frames" | "walk";

/**
 * Network Monitor 1.x and 2.x, which Message Analyzer writes too. Its frame table stands behind the frames and decides their order; the
 * frames need not stand one behind another.
 */
export class NetmonParser implements CaptureParser {
  readonly format: "netmon-1" | "netmon-2";
  readonly interfaces: CaptureInterface[] = [];
  readonly notes = new NoteCollector();
  frames = 0;
  stopped = false;
  done = false;
  needed = NETMON_HEADER;
  jump: number | null = null;
  private readonly sink: FrameSink;
  private readonly log = new DamageLog();
  private readonly mostJumps: number;
  private file: NetmonHeader | null = null;
  private phase: Phase = "header";
  /** Position in the file of what is read next. */
  private want = 0;
  private jumps = 0;
  private processesRead = 0;
  private commentsRead = 0;
  /** Texts of comments by the position of their frame. */
  private readonly commented = new Map<number, string>();
  private readonly entries: number[] = [];
  private entry = 0;
  /** Entries of the table before those in `entries`. */
  private entriesBefore = 0;
  private seconds = 0;
  private nanoseconds = 0;
  private readonly interfaceOf = new Map<number, number>();

  constructor(sink: FrameSink, format: "netmon-1" | "netmon-2", packed: boolean) {
    this.sink = sink;
    this.format = format;
    this.mostJumps = packed ? MOST_JUMPS_PACKED : MOST_JUMPS;
  }

  get issues() {
    return this.log.issues;
  }

  parse(bytes: Uint8Array, view: DataView, _start: number, end: number, fileOffset: number): number {
    return this.read(bytes, view, end, fileOffset, false);
  }

  finish(bytes: Uint8Array, view: DataView, _start: number, end: number, fileOffset: number): void {
    this.read(bytes, view, end, fileOffset, true);
  }

  private read(bytes: Uint8Array, view: DataView, end: number, fileOffset: number, atEnd: boolean): number {
    this.jump = null;
    while (!this.done && !this.stopped) {
      const at = this.want - fileOffset;
      if (at < 0 || at > end) return this.leave(end);
      const needed = this.step(bytes, view, at, end);
      if (needed <= end - at) continue;
      if (!atEnd) {
        this.needed = needed;
        return at;
      }
      this.isMissing(end - at, needed);
    }
    return end;
  }

  /** What is wanted is not in the window. */
  private leave(end: number): number {
    this.needed = 0;
    this.jump = this.want;
    if (++this.jumps > this.mostJumps) {
      this.log.add({ kind: "bad-record", frame: this.frames, offset: this.want, data: { length: 0 } });
      this.stopped = true;
    }
    return end;
  }

  /** Reads what stands at `at`, or gives the number of bytes that it needs: more than there are up to `end`. 0: it was read. */
  private step(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    switch (this.phase) {
      case "header":
        return this.readHeader(view, at, end);
      case "comments":
        return this.readComment(bytes, view, at, end);
      case "processes":
        return this.readProcess(bytes, view, at, end);
      case "table":
        return this.readTable(view, at, end);
      case "frames":
      case "walk":
        return this.readFrame(bytes, view, at, end);
    }
  }

  /** The file ends before what is wanted does. */
  private isMissing(have: number, need: number): void {
    const place = { frame: this.frames, offset: this.want };
    switch (this.phase) {
      case "comments":
        this.beginProcesses();
        break;
      case "processes":
        this.beginTable();
        break;
      case "table":
        this.log.addOnce({ kind: "file-cut", ...place, data: { have, need } });
        this.beginWalk();
        break;
      case "frames":
        this.log.addOnce({ kind: "file-cut", ...place, data: { have, need } });
        this.nextEntry();
        break;
      case "header":
      case "walk":
        if (have > 0) this.log.addOnce({ kind: "file-cut", ...place, data: { have, need } });
        this.done = true;
    }
  }

  private readHeader(view: DataView, at: number, end: number): number {
    if (end - at < NETMON_HEADER) return NETMON_HEADER;
    this.file = readNetmonHeader(view, at);
    this.notes.localTime = true;
    if (this.file.commentsOffset > 0 && this.file.commentsLength > 0) this.go("comments", this.file.commentsOffset);
    else this.beginProcesses();
    return 0;
  }

  private go(phase: Phase, position: number): void {
    this.phase = phase;
    this.want = position;
  }

  private beginProcesses(): void {
    const { processesOffset, processes } = this.file as NetmonHeader;
    // The table begins with the version of its layout.
    if (processesOffset > 0 && processes > 0) this.go("processes", processesOffset + 2);
    else this.beginTable();
  }

  private beginTable(): void {
    const { tableOffset, tableEntries } = this.file as NetmonHeader;
    if (tableOffset < NETMON_HEADER || tableEntries === 0) this.beginWalk();
    else this.go("table", tableOffset);
  }

  /** Only where no entry of the table was read: frames would come twice. */
  private beginWalk(): void {
    if (this.entriesBefore > 0) this.done = true;
    this.go("walk", NETMON_HEADER);
  }

  private readComment(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    const { commentsOffset, commentsLength } = this.file as NetmonHeader;
    const left = commentsOffset + commentsLength - this.want;
    const read = left < 16 || this.commentsRead === MOST_COMMENTS ? null : readComment(bytes, view, at, end);
    if (typeof read === "number") return read;
    if (read === null) this.beginProcesses();
    else {
      this.commented.set(read.value.frameAt, read.value.text);
      this.commentsRead++;
      this.want += read.length;
    }
    return 0;
  }

  private readProcess(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    const { processesOffset, processes } = this.file as NetmonHeader;
    const enough = this.processesRead === processes || this.want - processesOffset > MOST_PROCESS_BYTES;
    const read = enough ? null : readProcess(bytes, view, at, end);
    if (typeof read === "number") return read;
    if (read === null) this.beginTable();
    else {
      this.notes.process(read.value);
      this.processesRead++;
      this.want += read.length;
    }
    return 0;
  }

  /** As many entries as are kept at a time; where the file ends before, those that are there. */
  private readTable(view: DataView, at: number, end: number): number {
    const { tableOffset, tableEntries } = this.file as NetmonHeader;
    const left = Math.min(tableEntries - this.entriesBefore, MOST_ENTRIES);
    if (end - at < left * 4) return left * 4;
    this.entries.length = 0;
    for (let i = 0; i < left; i++) this.entries.push(view.getUint32(at + 4 * i, true));
    this.entriesBefore += left;
    this.want = tableOffset + 4 * this.entriesBefore;
    this.entry = -1;
    this.phase = "frames";
    this.nextEntry();
    return 0;
  }

  private nextEntry(): void {
    const { tableOffset, tableEntries } = this.file as NetmonHeader;
    this.entry++;
    const position = this.entries[this.entry];
    if (position !== undefined) this.want = position;
    else if (this.entriesBefore < tableEntries) this.go("table", tableOffset + 4 * this.entriesBefore);
    else this.done = true;
  }

  private readFrame(bytes: Uint8Array, view: DataView, at: number, end: number): number {
    const { frameHeader, frameTrailer, tableOffset } = this.file as NetmonHeader;
    const walking = this.phase === "walk";
    if (walking && this.want === tableOffset) {
      this.done = true;
      return 0;
    }
    if (end - at < frameHeader) return frameHeader;
    const captured = frameHeader === 8 ? view.getUint16(at + 6, true) : view.getUint32(at + 12, true);
    if (captured > LARGEST_FRAME) {
      this.rejectFrame(walking, captured);
      return 0;
    }
    const length = frameHeader + captured + frameTrailer;
    if (end - at < length) return length;
    this.emit(bytes, view, at, captured);
    if (walking) this.want += length;
    else this.nextEntry();
    return 0;
  }

  private rejectFrame(walking: boolean, length: number): void {
    if (walking) {
      this.log.add({ kind: "bad-record", frame: this.frames, offset: this.want, data: { length } });
      this.stopped = true;
      return;
    }
    this.log.skipped(this.frames, this.want, (this.file as NetmonHeader).frameHeader);
    this.nextEntry();
  }

  private emit(bytes: Uint8Array, view: DataView, at: number, captured: number): void {
    const file = this.file as NetmonHeader;
    const data = at + file.frameHeader;
    const trailer = data + captured;
    const media = file.frameTrailer >= 2 ? view.getUint16(trailer, true) : file.media;
    if (!isNumbered(media)) return;
    this.frames++;
    if (this.commented.size > 0) {
      const text = this.commented.get(this.want);
      if (text !== undefined) this.notes.comment("frame", this.frames, text);
    }
    this.readTime(file, view, at, trailer);
    const original = file.frameHeader === 8 ? view.getUint16(at + 4, true) : view.getUint32(at + 8, true);
    if (isFrame(media)) {
      const skipped = media === NETMON_80211 ? open80211(bytes, view, data, captured) : 0;
      const whole = Math.max(original, captured) - skipped;
      this.handOn(bytes, view, data + skipped, captured - skipped, whole, mediaLinkType(media), UNKNOWN_DIRECTION);
    } else if (media === NETMON_EVENT) {
      const packet = readPacketEvent(bytes, view, data, trailer);
      if (packet === null) return;
      const { start, captured: length, linkType, direction } = packet;
      this.handOn(bytes, view, start, length, packet.cut ? length + 1 : length, linkType, direction);
    }
  }

  /** Version 2.3 has the UTC time behind the frame; before, there is only the local time of the start. */
  private readTime(file: NetmonHeader, view: DataView, at: number, trailer: number): void {
    let time = file.start + (file.frameHeader === 8 ? view.getUint32(at, true) * 1000 : readDelta(view, at));
    let nanoseconds = 0;
    if (file.frameTrailer === 15) {
      const utc = view.getBigUint64(trailer + 6, true) - EPOCH;
      const microseconds = Number(utc / 10n);
      if (utc > 0n && Math.abs(microseconds - time) <= CLOCKS_APART) {
        time = microseconds;
        nanoseconds = Number(utc % 10n) * 100;
        this.notes.localTime = false;
      }
    }
    this.seconds = Math.max(0, Math.floor(time / 1e6));
    this.nanoseconds = Math.max(0, time - this.seconds * 1e6) * 1000 + nanoseconds;
  }

  private handOn(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    captured: number,
    original: number,
    linkType: number,
    direction: Direction,
  ): void {
    const { seconds, nanoseconds, frames } = this;
    const interfaceId = this.interfaceId(linkType);
    this.sink.frame(bytes, view, start, captured, original, linkType, interfaceId, seconds, nanoseconds, frames, direction);
  }

  private interfaceId(linkType: number): number {
    const known = this.interfaceOf.get(linkType);
    if (known !== undefined) return known;
    this.interfaces.push(plainInterface(linkType, this.format === "netmon-1" ? 1e-3 : 1e-6));
    this.interfaceOf.set(linkType, this.interfaces.length - 1);
    return this.interfaces.length - 1;
  }
}

/** Microseconds since the start; Network Monitor counts in units of 100 ns with a sign, and frames before the start wrap around. */
function readDelta(view: DataView, at: number): number {
  const high = view.getUint32(at + 4, true);
  if (high < 0x10_0000) return high * 0x1_0000_0000 + view.getUint32(at, true);
  return Number(BigInt.asIntN(64, view.getBigUint64(at, true) * 10n) / 10n);
}
