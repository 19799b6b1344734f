import { pcapFile, pcapngFile } from "./captureBuilder.ts";
import { captureOf, caseNames } from "./capturesOnDisk.ts";
import { conversation, SERVER } from "./conversation.ts";
import { ENCAPSULATIONS } from "./encapsulations.ts";
import { ascii, concat, fill, le16, le32, octets, zeros } from "./encode.ts";
import type { Frame } from "./encodeFrame.ts";
import * as smb from "./encodeMessage.ts";
import { Command } from "./encodeMessage.ts";
import { fragmentsOf } from "./ipFragments.ts";
import { iptraceFile, netmonFile, snoopFile } from "./otherContainers.ts";

/* Hostile captures, the same for the same seed. */

/** Pseudo-random numbers (mulberry32): whole ones below `limit`. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = Math.imul(seed, 0x9e3779b1) | 0;
  }

  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.below(256));
  }
}

/** Longest capture that is mutated; what is longer gives its beginning. */
const LONGEST = 8192;
const INTERESTING = [
  0, 1, 2, 3, 4, 7, 8, 12, 16, 24, 52, 63, 64, 65, 0x7f, 0x80, 0xff, 0x100, 0xfff8, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8,
  0xffff_ffff,
];
const HEADS: readonly (readonly number[])[] = [
  [],
  [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0],
  [0xa1, 0xb2, 0x3c, 0x4d],
  [0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a],
  [0x0a, 0x0d, 0x0d, 0x0a, 0, 0, 0, 28, 0x1a, 0x2b, 0x3c, 0x4d],
  [0x34, 0xcd, 0xb2, 0xa1],
  [0x1c, 0x00, 0x01, 0xac],
  [...ascii("snoop\0\0\0"), 0, 0, 0, 2, 0, 0, 0, 4],
  [...ascii("iptrace 1.0")],
  [...ascii("iptrace 2.0")],
  [...ascii("RTSS"), 1, 1],
  [...ascii("GMBU"), 3, 2],
];

/** Every case of test/captures, and built ones of what they do not have. */
export function corpus(): readonly Uint8Array[] {
  const busy = () =>
    conversation()
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate({ pending: true })
      .compounded([
        [Command.CREATE, smb.createRequest("a"), smb.createResponse()],
        [Command.READ, smb.readRequest(50), smb.readResponse(fill(50, 1))],
        [Command.CLOSE, smb.closeRequest(), smb.closeResponse()],
      ])
      .encrypted("client")
      .send("server", smb.compressedMessage(60))
      .logoff()
      .clientCloses("FIN")
      .serverCloses("RST");
  const built = [
    busy().pcap(),
    busy().pcap({ bigEndian: true, nanoseconds: true, segmentSize: 70, tags: [0x88a8, 0x8100] }),
    busy().pcapng({ bigEndian: true, resolution: 0x9e, link: "sll2", segmentSize: 50 }),
    busy().pcap({ link: "raw", segmentSize: 9 }),
    conversation({ server: { ...SERVER, port: 139 } })
      .bytes("client", octets(0x81, 0, 0, 0x44))
      .bytes("client", fill(68, 0x20))
      .negotiate()
      .sessionSetup()
      .pcap(),
    conversation({ clientValues: { dialects: [0x0302, 0x0311] }, serverValues: { dialect: 0x0311 } })
      .negotiate()
      .sessionSetup()
      .treeConnect()
      .validate()
      .pcapng(),
    conversation().smb1Negotiate(["NT LM 0.12", "SMB 2.???"], { dialect: 0x02ff }).negotiate().sessionSetup().pcap({ link: "null" }),
  ];
  return [
    ...caseNames.map((name) => captureOf(name).slice(0, LONGEST)),
    ...built,
    ...wrapped(),
    fragmented(),
    ...otherContainers(),
    numbered(),
    twoFormats(),
  ];
}

/** Every packet at two components of a machine, as etl2pcapng numbers them. */
function numbered(): Uint8Array {
  const frames = conversation().negotiate().sessionSetup().validate().clientCloses("FIN").frames();
  const seen = frames.flatMap((frame, index) => [0, 1].map((interfaceId) => ({ ...frame, interfaceId, packetId: BigInt(index + 1) })));
  return pcapngFile({ interfaces: [{ name: "eth:1" }, { name: "eth:2" }], frames: seen });
}

/** Two formats in one file. */
function twoFormats(): Uint8Array {
  const of = conversation().negotiate().sessionSetup();
  return concat(of.pcap(), of.pcapng());
}

/** Every wrapping of the layers below TCP. */
function wrapped(): readonly Uint8Array[] {
  const packets = conversation().negotiate().sessionSetup().clientCloses("FIN").frames({ link: "raw" });
  return Object.values(ENCAPSULATIONS).map(({ linkType, wrap }) =>
    pcapFile(
      packets.map((frame) => ({ ...frame, bytes: wrap(frame.bytes) })),
      { linkType },
    ),
  );
}

/** The same frames in every container besides plain pcap and pcapng. */
function otherContainers(): readonly Uint8Array[] {
  const frames = conversation().negotiate().sessionSetup().treeConnect().validate().clientCloses("FIN").frames();
  const process = { path: "C:\\a.exe", id: 4, localPort: 50_000, remotePort: 445 };
  return [
    snoopFile(frames),
    iptraceFile(frames, 1),
    iptraceFile(frames, 2),
    ...[0x0101, 0x0200, 0x0201, 0x0202].map((version) => netmonFile(frames, { version })),
    netmonFile(frames, { comment: "a comment", process, order: [...frames.keys()].reverse() }),
    netmonFile(frames, { open: true }),
    withRecordHeaders(frames, 0xa1b2cd34, concat(le32(2), le16(8), octets(4, 0))),
    withRecordHeaders(frames, 0xa1b2c3d4, zeros(4)),
    concat(pcapFile(frames.slice(0, 5)), pcapFile(frames.slice(5), { bigEndian: true }), zeros(100)),
  ];
}

/** A pcap file of a variant whose record headers are longer. */
function withRecordHeaders(frames: readonly Frame[], magic: number, more: Uint8Array): Uint8Array {
  const records = frames.map((frame) => pcapFile([frame]).slice(24)).map((record) => concat(record.slice(0, 16), more, record.slice(16)));
  return concat(le32(magic), pcapFile([]).slice(4), ...records);
}

function fragmented(): Uint8Array {
  const packets = conversation().negotiate().sessionSetup().treeConnect().validate().frames({ link: "raw" });
  const frames = packets.flatMap((frame, index) => fragmentsOf(frame.bytes, 64, index).map((bytes) => ({ bytes, time: frame.time })));
  return pcapFile(frames, { linkType: 101 });
}

/** The hostile input of a seed. */
export function hostileInput(seed: number, from: readonly Uint8Array[]): Uint8Array {
  const dice = new Dice(seed);
  const kind = dice.below(20);
  if (kind === 0) return Uint8Array.from([...dice.pick(HEADS), ...dice.bytes(dice.below(600))]);
  if (kind === 1) return noisyStream(dice);
  let bytes = dice.pick(from);
  for (let count = 1 + dice.below(6); count > 0; count--) bytes = mutated(bytes, dice, from);
  return bytes;
}

/** Messages whose bodies, or whose framing, are noise, on a connection that is as it should be. */
function noisyStream(dice: Dice): Uint8Array {
  const of = conversation();
  for (let count = 1 + dice.below(6); count > 0; count--) {
    const side = dice.pick(["client", "server"] as const);
    const header = {
      command: dice.below(20),
      response: side === "server",
      status: dice.pick(INTERESTING),
      messageId: dice.below(4),
      sessionId: dice.below(3),
    };
    const noise = dice.bytes(dice.below(150));
    if (dice.below(4) === 0) of.bytes(side, noise);
    else of.send(side, smb.message({ ...header, nextCommand: dice.pick(INTERESTING), signed: dice.below(2) === 0 }, noise));
  }
  return of.pcap({ segmentSize: 1 + dice.below(300) });
}

/** The bytes with one change: a bit, a number, a part taken out, repeated, put in, or all from some place on cut off. */
export function mutated(bytes: Uint8Array, dice: Dice, from: readonly Uint8Array[]): Uint8Array {
  const at = dice.below(bytes.length + 1);
  const length = dice.below(Math.min(400, bytes.length - at) + 1);
  const copy = bytes.slice();
  switch (dice.below(9)) {
    case 0:
      if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << dice.below(8));
      return copy;
    case 1:
    case 2:
    case 3:
      return withNumber(copy, dice);
    case 4:
      return copy.subarray(0, at);
    case 5:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case 6:
      return joined(bytes.subarray(0, at + length), bytes.subarray(at));
    case 7: {
      const other = dice.pick(from);
      const start = dice.below(other.length);
      return joined(bytes.subarray(0, at), other.subarray(start, start + 600), bytes.subarray(at));
    }
    default:
      return joined(bytes.subarray(0, at), dice.bytes(dice.below(30)), bytes.subarray(at));
  }
}

/** A number that lengths, counts and offsets go wrong with, in either byte order. */
function withNumber(bytes: Uint8Array, dice: Dice): Uint8Array {
  if (bytes.length < 4) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = dice.below(bytes.length - 3);
  const value = dice.pick(INTERESTING);
  if (dice.below(2) === 0) view.setUint32(at, value, dice.below(2) === 0);
  else view.setUint16(at, value & 0xffff, dice.below(2) === 0);
  return bytes;
}

/** At most so long that copies of copies do not run away. */
function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.subarray(0, 2 * LONGEST);
}
