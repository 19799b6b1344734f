import { type CaptureParser, LARGEST_BLOCK, LARGEST_FRAME, type ParsedInterface } from "./captureParser.ts";
import type { FrameSink } from "./frameSink.ts";
import type { Issue } from "./issue.ts";

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;
/** Wireshark lists custom blocks and systemd journal entries as frames: they are passed over, but they count. */
const CUSTOM = 0x00000bad;
const CUSTOM_NOT_COPIED = 0x40000bad;
const JOURNAL = 9;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const SMALLEST_BLOCK = 12;
/** Type and length of the next block, which decide whether a wrong trailing length is passed over. */
const PEEKED = 8;
/** More interfaces than this over a file are not remembered; frames of the others are passed over. */
const MOST_INTERFACES = 65_536;

interface NgInterface extends ParsedInterface {
  readonly id: number;
  /** Ticks a second when that is a power of ten up to 10^9; 0 otherwise: then `resolution` decides. */
  readonly ticksPerSecond: number;
  /** if_tsresol as it stands. */
  readonly resolution: number;
  readonly offsetSeconds: number;
}

/** pcapng (draft-ietf-opsawg-pcapng): sections, interfaces, EPB, SPB, obsolete PB; other blocks are passed over. */
export class PcapngParser implements CaptureParser {
  readonly format = "pcapng";
  readonly interfaces: ParsedInterface[] = [];
  readonly issues: Issue[] = [];
  frames = 0;
  stopped = false;
  needed = SMALLEST_BLOCK;
  private littleEndian = true;
  /** Length of the block at the start of the window when its trailing length is wrong and the next block is still to be seen; else 0. */
  private doubtful = 0;
  private section: NgInterface[] = [];
  private readonly sink: FrameSink;
  private seconds = 0;
  private nanoseconds = 0;

  constructor(sink: FrameSink) {
    this.sink = sink;
  }

  parse(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): number {
    let at = start;
    while (end - at >= SMALLEST_BLOCK) {
      const type = view.getUint32(at, this.littleEndian);
      // The type of a section header reads the same in both orders; its own magic decides the order of its length.
      if (type === SECTION_HEADER && !this.readByteOrder(view, at, fileOffset)) return at;
      const length = view.getUint32(at + 4, this.littleEndian);
      if (length < SMALLEST_BLOCK || length > LARGEST_BLOCK) {
        this.bad(length, fileOffset + at);
        return at;
      }
      const next = at + ((length + 3) & ~3);
      if (next > end) {
        this.needed = next - at;
        return at;
      }
      if (view.getUint32(next - 4, this.littleEndian) !== length) {
        this.doubtful = length;
        this.needed = next - at + PEEKED;
        if (end - next < PEEKED) return at;
        if (!this.tolerates(view, next)) {
          this.bad(length, fileOffset + at);
          return at;
        }
        this.doubtful = 0;
      }
      if (type === ENHANCED_PACKET) this.readEnhancedPacket(bytes, view, at, next);
      else this.readOther(type, bytes, view, at, next);
      at = next;
    }
    this.needed = SMALLEST_BLOCK;
    return at;
  }

  finish(rest: number, fileOffset: number): void {
    if (rest === 0 || this.stopped) return;
    if (this.doubtful !== 0) this.bad(this.doubtful, fileOffset);
    else this.issues.push({ kind: "file-cut", frame: this.frames, offset: fileOffset, data: { have: rest, need: this.needed } });
  }

  /** A wrong trailing length is passed over when a plausible block follows at the leading one. */
  private tolerates(view: DataView, next: number): boolean {
    const type = view.getUint32(next, this.littleEndian);
    const length = view.getUint32(next + 4, this.littleEndian);
    const known = type === SECTION_HEADER || (type >= 1 && type <= 10);
    return known && length >= SMALLEST_BLOCK && length <= LARGEST_BLOCK && (length & 3) === 0;
  }

  private bad(length: number, offset: number): void {
    this.issues.push({ kind: "bad-block", frame: this.frames, offset, data: { length } });
    this.stopped = true;
  }

  private readByteOrder(view: DataView, at: number, fileOffset: number): boolean {
    const little = view.getUint32(at + 8, true) === BYTE_ORDER_MAGIC;
    if (!little && view.getUint32(at + 8, false) !== BYTE_ORDER_MAGIC) {
      this.bad(view.getUint32(at + 4, true), fileOffset + at);
      return false;
    }
    this.littleEndian = little;
    return true;
  }

  private readOther(type: number, bytes: Uint8Array, view: DataView, at: number, next: number): void {
    if (type === SECTION_HEADER) this.section = [];
    else if (type === INTERFACE_DESCRIPTION) this.readInterface(bytes, view, at, next);
    else if (type === SIMPLE_PACKET) this.readSimplePacket(bytes, view, at, next);
    else if (type === PACKET) this.readObsoletePacket(bytes, view, at, next);
    else if (type === CUSTOM || type === CUSTOM_NOT_COPIED || type === JOURNAL) this.frames++;
  }

  private readEnhancedPacket(bytes: Uint8Array, view: DataView, at: number, next: number): void {
    this.frames++;
    if (next - at < 32) return;
    const from = this.section[view.getUint32(at + 8, this.littleEndian)];
    if (from === undefined) return;
    this.convertTime(from, view.getUint32(at + 12, this.littleEndian), view.getUint32(at + 16, this.littleEndian));
    this.emit(from, bytes, view, at + 28, next - 4, view.getUint32(at + 20, this.littleEndian), view.getUint32(at + 24, this.littleEndian));
  }

  private readObsoletePacket(bytes: Uint8Array, view: DataView, at: number, next: number): void {
    this.frames++;
    if (next - at < 32) return;
    const from = this.section[view.getUint16(at + 8, this.littleEndian)];
    if (from === undefined) return;
    this.convertTime(from, view.getUint32(at + 12, this.littleEndian), view.getUint32(at + 16, this.littleEndian));
    this.emit(from, bytes, view, at + 28, next - 4, view.getUint32(at + 20, this.littleEndian), view.getUint32(at + 24, this.littleEndian));
  }

  /** SPB has no time and no captured length: the smallest of what was on the wire, the snap length and the block. */
  private readSimplePacket(bytes: Uint8Array, view: DataView, at: number, next: number): void {
    this.frames++;
    const from = this.section[0];
    if (from === undefined || next - at < 16) return;
    const original = view.getUint32(at + 8, this.littleEndian);
    const snap = from.snapLength === 0 ? original : Math.min(original, from.snapLength);
    this.emit(from, bytes, view, at + 12, next - 4, Math.min(snap, next - 4 - (at + 12)), original);
  }

  private emit(from: NgInterface, bytes: Uint8Array, view: DataView, start: number, end: number, captured: number, original: number): void {
    const length = Math.min(captured, end - start, LARGEST_FRAME);
    this.sink.frame(
      bytes,
      view,
      start,
      length,
      Math.max(original, length),
      from.linkType,
      from.id,
      this.seconds,
      this.nanoseconds,
      this.frames,
    );
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

  private readInterface(bytes: Uint8Array, view: DataView, at: number, next: number): void {
    if (next - at < 20) return;
    if (this.interfaces.length >= MOST_INTERFACES) {
      if (!this.issues.some((issue) => issue.kind === "table-full")) {
        this.issues.push({ kind: "table-full", frame: this.frames, data: { table: "interfaces", limit: MOST_INTERFACES } });
      }
      return;
    }
    const options = this.readInterfaceOptions(bytes, view, at + 16, next - 4);
    const decimal = (options.resolution & 0x80) === 0 && options.resolution <= 9;
    const parsed: NgInterface = {
      id: this.interfaces.length,
      linkType: view.getUint16(at + 8, this.littleEndian),
      snapLength: view.getUint32(at + 12, this.littleEndian),
      name: options.name,
      timestampResolution: (options.resolution & 0x80) === 0 ? 10 ** -options.resolution : 2 ** -(options.resolution & 0x7f),
      ticksPerSecond: decimal ? 10 ** options.resolution : 0,
      resolution: options.resolution,
      offsetSeconds: options.offsetSeconds,
    };
    this.interfaces.push(parsed);
    this.section.push(parsed);
  }

  private readInterfaceOptions(bytes: Uint8Array, view: DataView, start: number, end: number) {
    let at = start;
    let resolution = 6;
    let offsetSeconds = 0;
    let name: string | null = null;
    while (end - at >= 4) {
      const code = view.getUint16(at, this.littleEndian);
      const length = view.getUint16(at + 2, this.littleEndian);
      const value = at + 4;
      if (code === 0 || value + length > end) break;
      // if_tsresol allows 10^-19 and 2^-63 at most; more would only be noise below the clock.
      if (code === 9 && length >= 1) resolution = Math.min(bytes[value] ?? 6, 0xbf);
      if (code === 14 && length >= 8) offsetSeconds = Number(view.getBigInt64(value, this.littleEndian));
      if (code === 2) name = latin1(bytes, value, Math.min(length, 64));
      at = value + ((length + 3) & ~3);
    }
    return {
      resolution: (resolution & 0x80) === 0 ? Math.min(resolution, 19) : resolution,
      offsetSeconds: Math.abs(offsetSeconds) < 1e11 ? offsetSeconds : 0,
      name,
    };
  }
}

function latin1(bytes: Uint8Array, start: number, length: number): string {
  let text = "";
  for (let i = start; i < start + length; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
