import type { CaptureInterface } from "./captureInterface.ts";
import { NoteCollector } from "./captureNotes.ts";
import { type CaptureParser, LARGEST_BLOCK, LARGEST_FRAME, MOST_INTERFACES } from "./captureParser.ts";
import { DamageLog } from "./damageLog.ts";
import { type Direction, type FrameSink, INBOUND, OUTBOUND, UNKNOWN_DIRECTION } from "./frameSink.ts";
import { CAPTURE_START, captureStart } from "./joinedCapture.ts";
import { BlockType, BYTE_ORDER_MAGIC, blocksToEnd, findBlock, followsBlock, SMALLEST_BLOCK } from "./pcapngBlocks.ts";
import { readEntry, readNames, readSecrets } from "./pcapngNotes.ts";
import { type BlockBytes, type NgInterface, noteComment, readInterface, readSectionOptions, readStatistics } from "./pcapngOptions.ts";

/** Bytes of an enhanced packet block that are no frame and no option. */
const ENHANCED_PACKET_FIXED = 32;
/** Sections of this major version are read. */
const MAJOR = 1;
const UNKNOWN_LENGTH = 0xffff_ffff;
const UNKNOWN_DROPS = 0xffff;
const ETHERNET_HEADER = 14;

/** pcapng (draft-ietf-opsawg-pcapng): sections, interfaces, EPB, SPB, obsolete PB; of other blocks what is worth a note. */
export class PcapngParser implements CaptureParser {
  readonly format = "pcapng";
  readonly interfaces: CaptureInterface[] = [];
  readonly notes = new NoteCollector();
  frames = 0;
  stopped = false;
  readonly done = false;
  needed = SMALLEST_BLOCK;
  readonly jump = null;
  private readonly log = new DamageLog();
  private readonly sink: FrameSink;
  private littleEndian = true;
  private section: NgInterface[] = [];
  private sections = 0;
  private seconds = 0;
  private nanoseconds = 0;
  private direction: Direction = UNKNOWN_DIRECTION;
  private fcsLength = 0;
  /** Position in the file where the blocks end that can be believed, -1 while they follow each other; and the length that stands there. */
  private lostAt = -1;
  private lostLength = 0;
  /** Position in the file up to which a section of another version is passed over. */
  private skipTo = 0;
  /** Where that section begins; -1 when none is passed over. */
  private skipFrom = -1;
  private wrongLengths = 0;
  /** Frames of interfaces that no block describes: without link type and time base they cannot be read. */
  private undescribed = 0;

  constructor(sink: FrameSink) {
    this.sink = sink;
  }

  get issues() {
    const issues = [...this.log.issues];
    if (this.wrongLengths > 0) issues.push({ kind: "wrong-block-length", data: { blocks: this.wrongLengths } });
    if (this.undescribed > 0) issues.push({ kind: "interface-missing", data: { frames: this.undescribed } });
    return issues;
  }

  parse(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): number {
    return this.read(bytes, view, start, end, fileOffset, false);
  }

  finish(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): void {
    const at = this.read(bytes, view, start, end, fileOffset, true);
    if (this.stopped) return;
    if (this.skipFrom >= 0) this.tellSkipped(fileOffset + end);
    else if (this.lostAt >= 0) {
      this.log.add({ kind: "bad-block", frame: this.frames, offset: this.lostAt, data: { length: this.lostLength } });
      this.stopped = true;
    } else if (at < end) {
      this.log.add({ kind: "file-cut", frame: this.frames, offset: fileOffset + at, data: { have: end - at, need: this.needed } });
    }
  }

  private read(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number, atEnd: boolean): number {
    let at = start;
    while (end - at >= SMALLEST_BLOCK) {
      if (this.lostAt >= 0 || fileOffset + at < this.skipTo) {
        at = this.passOver(bytes, view, at, end, fileOffset, atEnd);
        if (this.lostAt >= 0) return at;
        continue;
      }
      const type = view.getUint32(at, this.littleEndian);
      if (type > BlockType.DECRYPTION_SECRETS && type !== BlockType.SECTION_HEADER) {
        if (end - at < CAPTURE_START && !atEnd) return this.wait(at, CAPTURE_START);
        const other = captureStart(view, at, end);
        if (other !== null) {
          this.log.add({ kind: "another-capture", frame: this.frames, offset: fileOffset + at, data: { format: other } });
          this.stopped = true;
          return at;
        }
      }
      // The type of a section header reads the same in both orders; its own magic decides the order of its length.
      const ordered = type !== BlockType.SECTION_HEADER || this.readByteOrder(view, at);
      const length = view.getUint32(at + 4, this.littleEndian);
      if (!ordered || length < SMALLEST_BLOCK || length > LARGEST_BLOCK) {
        this.lose(fileOffset + at, length);
        at++;
        continue;
      }
      const next = at + ((length + 3) & ~3);
      if (next > end) {
        const found = atEnd ? blocksToEnd(this.blockBytes(bytes, view), at + 4, end, this.section.length) : -1;
        if (found < 0) return this.wait(at, next - at);
        this.log.skipped(this.frames, fileOffset + at, found - at);
        at = found;
        continue;
      }
      // Some writers forget the padding in one of the two lengths.
      if (((view.getUint32(next - 4, this.littleEndian) + 3) & ~3) !== next - at) {
        const follows = followsBlock(view, next, end, this.littleEndian, atEnd);
        if (typeof follows === "number") return this.wait(at, next - at + follows);
        if (!follows) {
          this.lose(fileOffset + at, length);
          at++;
          continue;
        }
        this.wrongLengths++;
      }
      if (type === BlockType.ENHANCED_PACKET) this.readEnhancedPacket(bytes, view, at, next);
      else this.readOther(type, bytes, view, at, next, fileOffset);
      at = next;
    }
    return this.wait(at, SMALLEST_BLOCK);
  }

  private wait(at: number, needed: number): number {
    this.needed = needed;
    return at;
  }

  private lose(offset: number, length: number): void {
    this.lostAt = offset;
    this.lostLength = length;
  }

  private blockBytes(bytes: Uint8Array, view: DataView): BlockBytes {
    return { bytes, view, littleEndian: this.littleEndian };
  }

  /** Looks for the block from which reading can go on, or passes over a section; `lostAt` is -1 behind it when there is one. */
  private passOver(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number, atEnd: boolean): number {
    if (this.lostAt < 0) {
      if (this.skipTo <= fileOffset + end) this.tellSkipped(this.skipTo);
      return Math.min(end, this.skipTo - fileOffset);
    }
    const found = findBlock(this.blockBytes(bytes, view), start, end, this.section.length, atEnd);
    this.needed = found.needed;
    if (!found.whole) return found.at;
    this.log.skipped(this.frames, this.lostAt, fileOffset + found.at - this.lostAt);
    this.lostAt = -1;
    return found.at;
  }

  /** The section says itself how long it is: what is told is how much of it the file has. */
  private tellSkipped(to: number): void {
    this.log.skipped(this.frames, this.skipFrom, to - this.skipFrom);
    this.skipFrom = -1;
  }

  private readByteOrder(view: DataView, at: number): boolean {
    const little = view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC;
    if (!little && view.getUint32(at + 8, false) !== BYTE_ORDER_MAGIC) return false;
    this.littleEndian = little;
    return true;
  }

  private readOther(type: number, bytes: Uint8Array, view: DataView, at: number, next: number, fileOffset: number): void {
    const block = this.blockBytes(bytes, view);
    switch (type) {
      case BlockType.SECTION_HEADER:
        this.readSection(block, at, next, fileOffset);
        break;
      case BlockType.INTERFACE_DESCRIPTION:
        this.readInterface(block, at, next);
        break;
      case BlockType.SIMPLE_PACKET:
        this.readSimplePacket(bytes, view, at, next);
        break;
      case BlockType.PACKET:
        this.readObsoletePacket(bytes, view, at, next);
        break;
      case BlockType.NAME_RESOLUTION:
        readNames(block, at + 8, next - 4, this.notes);
        break;
      case BlockType.INTERFACE_STATISTICS:
        this.readStatistics(block, at, next);
        break;
      case BlockType.DECRYPTION_SECRETS:
        readSecrets(block, at + 8, next - 4, this.notes);
        break;
      // Wireshark lists custom blocks and systemd journal entries as frames: they have no content, but they count.
      case BlockType.JOURNAL:
        this.frames++;
        readEntry(block, at + 8, next - 4, this.frames, this.notes);
        break;
      case BlockType.CUSTOM:
      case BlockType.CUSTOM_NOT_COPIED:
        this.frames++;
    }
  }

  private readSection(block: BlockBytes, at: number, next: number, fileOffset: number): void {
    this.section = [];
    this.sections++;
    if (next - at < 28) return;
    const { view, littleEndian } = block;
    const high = view.getUint32(at + (littleEndian ? 20 : 16), littleEndian);
    const low = view.getUint32(at + (littleEndian ? 16 : 20), littleEndian);
    if (view.getUint16(at + 12, littleEndian) === MAJOR) readSectionOptions(block, at + 24, next - 4, this.sections, this.notes);
    else if (high !== UNKNOWN_LENGTH) {
      this.skipFrom = fileOffset + at;
      this.skipTo = fileOffset + next + high * 0x1_0000_0000 + low;
    }
  }

  private readInterface(block: BlockBytes, at: number, next: number): void {
    if (this.interfaces.length >= MOST_INTERFACES) {
      this.log.addOnce({ kind: "table-full", frame: this.frames, data: { table: "interfaces", limit: MOST_INTERFACES } });
      return;
    }
    const one = readInterface(block, at, next - 4, this.interfaces.length, this.notes);
    if (one === null) return;
    this.interfaces.push(one.told);
    this.section.push(one.own);
  }

  private readStatistics(block: BlockBytes, at: number, next: number): void {
    if (next - at < 24) return;
    const from = this.section[block.view.getUint32(at + 8, block.littleEndian)];
    if (from !== undefined) this.notes.droppedInAll(from.id, readStatistics(block, at + 20, next - 4));
  }

  private readEnhancedPacket(bytes: Uint8Array, view: DataView, at: number, next: number): void {
    const littleEndian = this.littleEndian;
    this.frames++;
    if (next - at < ENHANCED_PACKET_FIXED) return;
    const from = this.section[view.getUint32(at + 8, littleEndian)];
    if (from === undefined) {
      this.undescribed++;
      return;
    }
    this.convertTime(from, view.getUint32(at + 12, littleEndian), view.getUint32(at + 16, littleEndian));
    const captured = view.getUint32(at + 20, littleEndian);
    this.direction = UNKNOWN_DIRECTION;
    this.fcsLength = from.fcsLength;
    const options = at + 28 + ((captured + 3) & ~3);
    // Most writers give frames no options: they cost one comparison.
    if (captured <= LARGEST_FRAME && options + 8 <= next) this.readPacketOptions(from, bytes, view, options, next - 4);
    this.emit(from, bytes, view, at + 28, next - 4, captured, view.getUint32(at + 24, littleEndian));
  }

  /** epb_flags, epb_dropcount, comments. */
  private readPacketOptions(from: NgInterface, bytes: Uint8Array, view: DataView, start: number, end: number): void {
    const littleEndian = this.littleEndian;
    let packet = 0;
    for (let at = start; end - at >= 4; ) {
      const code = view.getUint16(at, littleEndian);
      const length = view.getUint16(at + 2, littleEndian);
      const value = at + 4;
      if (code === 0 || value + length > end) break;
      if (code === 1) noteComment(this.blockBytes(bytes, view), value, length, "frame", this.frames, this.notes);
      else if (code === 2 && length >= 4) this.readFlags(view.getUint32(value, littleEndian));
      else if (code === 4 && length >= 8) this.notes.droppedBetween(from.id, Number(view.getBigUint64(value, littleEndian)));
      else if (code === 5 && length >= 8) packet = view.getInt32(value) ^ Math.imul(view.getInt32(value + 4), 0x9e3779b1) || 1;
      at = value + ((length + 3) & ~3);
    }
    if (packet === 0) return;
    // etl2pcapng, which alone numbers packets so, calls all of pktmon's inbound.
    this.direction = UNKNOWN_DIRECTION;
    this.sink.sighting(packet, this.section[0]?.id ?? 0);
  }

  private readFlags(flags: number): void {
    const direction = flags & 3;
    if (direction === INBOUND || direction === OUTBOUND) this.direction = direction;
    const fcsLength = (flags >>> 5) & 15;
    if (fcsLength > 0) this.fcsLength = fcsLength;
  }

  private readObsoletePacket(bytes: Uint8Array, view: DataView, at: number, next: number): void {
    this.frames++;
    if (next - at < ENHANCED_PACKET_FIXED) return;
    const from = this.section[view.getUint16(at + 8, this.littleEndian)];
    if (from === undefined) {
      this.undescribed++;
      return;
    }
    const drops = view.getUint16(at + 10, this.littleEndian);
    if (drops !== UNKNOWN_DROPS) this.notes.droppedBetween(from.id, drops);
    this.convertTime(from, view.getUint32(at + 12, this.littleEndian), view.getUint32(at + 16, this.littleEndian));
    this.direction = UNKNOWN_DIRECTION;
    this.fcsLength = from.fcsLength;
    this.emit(from, bytes, view, at + 28, next - 4, view.getUint32(at + 20, this.littleEndian), view.getUint32(at + 24, this.littleEndian));
  }

  /** SPB has no time and no captured length: the smallest of what was on the wire, the snap length and the block. */
  private readSimplePacket(bytes: Uint8Array, view: DataView, at: number, next: number): void {
    this.frames++;
    const from = this.section[0];
    if (from === undefined) this.undescribed++;
    if (from === undefined || next - at < 16) return;
    const original = view.getUint32(at + 8, this.littleEndian);
    const snap = from.snapLength === 0 ? original : Math.min(original, from.snapLength);
    this.direction = UNKNOWN_DIRECTION;
    this.fcsLength = from.fcsLength;
    this.emit(from, bytes, view, at + 12, next - 4, Math.min(snap, next - 4 - (at + 12)), original);
  }

  private emit(from: NgInterface, bytes: Uint8Array, view: DataView, start: number, end: number, captured: number, original: number): void {
    let length = Math.min(captured, end - start, LARGEST_FRAME);
    let whole = Math.max(original, length);
    if (this.fcsLength > 0) {
      whole = Math.max(0, whole - this.fcsLength);
      length = Math.min(length, whole);
    }
    if (from.addsEthernetHeader && whole === length + ETHERNET_HEADER) whole = length;
    this.sink.frame(bytes, view, start, length, whole, from.linkType, from.id, this.seconds, this.nanoseconds, this.frames, this.direction);
  }

  private convertTime(from: NgInterface, high: number, low: number): void {
    if (from.ticksPerSecond !== 0) {
      // Long division in steps of 16 bits: high * 2^32 + low exceeds 2^53 with nanoseconds, and BigInt costs more than the frame.
      const ticks = from.ticksPerSecond;
      const upper = (high % ticks) * 65536 + (low >>> 16);
      const lower = (upper % ticks) * 65536 + (low & 0xffff);
      this.seconds =
        Math.floor(high / ticks) * 4294967296 + Math.floor(upper / ticks) * 65536 + Math.floor(lower / ticks) + from.offsetSeconds;
      this.nanoseconds = (lower % ticks) * (1_000_000_000 / ticks);
      return;
    }
    const ticks = (BigInt(high) << 32n) | BigInt(low);
    const binary = (from.resolution & 0x80) !== 0;
    const unit = binary ? 1n << BigInt(from.resolution & 0x7f) : 10n ** BigInt(from.resolution & 0x7f);
    this.seconds = Number(ticks / unit) + from.offsetSeconds;
    this.nanoseconds = Number(((ticks % unit) * 1_000_000_000n) / unit);
  }
}
