import { BASE_SECONDS } from "./captureBuilder.ts";
import { ascii, be32, concat, le16, le32, le64, octets, padTo, utf16, zeros } from "./encode.ts";
import type { Frame } from "./encodeFrame.ts";

/* Capture files of other programs: snoop, iptrace, Network Monitor. */

/** A snoop file (RFC 1761). */
export function snoopFile(frames: readonly Frame[], datalink = 4, drops = 0): Uint8Array {
  const records = frames.map((frame) => {
    const data = padTo(4, frame.bytes);
    const { seconds, microseconds } = clock(frame);
    return concat(
      be32(frame.original ?? frame.bytes.length),
      be32(frame.bytes.length),
      be32(24 + data.length),
      be32(drops),
      be32(seconds),
      be32(microseconds),
      data,
    );
  });
  return concat(ascii("snoop\0\0\0"), be32(2), be32(datalink), ...records);
}

/** An iptrace file of version 1 or 2; `interfaceId` is the unit of the interface `en`. */
export function iptraceFile(frames: readonly Frame[], version: 1 | 2, type = 6): Uint8Array {
  const records = frames.map((frame) => {
    const { seconds, microseconds } = clock(frame);
    const name = concat(octets(0, 0, 0, frame.interfaceId ?? 0), ascii("en\0\0"), zeros(12), octets(type, 1));
    const info = version === 1 ? name : concat(name, octets(0, 0), be32(seconds), be32(microseconds * 1000));
    return concat(be32(info.length + frame.bytes.length), be32(seconds), info, frame.bytes);
  });
  return concat(ascii(`iptrace ${version}.0`), ...records);
}

export interface NetmonOptions {
  /** 0x0101, 0x0200 to 0x0203; the last unless given. */
  readonly version?: number;
  /** Media type of each frame; 1 unless given. */
  readonly media?: readonly number[];
  /** Order of the frames in the table; that of the file unless given. */
  readonly order?: readonly number[];
  /** Comment on the first frame. */
  readonly comment?: string;
  readonly process?: { readonly path: string; readonly id: number; readonly localPort: number; readonly remotePort: number };
  /** The capture was never closed: no table. */
  readonly open?: boolean;
}

const HEADER = 128;

/** A Network Monitor file: header, frames, comments, processes, frame table. */
export function netmonFile(frames: readonly Frame[], options: NetmonOptions = {}): Uint8Array {
  const { version = 0x0203 } = options;
  const records = frames.map((frame, index) => netmonRecord(frame, version, options.media?.[index] ?? 1));
  const places: number[] = [];
  let at = HEADER;
  for (const record of records) {
    places.push(at);
    at += record.length;
  }
  const comments = options.comment === undefined ? zeros(0) : commentBytes(places[0] ?? HEADER, options.comment);
  const processes = options.process === undefined ? zeros(0) : processBytes(options.process);
  const order = options.order ?? frames.map((_, index) => index);
  const table = concat(...order.map((index) => le32(places[index] ?? index)));
  const commentsAt = at;
  const processesAt = commentsAt + comments.length;
  const tableAt = processesAt + processes.length;
  const header = concat(
    ascii(version < 0x0200 ? "RTSS" : "GMBU"),
    octets(version & 0xff, version >> 8),
    le16(version < 0x0201 ? (options.media?.[0] ?? 1) : 1),
    // 1 January 2024, a Monday, 00:00:00.000
    ...[2024, 1, 1, 1, 0, 0, 0, 0].map(le16),
    le32(options.open ? 0 : tableAt),
    le32(options.open ? 0 : table.length),
    zeros(8),
    le32(comments.length > 0 ? commentsAt : 0),
    le32(comments.length),
    le32(processes.length > 0 ? processesAt : 0),
    le32(processes.length > 0 ? 1 : 0),
    // From version 2.3 on: there is a table of time zones, so that the UTC times count.
    zeros(72),
  );
  return concat(header, ...records, comments, processes, ...(options.open ? [] : [table]));
}

function netmonRecord(frame: Frame, version: number, media: number): Uint8Array {
  const original = frame.original ?? frame.bytes.length;
  if (version < 0x0200) return concat(le32(Math.floor(frame.time)), le16(original), le16(frame.bytes.length), frame.bytes);
  const microseconds = Math.round(frame.time * 1000);
  const utc = 116_444_736_000_000_000n + (BigInt(BASE_SECONDS) * 1_000_000n + BigInt(microseconds)) * 10n;
  return concat(
    le64(BigInt.asUintN(64, BigInt(microseconds))),
    le32(original),
    le32(frame.bytes.length),
    frame.bytes,
    ...(version >= 0x0201 ? [le16(media)] : []),
    ...(version >= 0x0202 ? [le32(0xffff_ffff)] : []),
    ...(version >= 0x0203 ? [le64(utc), octets(0)] : []),
  );
}

function commentBytes(frameAt: number, text: string): Uint8Array {
  return concat(le32(1), le32(frameAt), le32(2 * text.length), utf16(text), le32(4), ascii("more"));
}

function processBytes({ path, id, localPort, remotePort }: NonNullable<NetmonOptions["process"]>): Uint8Array {
  return concat(
    le16(1),
    le32(2 * path.length),
    utf16(path),
    le32(3),
    octets(9, 9, 9),
    le32(id),
    le16(localPort),
    le16(0),
    le16(remotePort),
    le16(0),
    le32(0),
    octets(192, 0, 2, 1),
    zeros(12),
    octets(192, 0, 2, 2),
    zeros(12),
  );
}

function clock({ time }: Frame) {
  const microseconds = Math.round(time * 1000);
  return { seconds: BASE_SECONDS + Math.floor(microseconds / 1e6), microseconds: microseconds % 1e6 };
}
