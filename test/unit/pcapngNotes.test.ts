import { describe, expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { ngBlock, pcapngFile } from "../support/captureBuilder.ts";
import { ascii, be16, be32, concat, fill, le16, le32, le64, octets, padTo, zeros } from "../support/encode.ts";
import { numbered, read } from "../support/seenFrames.ts";

/* What a pcapng file says besides its frames, from the documented bytes of its blocks and options. */

const both = [{ bigEndian: false }, { bigEndian: true }];

function encoders(bigEndian: boolean) {
  const half = bigEndian ? be16 : le16;
  const word = bigEndian ? be32 : le32;
  const option = (code: number, value: Uint8Array) => concat(half(code), half(value.length), padTo(4, value));
  const long = (value: number) => (bigEndian ? concat(be32(0), be32(value)) : le64(value));
  const section = (...options: Uint8Array[]) =>
    ngBlock(0x0a0d0d0a, concat(word(0x1a2b3c4d), half(1), half(0), word(0xffff_ffff), word(0xffff_ffff), ...options), bigEndian);
  const description = (linkType: number, ...options: Uint8Array[]) =>
    ngBlock(1, concat(half(linkType), half(0), word(0), ...options), bigEndian);
  const packet = (data: Uint8Array, original: number, ...options: Uint8Array[]) =>
    ngBlock(6, concat(word(0), word(0), word(1), word(data.length), word(original), padTo(4, data), ...options), bigEndian);
  return {
    half,
    word,
    option,
    long,
    section,
    description,
    packet,
    block: (type: number, body: Uint8Array) => ngBlock(type, body, bigEndian),
  };
}

describe.each(both)("%o", ({ bigEndian }) => {
  const { half, word, option, long, section, description, packet, block } = encoders(bigEndian);
  const data = fill(61, 7);

  test("program, system, machine and comments", async () => {
    const head = section(option(1, ascii("of the file")), option(2, ascii("VM")), option(3, ascii("Linux")), option(4, ascii("Dumpcap\0")));
    const one = description(1, option(1, ascii("of the interface")));
    const { result } = await read(concat(head, one, packet(data, 61, option(1, ascii("first")), option(1, ascii("second")))));
    expect(result.parser?.notes).toMatchObject({ program: "Dumpcap", system: "Linux", hardware: "VM" });
    expect(result.parser?.notes.comments).toEqual([
      { about: "section", number: 1, text: "of the file" },
      { about: "interface", number: 0, text: "of the interface" },
      { about: "frame", number: 1, text: "first" },
      { about: "frame", number: 1, text: "second" },
    ]);
  });

  test("name, description and filter of an interface, and nothing else", async () => {
    const filter = concat(octets(0), ascii("tcp port 445"));
    const one = description(1, option(2, ascii("eth0")), option(3, ascii("LAN")), option(9, octets(9)), option(11, filter));
    const { result } = await read(concat(section(), one));
    expect(result.parser?.interfaces).toEqual([
      { linkType: 1, timestampResolution: 1e-9, snapLength: 0, name: "eth0", description: "LAN", filter: "tcp port 445" },
    ]);
  });

  test.each([
    [1, 1],
    [2, 2],
    [0, 0],
    [3, 0],
  ])("direction %d of epb_flags", async (flags, direction) => {
    const { seen } = await read(concat(section(), description(1), packet(data, 61, option(2, word(flags))), packet(data, 61)));
    expect(seen.map((frame) => frame.direction)).toEqual([direction, 0]);
  });

  test("the direction that etl2pcapng gives to packets of pktmon is not believed", async () => {
    const numberedPacket = packet(data, 61, option(2, word(1)), option(5, long(99)));
    expect((await read(concat(section(), description(1), numberedPacket))).seen[0]?.direction).toBe(0);
  });

  test("a check sequence, by if_fcslen in bits and by epb_flags in bytes, is no part of the frame", async () => {
    const { seen } = await read(
      concat(
        section(),
        description(1, option(13, octets(32))),
        packet(data, 61),
        packet(data, 63),
        packet(data, 80),
        packet(data, 61, option(2, word(2 << 5))),
      ),
    );
    expect(seen.map(({ captured, original }) => [captured, original])).toEqual([
      [57, 57],
      [59, 59],
      [61, 76],
      [59, 59],
    ]);
  });

  test("frames that were lost: the larger of both counts of an interface, told as an issue", async () => {
    const statistics = (dropped: number) => block(5, concat(word(0), word(0), word(0), option(5, long(dropped)), option(7, long(2))));
    const lost = option(4, long(3));
    const file = concat(section(), description(1), packet(data, 61, lost), packet(data, 61, lost), statistics(1), statistics(40));
    const { capture } = await analyse(memorySource(file));
    expect(capture.notes.dropped).toBe(42);
    expect(capture.issues).toEqual([{ kind: "frames-dropped", data: { frames: 42 } }]);
    const between = concat(section(), description(1), packet(data, 61, lost), packet(data, 61, lost));
    expect((await analyse(memorySource(between))).capture.notes.dropped).toBe(6);
  });

  test("the obsolete packet block counts lost frames too, unless it does not know", async () => {
    const old = (drops: number) => block(2, concat(half(0), half(drops), word(0), word(1), word(4), word(4), fill(4, 1)));
    const { result } = await read(concat(section(), description(1), old(5), old(0xffff)));
    expect(result.parser?.notes.dropped).toBe(5);
  });

  test("names of addresses", async () => {
    const ipv4 = concat(octets(192, 0, 2, 7), ascii("nas\0nas.example\0"));
    const ipv6 = concat(fill(16, 0xfe), ascii("six\0"));
    const record = (type: number, value: Uint8Array) => concat(half(type), half(value.length), padTo(4, value));
    const { result } = await read(
      concat(section(), block(4, concat(record(1, ipv4), record(3, fill(9, 1)), record(2, ipv6), record(0, zeros(0))))),
    );
    expect(result.parser?.notes.names).toEqual([
      { address: "c0000207", name: "nas" },
      { address: "c0000207", name: "nas.example" },
      { address: "fe".repeat(16), name: "six" },
    ]);
  });

  test("decryption secrets, and journal entries, which count as frames", async () => {
    const secrets = block(10, concat(word(0x544c534b), word(5), padTo(4, ascii("CLIEN"))));
    const entry = block(9, padTo(4, ascii("_COMM=Microsoft-Windows-SMBClient\nMESSAGE=x\n")));
    const { seen, result } = await read(concat(section(), description(1), secrets, entry, packet(data, 61)));
    expect(result.parser?.notes.secrets).toEqual([{ type: 0x544c534b, bytes: ascii("CLIEN") }]);
    expect(result.parser?.notes.entries).toEqual([{ frame: 1, text: "_COMM=Microsoft-Windows-SMBClient\nMESSAGE=x\n" }]);
    expect(seen.map(({ number }) => number)).toEqual([2]);
  });

  test("a section that says how long it is", async () => {
    const first = section();
    first.set(long(1234), 16);
    expect((await read(concat(first, description(1), packet(data, 61)))).seen).toHaveLength(1);
  });

  test("frames of a modem: etl2pcapng's original length counts a header that is not there", async () => {
    const { seen } = await read(concat(section(), description(101, option(2, ascii("mbb:5"))), packet(data, 75), packet(data, 90)));
    expect(seen.map(({ original }) => original)).toEqual([61, 90]);
  });
});

describe("frames cut at 128 bytes", () => {
  const { section, description, packet, option } = encoders(false);
  const cut = packet(fill(128, 1), 734);

  test.each([
    ["by Packet Monitor", section(option(4, ascii("Packet Monitor"))), "pktmon"],
    ["by a program that names no snap length", section(), "pktmon"],
  ])("%s: the issue names its switch", async (_, head, program) => {
    const { capture } = await analyse(memorySource(concat(head, description(1), cut)));
    expect(capture.issues).toEqual([{ kind: "snap-length", data: { snapLength: 128, frames: 1, program } }]);
  });

  test("at another length by an unknown program", async () => {
    const { capture } = await analyse(memorySource(concat(section(), description(1), packet(fill(96, 1), 734))));
    expect(capture.issues).toEqual([{ kind: "snap-length", data: { snapLength: 96, frames: 1, program: "" } }]);
  });
});

test("frames of an interface that is not described are counted and named", async () => {
  const { section, description, packet, block, word } = encoders(false);
  const data = fill(60, 1);
  const elsewhere = block(6, concat(word(1), word(0), word(1), word(60), word(60), data));
  const simple = block(3, concat(word(60), data));
  const { seen, result } = await read(concat(section(), simple, description(1), packet(data, 60), elsewhere));
  expect(seen.map(({ number }) => number)).toEqual([2]);
  expect(result).toMatchObject({ parser: { frames: 3 }, issues: [{ kind: "interface-missing", data: { frames: 2 } }] });
});

describe("bombs", () => {
  const { section, description, option, packet } = encoders(false);

  test("a million interfaces", async () => {
    const one = description(1);
    const many = new Uint8Array(1_000_000 * one.length);
    for (let at = 0; at < many.length; at += one.length) many.set(one, at);
    const { result } = await read(concat(section(), many));
    expect(result.parser?.interfaces).toHaveLength(65_536);
    expect(result.issues).toMatchObject([{ kind: "table-full", data: { table: "interfaces", limit: 65_536 } }]);
  });

  test("a million options, and more comments than are kept", async () => {
    const comment = option(1, ascii("abcd"));
    const many = new Uint8Array(1_000_000 * comment.length);
    for (let at = 0; at < many.length; at += comment.length) many.set(comment, at);
    const { result } = await read(concat(section(), description(1, many), packet(fill(60, 1), 60, many)));
    expect(result.parser?.notes.comments).toHaveLength(4096);
    expect(result.issues).toEqual([]);
  });

  test("a text of 64 KiB is cut, a thousand of them are not kept", async () => {
    const long = option(1, fill(65_535, 0x41));
    const { result } = await read(concat(section(), description(1), ...Array.from({ length: 2000 }, () => packet(fill(4, 1), 4, long))));
    const comments = result.parser?.notes.comments ?? [];
    expect(comments[0]?.text).toHaveLength(4096);
    expect(comments.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(4 * 1024 * 1024);
  });

  test.each([
    ["captured", 20],
    ["block", 4],
  ])("a %s length of 4 GB", async (_, at) => {
    const file = pcapngFile({ frames: numbered(1) });
    file.set(le32(0xffff_fffc), file.length - 92 + at);
    const { result } = await read(file);
    expect(result.parser?.frames).toBeLessThanOrEqual(1);
  });
});
