import { type CaptureWriter, type End, Flag } from "./captureWriter.ts";

/** Payload of a segment on an Ethernet with 1,500-byte packets. */
const SEGMENT = 1448;

/** 0: client to server; 1: back. */
export type Direction = 0 | 1;

/** A TCP connection that writes its segments as they come. */
export class BenchFlow {
  readonly ends: readonly [End, End];
  private readonly writer: CaptureWriter;
  /** Filler, at least as long as the longest message. */
  private readonly noise: Buffer;
  private readonly sequences: [number, number];
  private unacknowledged = 0;

  constructor(writer: CaptureWriter, noise: Buffer, ends: readonly [End, End], sequences: readonly [number, number]) {
    this.writer = writer;
    this.noise = noise;
    this.ends = ends;
    this.sequences = [...sequences];
  }

  open(): void {
    this.control(0, Flag.SYN);
    this.control(1, Flag.SYN | Flag.ACK);
    this.control(0, Flag.ACK);
  }

  /** Both sides end it. */
  close(): void {
    this.control(0, Flag.FIN | Flag.ACK);
    this.control(1, Flag.FIN | Flag.ACK);
    this.control(0, Flag.ACK);
  }

  reset(from: Direction): void {
    this.control(from, Flag.RST | Flag.ACK);
  }

  /** Sends `head` and that many bytes of filler at once. */
  send(direction: Direction, head: Uint8Array, filler = 0): void {
    for (const _ of this.segments(direction, head, filler));
  }

  /** Sends the same, a segment at each step, with the noise from `from` on; the other side acknowledges every second one. */
  *segments(direction: Direction, head: Uint8Array, filler = 0, from = 0): Generator<void> {
    const length = head.length + filler;
    for (let sent = 0; sent < length; ) {
      const count = Math.min(SEGMENT, length - sent);
      const isLast = sent + count === length;
      const at = this.segment(direction, isLast ? Flag.ACK | Flag.PUSH : Flag.ACK, count);
      const fromHead = Math.max(0, Math.min(count, head.length - sent));
      this.writer.buffer.set(head.subarray(sent, sent + fromHead), at);
      const noiseAt = from + Math.max(0, sent - head.length);
      this.noise.copy(this.writer.buffer, at + fromHead, noiseAt, noiseAt + count - fromHead);
      sent += count;
      this.unacknowledged++;
      if (!isLast && this.unacknowledged % 2 === 0) this.control(direction === 0 ? 1 : 0, Flag.ACK);
      yield;
    }
  }

  private control(from: Direction, flags: number): void {
    this.segment(from, flags, 0);
    if ((flags & (Flag.SYN | Flag.FIN)) !== 0) this.sequences[from]++;
  }

  private segment(from: Direction, flags: number, length: number): number {
    const to = from === 0 ? 1 : 0;
    const at = this.writer.tcp(this.ends[from], this.ends[to], flags, this.sequences[from], this.sequences[to], length);
    this.sequences[from] = (this.sequences[from] + length) >>> 0;
    return at;
  }
}
