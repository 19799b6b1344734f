import { closeSync, openSync, writeSync } from "node:fs";

const BUFFER = 8 * 1024 * 1024;
const LARGEST_RECORD = 70_000;
const TCP_HEADER = 32;

/** Flags of a TCP header. */
export const Flag = { FIN: 1, SYN: 2, RST: 4, PUSH: 8, ACK: 16 } as const;

/** One end of a flow, as IPv4 address and port. */
export interface End {
  readonly address: number;
  readonly port: number;
}

/** Writes Ethernet frames into a pcap or pcapng file through one buffer: hundreds of megabytes a second. */
export class CaptureWriter {
  frames = 0;
  /** Bytes of the file so far. */
  bytes = 0;
  readonly buffer = Buffer.alloc(BUFFER);
  private readonly file: number;
  private readonly pcapng: boolean;
  private at = 0;
  private microseconds = 0;
  private identification = 0;

  constructor(path: string, pcapng: boolean) {
    this.file = openSync(path, "w");
    this.pcapng = pcapng;
    this.advance(pcapng ? this.writeSection() : this.writeHeader());
  }

  /** Lets time pass. */
  wait(microseconds: number): void {
    this.microseconds += microseconds;
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  /** Writes a frame up to its TCP header, which has a time stamp option; gives where its payload of `length` bytes belongs in `buffer`. */
  tcp(from: End, to: End, flags: number, sequence: number, acknowledged: number, length: number): number {
    const { buffer } = this;
    const at = this.ip(from, to, 6, TCP_HEADER + length);
    buffer.writeUInt16BE(from.port, at);
    buffer.writeUInt16BE(to.port, at + 2);
    buffer.writeUInt32BE(sequence >>> 0, at + 4);
    buffer.writeUInt32BE((flags & Flag.ACK) === 0 ? 0 : acknowledged >>> 0, at + 8);
    buffer.writeUInt16BE(0x8000 | flags, at + 12);
    buffer.writeUInt16BE(2048, at + 14);
    buffer.writeUInt32BE(0, at + 16);
    buffer.writeUInt32BE(0x0101080a, at + 20);
    buffer.writeUInt32BE(Math.floor(this.microseconds / 1000), at + 24);
    buffer.writeUInt32BE(0, at + 28);
    return at + TCP_HEADER;
  }

  udp(from: End, to: End, length: number): number {
    const { buffer } = this;
    const at = this.ip(from, to, 17, 8 + length);
    buffer.writeUInt16BE(from.port, at);
    buffer.writeUInt16BE(to.port, at + 2);
    buffer.writeUInt16BE(8 + length, at + 4);
    buffer.writeUInt16BE(0, at + 6);
    return at + 8;
  }

  private ip(from: End, to: End, protocol: number, length: number): number {
    const { buffer } = this;
    const ethernet = this.begin(14 + 20 + length);
    buffer.writeUIntBE(0x020000000000 + (to.address & 0xffffff), ethernet, 6);
    buffer.writeUIntBE(0x020000000000 + (from.address & 0xffffff), ethernet + 6, 6);
    buffer.writeUInt16BE(0x0800, ethernet + 12);
    const at = ethernet + 14;
    buffer.writeUInt16BE(0x4500, at);
    buffer.writeUInt16BE(20 + length, at + 2);
    this.identification = (this.identification + 1) & 0xffff;
    buffer.writeUInt16BE(this.identification, at + 4);
    buffer.writeUInt16BE(0x4000, at + 6);
    buffer.writeUInt8(64, at + 8);
    buffer.writeUInt8(protocol, at + 9);
    buffer.writeUInt16BE(0, at + 10);
    buffer.writeUInt32BE(from.address, at + 12);
    buffer.writeUInt32BE(to.address, at + 16);
    buffer.writeUInt16BE(this.checksum(at), at + 10);
    return at + 20;
  }

  private checksum(header: number): number {
    let sum = 0;
    for (let at = 0; at < 20; at += 2) sum += this.buffer.readUInt16BE(header + at);
    sum = (sum & 0xffff) + (sum >>> 16);
    return ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
  }

  /** Writes the head of a record for a frame of `length` bytes and gives where the frame belongs. */
  private begin(length: number): number {
    if (this.at + LARGEST_RECORD > BUFFER) this.flush();
    this.frames++;
    this.microseconds += 1 + (length >> 10);
    const record = this.at;
    return this.pcapng ? this.beginBlock(record, length) : this.beginRecord(record, length);
  }

  private beginRecord(record: number, length: number): number {
    const { buffer } = this;
    buffer.writeUInt32LE(BASE_SECONDS + Math.floor(this.microseconds / 1e6), record);
    buffer.writeUInt32LE(this.microseconds % 1e6, record + 4);
    buffer.writeUInt32LE(length, record + 8);
    buffer.writeUInt32LE(length, record + 12);
    this.advance(16 + length);
    return record + 16;
  }

  private beginBlock(record: number, length: number): number {
    const { buffer } = this;
    const padded = (length + 3) & ~3;
    const time = BASE_SECONDS * 1e6 + this.microseconds;
    buffer.writeUInt32LE(6, record);
    buffer.writeUInt32LE(32 + padded, record + 4);
    buffer.writeUInt32LE(0, record + 8);
    buffer.writeUInt32LE(Math.floor(time / 2 ** 32), record + 12);
    buffer.writeUInt32LE(time % 2 ** 32, record + 16);
    buffer.writeUInt32LE(length, record + 20);
    buffer.writeUInt32LE(length, record + 24);
    buffer.fill(0, record + 28 + length, record + 28 + padded);
    buffer.writeUInt32LE(32 + padded, record + 28 + padded);
    this.advance(32 + padded);
    return record + 28;
  }

  private writeHeader(): number {
    const words = [0xa1b2c3d4, 0x00040002, 0, 0, 262_144, 1];
    return words.reduce((at, word) => this.buffer.writeUInt32LE(word, at), 0);
  }

  private writeSection(): number {
    const section = [0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28];
    const description = [1, 20, 1, 262_144, 20];
    return [...section, ...description].reduce((at, word) => this.buffer.writeUInt32LE(word, at), 0);
  }

  private advance(count: number): void {
    this.at += count;
    this.bytes += count;
  }

  private flush(): void {
    for (let written = 0; written < this.at; ) written += writeSync(this.file, this.buffer, written, this.at - written);
    this.at = 0;
  }
}

/** 1 January 2024, 00:00:00 UTC. */
const BASE_SECONDS = 1_704_067_200;
