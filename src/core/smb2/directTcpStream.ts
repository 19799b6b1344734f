import type { LossCause, StreamConsumer } from "../net/tcpStream.ts";
import type { WaitingBytes } from "../net/waitingBytes.ts";
import type { MessageParts } from "./messageParts.ts";
import type { MessageKind, MessageSink } from "./messageSink.ts";

const SMB2_MAGIC = 0xfe534d42;
const SMB1_MAGIC = 0xff534d42;
const TRANSFORM_MAGIC = 0xfd534d42;
const COMPRESSION_MAGIC = 0xfc534d42;
const HEADER = 64;
const TRANSFORM_HEADER = 52;
/** NetBIOS session service packet types (RFC 1002 4.3.1): message, and 0x81 to 0x85 for opening and keeping alive. */
const SESSION_MESSAGE = 0;
const FIRST_CONTROL = 0x81;
const LAST_CONTROL = 0x85;
/** A NetBIOS control packet is at most a request with two encoded names. */
const LARGEST_CONTROL = 1024;
/** The 4-byte length and the magic behind it tell a packet: one byte less than these may be left at the end of a segment. */
const SEAM = 7;
/** Compounded messages in one packet that are told apart; the rest is passed over. */
const MOST_COMPOUNDED = 1024;
export const LARGEST_KEPT = 64 * 1024;
/** A larger store is not kept for the next stream. */
const LARGEST_SPARE = 4096;

/**
 * Cuts one direction into DirectTcpPackets ([MS-SMB2] 2.1; RFC 1002 on port 139) and those into messages. A message that lies whole in
 * one segment is read where it lies; otherwise only the bytes that are wanted of it (`MessageSink.wanted`) are gathered, never the payload
 * of READ and WRITE. After a gap it looks for the next packet that begins with an SMB magic.
 */
export class DirectTcpStream implements StreamConsumer {
  private readonly sink: MessageSink;
  private readonly fromClient: boolean;
  /** Bytes of the packet that are still to come; 0 between packets. */
  private packetLeft = 0;
  /** The 4 bytes before a packet, as far as seen. */
  private prefix = 0;
  private prefixBytes = 0;
  /** Of the message being gathered: bytes passed, its length (0: header not read), bytes kept and wanted. */
  private passed = 0;
  private messageLength = 0;
  private kept = 0;
  private keepUpTo = 0;
  private compounded = 0;
  private damaged = false;
  private store = NO_BYTES;
  private storeView = NO_VIEW;
  private skipPacket = false;
  private searching = false;
  /** While searching: the last bytes seen, among which a packet may begin whose magic comes with the next segment. */
  private seam = NO_BYTES;
  private seamLength = 0;
  /** Collects the frames of the message being gathered, where somebody wants to know them. */
  private readonly parts: MessageParts | null;
  private readonly waiting: WaitingBytes;
  /** Frames of the message that is being handed on; null for one that lies whole in its frame. */
  handedParts: MessageParts | null = null;

  constructor(sink: MessageSink, fromClient: boolean, waiting: WaitingBytes, parts: MessageParts | null = null) {
    this.sink = sink;
    this.fromClient = fromClient;
    this.waiting = waiting;
    this.parts = parts;
  }

  /** Forgets the stream before. */
  begin(): void {
    this.searchAgain();
    this.searching = false;
    this.skipPacket = false;
    this.compounded = 0;
    this.beginMessage();
  }

  /** Nothing more will come: lets go of what was kept, unless it is worth keeping for the next stream. */
  end(): void {
    if (this.store.length <= LARGEST_SPARE) return;
    this.waiting.count -= this.store.length;
    this.store = NO_BYTES;
    this.storeView = NO_VIEW;
  }

  startsLate(): void {
    this.searching = true;
  }

  data(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number): void {
    let at = start;
    if (this.searching) {
      at = this.search(bytes, view, start, end, frame, time);
      if (at < 0) return;
    }
    while (at < end) {
      if (this.packetLeft > 0) at = this.gather(bytes, view, at, end, frame, time);
      else at = this.beginPacket(bytes, view, at, end, frame, time);
      if (at < 0) return;
    }
  }

  lost(count: number, why: LossCause, frame: number, time: number): void {
    const hid = this.hidesMessage(count);
    this.passHole(count, frame, time);
    this.sink.lost(this.fromClient, why, hid, frame);
  }

  /** Whether more is among so many missing bytes than payload that nobody looks at. */
  private hidesMessage(count: number): boolean {
    if (this.searching || count > this.packetLeft) return true;
    if (this.skipPacket) return false;
    return this.messageLength === 0 || this.kept < this.keepUpTo || count > this.messageLength - this.passed;
  }

  private passHole(count: number, frame: number, time: number): void {
    if (this.searching) {
      this.seamLength = 0;
      return;
    }
    if (this.packetLeft === 0 || count > this.packetLeft) {
      if (this.packetLeft > 0) this.giveUpMessage(frame, time);
      this.searchAgain();
      return;
    }
    this.passLost(count, frame, time);
  }

  /** Between packets: reads a packet that is whole in place, else starts to gather it. Gives the next offset, -1 when the rest was used up. */
  private beginPacket(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number): number {
    let at = start;
    if (this.prefixBytes > 0 || end - at < 4) {
      while (this.prefixBytes < 4 && at < end) {
        this.prefix = ((this.prefix << 8) | (bytes[at++] ?? 0)) >>> 0;
        this.prefixBytes++;
      }
      if (this.prefixBytes < 4) return -1;
    } else {
      this.prefix = view.getUint32(at);
      at += 4;
    }
    this.prefixBytes = 0;
    const type = this.prefix >>> 24;
    const length = this.prefix & 0xffffff;
    this.prefix = 0;
    if (type >= FIRST_CONTROL && type <= LAST_CONTROL && length <= LARGEST_CONTROL) return this.passControl(at, end, length);
    if (type !== SESSION_MESSAGE) return this.resynchronise(bytes, view, start, end, frame, time);
    if (length === 0) return at;
    if (end - at >= length) {
      this.wholePacket(bytes, view, at, at + length, frame, time);
      return at + length;
    }
    this.packetLeft = length;
    this.skipPacket = false;
    this.compounded = 0;
    this.beginMessage();
    return at === end ? -1 : at;
  }

  private passControl(at: number, end: number, length: number): number {
    const passed = Math.min(end - at, length);
    this.packetLeft = length - passed;
    this.skipPacket = this.packetLeft > 0;
    return at + passed === end ? -1 : at + passed;
  }

  /** These bytes are no packet: searches on in the same segment. */
  private resynchronise(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number): number {
    this.searchAgain();
    return this.search(bytes, view, start + 1, end, frame, time);
  }

  private searchAgain(): void {
    this.searching = true;
    this.seamLength = 0;
    this.packetLeft = 0;
    this.prefixBytes = 0;
    this.prefix = 0;
  }

  /** Offset from which packets are read again; -1 when none begins here. */
  private search(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number): number {
    if (this.seamLength > 0 && this.searchSeam(bytes, start, end, frame, time)) return start;
    const at = findPacket(view, start, end);
    if (at < 0) this.keepSeam(bytes, start, end);
    else this.searching = false;
    return at;
  }

  /** A packet that begins in the bytes before and goes on in these: takes its beginning. */
  private searchSeam(bytes: Uint8Array, start: number, end: number, frame: number, time: number): boolean {
    const before = this.seamLength;
    const joined = new Uint8Array(before + Math.min(SEAM, end - start));
    joined.set(this.seam.subarray(0, before));
    joined.set(bytes.subarray(start, start + joined.length - before), before);
    const view = new DataView(joined.buffer);
    const at = findPacket(view, 0, joined.length);
    if (at < 0 || at >= before) return false;
    this.searching = false;
    this.seamLength = 0;
    this.data(joined, view, at, before, frame, time);
    return true;
  }

  private keepSeam(bytes: Uint8Array, start: number, end: number): void {
    if (this.seam.length === 0) this.seam = new Uint8Array(SEAM);
    const count = Math.min(SEAM, end - start);
    const old = Math.min(SEAM - count, this.seamLength);
    this.seam.copyWithin(0, this.seamLength - old, this.seamLength);
    this.seam.set(bytes.subarray(end - count, end), old);
    this.seamLength = old + count;
  }

  /** A packet that lies whole in the segment: its messages are handed on where they lie. */
  private wholePacket(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number): void {
    let at = start;
    for (let i = 0; i < MOST_COMPOUNDED && end - at >= 4; i++) {
      const left = end - at;
      const magic = view.getUint32(at);
      const length = magic === SMB2_MAGIC && left >= HEADER ? messageLength(view, at, left) : left;
      const kind = kindOf(magic);
      if (kind === null) return;
      this.sink.message(this.fromClient, kind, bytes, view, at, length, length, false, frame, time);
      at += length;
    }
  }

  private beginMessage(): void {
    this.passed = 0;
    this.kept = 0;
    this.messageLength = 0;
    this.keepUpTo = Math.min(HEADER, this.packetLeft);
    this.damaged = false;
    this.parts?.begin();
  }

  /** Inside a packet: keeps what is wanted of the message and passes over the rest. */
  private gather(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number): number {
    if (this.skipPacket) {
      const passed = Math.min(end - start, this.packetLeft);
      this.packetLeft -= passed;
      return start + passed;
    }
    // A further message of a compound that lies whole in this segment needs no gathering.
    if (this.passed === 0 && end - start >= this.packetLeft) {
      this.wholePacket(bytes, view, start, start + this.packetLeft, frame, time);
      const next = start + this.packetLeft;
      this.packetLeft = 0;
      return next;
    }
    this.parts?.add(this.passed, frame);
    let at = start;
    if (this.kept < this.keepUpTo && !this.damaged) {
      const count = Math.min(this.keepUpTo - this.kept, end - at);
      this.keep(bytes, at, count);
      at += count;
      this.passed += count;
      this.packetLeft -= count;
      if (this.kept < this.keepUpTo) return at;
      if (this.messageLength === 0 && !this.readGatheredHeader()) return at;
      if (this.kept < this.keepUpTo) return at;
    }
    const rest = Math.min(this.messageLength - this.passed, end - at);
    at += rest;
    this.passed += rest;
    this.packetLeft -= rest;
    if (this.passed >= this.messageLength) this.endMessage(frame, time);
    return at;
  }

  /** The first 64 bytes (or all of a shorter packet) are there: how long is the message, how much of it is wanted? */
  private readGatheredHeader(): boolean {
    const whole = this.passed + this.packetLeft;
    const magic = this.kept >= 4 ? this.storeView.getUint32(0) : 0;
    const kind = kindOf(magic);
    if (kind === null) {
      this.skipPacket = true;
      return false;
    }
    if (kind === "SMB2" && this.kept >= HEADER) {
      this.messageLength = messageLength(this.storeView, 0, whole);
      this.keepUpTo = Math.max(HEADER, Math.min(this.messageLength, this.sink.wanted(this.storeView, 0), LARGEST_KEPT));
    } else {
      this.messageLength = whole;
      this.keepUpTo = Math.min(whole, kind === "SMB1" ? 1024 : Math.max(this.kept, TRANSFORM_HEADER));
    }
    return true;
  }

  private endMessage(frame: number, time: number): void {
    this.handOn(this.damaged, frame, time);
    if (++this.compounded >= MOST_COMPOUNDED) this.skipPacket = true;
    this.beginMessage();
  }

  private handOn(truncated: boolean, frame: number, time: number): void {
    const kind = this.kept >= 4 ? kindOf(this.storeView.getUint32(0)) : null;
    if (kind === null) return;
    const length = this.messageLength === 0 ? this.passed + this.packetLeft : this.messageLength;
    // A header cut by the snap length is read with zeros for what is missing.
    if (this.kept < HEADER) this.store.fill(0, this.kept, HEADER);
    this.handedParts = this.parts;
    this.sink.message(this.fromClient, kind, this.store, this.storeView, 0, this.kept, length, truncated, frame, time);
    this.handedParts = null;
  }

  private giveUpMessage(frame: number, time: number): void {
    if (!this.skipPacket && this.passed > 0) this.handOn(true, frame, time);
  }

  /** Bytes inside the packet are missing: the message in them is truncated, and where its end is known the next one is read. */
  private passLost(count: number, frame: number, time: number): void {
    let left = count;
    while (left > 0 && !this.skipPacket) {
      if (this.kept < this.keepUpTo) this.damaged = true;
      // Without its header nobody knows where the message ends: the packet has nothing more to give.
      if (this.messageLength === 0) {
        this.giveUpMessage(frame, time);
        this.skipPacket = true;
        break;
      }
      const part = Math.min(left, this.messageLength - this.passed);
      this.parts?.addLost(this.passed);
      this.passed += part;
      this.packetLeft -= part;
      left -= part;
      if (this.passed >= this.messageLength) this.endMessage(frame, time);
    }
    this.packetLeft -= left;
  }

  private keep(bytes: Uint8Array, start: number, count: number): void {
    if (this.kept + count > this.store.length) this.growStore(this.kept + count);
    const store = this.store;
    // Headers are short: a loop beats set(subarray()) below some hundred bytes.
    if (count > 256) store.set(bytes.subarray(start, start + count), this.kept);
    else for (let i = 0; i < count; i++) store[this.kept + i] = bytes[start + i] ?? 0;
    this.kept += count;
  }

  private growStore(needed: number): void {
    const larger = new Uint8Array(Math.min(LARGEST_KEPT, Math.max(256, needed, this.store.length * 2)));
    larger.set(this.store.subarray(0, this.kept));
    if (larger.length > LARGEST_SPARE) this.waiting.count += larger.length - (this.store.length > LARGEST_SPARE ? this.store.length : 0);
    this.store = larger;
    this.storeView = new DataView(larger.buffer);
  }
}

const NO_BYTES = new Uint8Array(0);
const NO_VIEW = new DataView(NO_BYTES.buffer);

function kindOf(magic: number): MessageKind | null {
  if (magic === SMB2_MAGIC) return "SMB2";
  if (magic === TRANSFORM_MAGIC) return "encrypted";
  if (magic === COMPRESSION_MAGIC) return "compressed";
  if (magic === SMB1_MAGIC) return "SMB1";
  return null;
}

/** NextCommand where it leads to another message inside the packet ([MS-SMB2] 2.2.1, 3.3.5.2.7); else all that is left. */
function messageLength(view: DataView, start: number, left: number): number {
  const next = view.getUint32(start + 20, true);
  return next >= HEADER && next < left && (next & 7) === 0 ? next : left;
}

/** Offset of the next 4-byte packet length with an SMB magic behind it; -1 when there is none. */
function findPacket(view: DataView, start: number, end: number): number {
  for (let at = start; end - at >= 8; at++) {
    if (view.getUint8(at) !== SESSION_MESSAGE) continue;
    const magic = view.getUint32(at + 4);
    if (kindOf(magic) === null) continue;
    const length = view.getUint32(at) & 0xffffff;
    if (length < 32) continue;
    if (magic === SMB2_MAGIC && end - at >= 10 && view.getUint16(at + 8, true) !== HEADER) continue;
    return at;
  }
  return -1;
}
