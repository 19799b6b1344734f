import { ascii, be16, be32, concat, le16, le32, le64, octets, padTo, zeros } from "./encode.ts";
import type { Frame } from "./encodeFrame.ts";

/* Capture files as bytes: pcap and pcapng in every variant that a reader must know. */

/** 1 January 2024, 00:00:00 UTC: when every built conversation begins. */
export const BASE_SECONDS = 1_704_067_200;

export interface PcapOptions {
  readonly bigEndian?: boolean;
  readonly nanoseconds?: boolean;
  readonly linkType?: number;
  /** Bytes of a frame that the file keeps. */
  readonly snapLength?: number;
}

/** A libpcap file (pcap-savefile). */
export function pcapFile(frames: readonly Frame[], options: PcapOptions = {}): Uint8Array {
  const { word, half } = order(options.bigEndian);
  const snapLength = options.snapLength ?? 262_144;
  const header = concat(
    word(options.nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4),
    half(2),
    half(4),
    word(0),
    word(0),
    word(snapLength),
    word(options.linkType ?? 1),
  );
  return concat(header, ...frames.map((frame) => pcapRecord(frame, snapLength, options)));
}

function pcapRecord(frame: Frame, snapLength: number, options: PcapOptions): Uint8Array {
  const { word } = order(options.bigEndian);
  const kept = frame.bytes.subarray(0, snapLength);
  const [seconds, nanoseconds] = clock(frame.time);
  const fraction = options.nanoseconds ? nanoseconds : Math.floor(nanoseconds / 1000);
  return concat(word(seconds), word(fraction), word(kept.length), word(originalOf(frame)), kept);
}

export interface NgInterface {
  readonly linkType?: number;
  readonly snapLength?: number;
  /** if_tsresol as it stands; absent: no such option, which means 6. */
  readonly resolution?: number;
  /** if_tsoffset in seconds. */
  readonly offsetSeconds?: number;
  readonly name?: string;
}

export interface NgSection {
  readonly bigEndian?: boolean;
  readonly interfaces?: readonly NgInterface[];
  readonly frames: readonly Frame[];
  /** `EPB` unless given; SPB has no time and only the first interface. */
  readonly blocks?: "EPB" | "SPB" | "PB";
  /** Whole blocks that are put between the frames. */
  readonly otherBlocks?: readonly Uint8Array[];
}

/** A pcapng file of some sections, each with its own byte order and interfaces. */
export function pcapngFile(...sections: readonly NgSection[]): Uint8Array {
  return concat(...sections.map(sectionBytes));
}

function sectionBytes(section: NgSection): Uint8Array {
  const { bigEndian = false, interfaces = [{}], blocks = "EPB" } = section;
  const { word, half } = order(bigEndian);
  const header = ngBlock(0x0a0d0d0a, concat(word(0x1a2b3c4d), half(1), half(0), word(0xffffffff), word(0xffffffff)), bigEndian);
  const descriptions = interfaces.map((one) => interfaceBlock(one, bigEndian));
  const packets = section.frames.flatMap((frame, index) => {
    const from = interfaces[frame.interfaceId ?? 0] ?? {};
    const other = section.otherBlocks?.[index];
    const block = blocks === "SPB" ? simpleBlock(frame, from, bigEndian) : packetBlock(frame, from, blocks === "PB", bigEndian);
    return other === undefined ? [block] : [other, block];
  });
  return concat(header, ...descriptions, ...packets);
}

/** Any block: type, length, body, length. */
export function ngBlock(type: number, body: Uint8Array, bigEndian = false): Uint8Array {
  const { word } = order(bigEndian);
  const padded = padTo(4, body);
  const length = word(padded.length + 12);
  return concat(word(type), length, padded, length);
}

function interfaceBlock(one: NgInterface, bigEndian: boolean): Uint8Array {
  const { word, half } = order(bigEndian);
  const option = (code: number, value: Uint8Array) => concat(half(code), half(value.length), padTo(4, value));
  const offset = le64(one.offsetSeconds ?? 0);
  const options = [
    ...(one.name === undefined ? [] : [option(2, ascii(one.name))]),
    ...(one.resolution === undefined ? [] : [option(9, octets(one.resolution))]),
    ...(one.offsetSeconds === undefined ? [] : [option(14, bigEndian ? offset.reverse() : offset)]),
  ];
  const end = options.length > 0 ? option(0, zeros(0)) : zeros(0);
  return ngBlock(1, concat(half(one.linkType ?? 1), half(0), word(one.snapLength ?? 0), ...options, end), bigEndian);
}

function packetBlock(frame: Frame, from: NgInterface, obsolete: boolean, bigEndian: boolean): Uint8Array {
  const { word, half } = order(bigEndian);
  const kept = keptOf(frame, from);
  const ticks = ticksOf(frame.time, from);
  const id = frame.interfaceId ?? 0;
  const fixed = concat(
    obsolete ? concat(half(id), half(0xffff)) : word(id),
    word(Number(ticks >> 32n)),
    word(Number(ticks & 0xffffffffn)),
    word(kept.length),
    word(originalOf(frame)),
  );
  return ngBlock(obsolete ? 2 : 6, concat(fixed, padTo(4, kept), packetIdOption(frame, bigEndian)), bigEndian);
}

function packetIdOption({ packetId }: Frame, bigEndian: boolean): Uint8Array {
  if (packetId === undefined) return zeros(0);
  const { word, half } = order(bigEndian);
  const [low, high] = [word(Number(packetId & 0xffffffffn)), word(Number(packetId >> 32n))];
  return concat(half(5), half(8), ...(bigEndian ? [high, low] : [low, high]), half(0), half(0));
}

function simpleBlock(frame: Frame, from: NgInterface, bigEndian: boolean): Uint8Array {
  const { word } = order(bigEndian);
  return ngBlock(3, concat(word(originalOf(frame)), keptOf(frame, from)), bigEndian);
}

function originalOf(frame: Frame): number {
  return frame.original ?? frame.bytes.length;
}

function keptOf(frame: Frame, from: NgInterface): Uint8Array {
  return from.snapLength ? frame.bytes.subarray(0, from.snapLength) : frame.bytes;
}

function ticksOf(time: number, from: NgInterface): bigint {
  const [seconds, nanoseconds] = clock(time);
  const resolution = from.resolution ?? 6;
  const unit = (resolution & 0x80) === 0 ? 10n ** BigInt(resolution) : 1n << BigInt(resolution & 0x7f);
  return BigInt(seconds - (from.offsetSeconds ?? 0)) * unit + (BigInt(nanoseconds) * unit) / 1_000_000_000n;
}

/** Seconds since 1970 and nanoseconds of a time in milliseconds since the conversation began. */
function clock(time: number): readonly [seconds: number, nanoseconds: number] {
  const nanoseconds = Math.round(time * 1e6);
  return [BASE_SECONDS + Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
}

function order(bigEndian = false) {
  return bigEndian ? { word: be32, half: be16 } : { word: le32, half: le16 };
}
