import { describe, expect, test } from "vitest";
import { ngBlock, pcapFile, pcapngFile } from "../support/captureBuilder.ts";
import { ascii, be32, concat, fill, le32, octets, zeros } from "../support/encode.ts";
import { numbered, read } from "../support/seenFrames.ts";

/* Where something cannot be right, what is before is kept, reading goes on behind, and what lies between is named. */

const MANY = numbered(12);
const RECORD_3 = 24 + 3 * 16 + 60 + 61 + 62;

describe("pcap", () => {
  test("a length that cannot be", async () => {
    const file = pcapFile(MANY);
    file.set(le32(0x7fff_ffff), RECORD_3 + 8);
    const { seen, result } = await read(file);
    expect(seen.map(({ ends }) => ends[0])).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(seen.at(-1)?.number).toBe(11);
    expect(result).toMatchObject({
      complete: true,
      issues: [{ kind: "bytes-skipped", frame: 3, offset: RECORD_3, data: { bytes: 16 + 63, places: 1 } }],
    });
  });

  test("bytes put in, as a copy in text mode does: the record there looks right, the next is of another time", async () => {
    const file = pcapFile(MANY);
    const { seen, result } = await read(concat(file.slice(0, RECORD_3 + 40), Uint8Array.of(13), file.slice(RECORD_3 + 40)));
    expect(seen.map(({ ends }) => ends[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(result.issues).toMatchObject([{ kind: "bytes-skipped", frame: 4, data: { bytes: 1 } }]);
  });

  test("bytes lost from a record header on", async () => {
    const file = pcapFile(MANY);
    const { seen, result } = await read(concat(file.slice(0, RECORD_3 + 5), file.slice(RECORD_3 + 30)));
    expect(seen.map(({ ends }) => ends[0])).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(result.issues).toMatchObject([{ kind: "bytes-skipped", frame: 3, offset: RECORD_3 }]);
  });

  test("a length that leads behind the end of the file, with records that lead to it", async () => {
    const file = pcapFile(MANY);
    file.set(le32(60_000), RECORD_3 + 8);
    file.set(le32(60_000), RECORD_3 + 12);
    const { seen, result } = await read(file);
    expect(seen.map(({ ends }) => ends[0])).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(result.issues).toMatchObject([{ kind: "bytes-skipped", frame: 3, offset: RECORD_3 }]);
  });

  test("a pcap inside a frame at whose middle the file ends is no part of it", async () => {
    const inner = pcapFile(numbered(4));
    const file = pcapFile([...numbered(2), { bytes: concat(inner, zeros(500)), time: 5000 }]);
    const { seen, result } = await read(file.slice(0, -100));
    expect(seen).toHaveLength(2);
    expect(result.issues).toMatchObject([{ kind: "file-cut", frame: 2 }]);
  });

  test.each([
    ["in the same order", false],
    ["in the other byte order", true],
  ])("another file joined behind, %s", async (_, bigEndian) => {
    const other = pcapFile(numbered(2), { bigEndian, linkType: 101 });
    const { seen, result } = await read(concat(pcapFile(MANY), other));
    expect(seen.slice(12).map(({ number, linkType, interfaceId, captured }) => [number, linkType, interfaceId, captured])).toEqual([
      [13, 101, 1, 60],
      [14, 101, 1, 61],
    ]);
    expect(result).toMatchObject({ complete: true, issues: [] });
  });

  test("another file of the same kind is the same interface", async () => {
    const { seen, result } = await read(concat(pcapFile(MANY), pcapFile(MANY)));
    expect(seen).toHaveLength(24);
    expect(result.parser?.interfaces).toHaveLength(1);
  });

  test("nothing but zeros at the end", async () => {
    const file = pcapFile(MANY);
    const { seen, result } = await read(concat(file, zeros(70_000)));
    expect(seen).toHaveLength(12);
    expect(result).toMatchObject({
      complete: true,
      issues: [{ kind: "zeros-at-end", frame: 12, offset: file.length, data: { bytes: 70_000 } }],
    });
  });

  test("a hole of zeros, wherever the window ends", async () => {
    const file = pcapFile(MANY);
    const holed = concat(file.slice(0, RECORD_3), zeros(100_001), file.slice(RECORD_3));
    for (const portion of [7, 1000, 1 << 20]) {
      const source = {
        size: holed.length,
        read: (offset: number, target: Uint8Array) => {
          const part = holed.subarray(offset, offset + Math.min(portion, target.length));
          target.set(part);
          return part.length;
        },
      };
      const { seen, result } = await read(source);
      expect(seen).toHaveLength(12);
      expect(result.issues).toMatchObject([{ kind: "bytes-skipped", frame: 3, offset: RECORD_3, data: { bytes: 100_001 } }]);
    }
  });

  test("a clock that is set while capturing is no damage", async () => {
    const frames = [0, 1, 2].flatMap((index) => [
      { bytes: fill(60, 1), time: 1000 * index },
      { bytes: fill(60, 1), time: 1000 * index + 1e10 },
    ]);
    const { seen, result } = await read(pcapFile(frames));
    expect(seen).toHaveLength(6);
    expect(result.issues).toEqual([]);
  });

  test("damage at very many places is summed up", async () => {
    const good = pcapFile(MANY).slice(24);
    const parts = Array.from({ length: 40 }, () => [good, fill(50, 0xff)]).flat();
    const { seen, result } = await read(concat(pcapFile([]), ...parts, good));
    expect(seen).toHaveLength(41 * 12);
    expect(result.issues).toHaveLength(16);
    expect(result.issues.at(-1)).toMatchObject({ kind: "bytes-skipped", data: { bytes: 25 * 50, places: 25 } });
  });

  test("a long file of records that all give doubts takes time in proportion", async () => {
    // Every record is of another day, and none is followed by one of its own.
    const frames = Array.from({ length: 4000 }, (_, index) => ({ bytes: fill(1000, 1), time: index * 2 * 86_400_000 }));
    const began = performance.now();
    expect((await read(pcapFile(frames))).seen).toHaveLength(4000);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe("pcapng", () => {
  const blockStart = (count: number) => pcapngFile({ frames: MANY.slice(0, count) }).length;

  test.each([
    ["too short", 8],
    ["too long", 0x7fff_fffc],
    ["long enough to lead behind the end", 60_000],
    ["another than the one at its end, leading nowhere", 64],
  ])("a block whose length is %s", async (_, length) => {
    const file = pcapngFile({ frames: MANY });
    file.set(le32(length), blockStart(3) + 4);
    const { seen, result } = await read(file);
    expect(seen.map(({ ends }) => ends[0])).toEqual([1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(result).toMatchObject({
      complete: true,
      issues: [{ kind: "bytes-skipped", frame: 3, offset: blockStart(3), data: { places: 1 } }],
    });
  });

  test("a million blocks inside of one that leads behind the end: no more is kept of them than a byte for each of theirs", async () => {
    const small = ngBlock(0x7abc_0001, zeros(0));
    const many = new Uint8Array(1_000_000 * small.length);
    for (let at = 0; at < many.length; at += small.length) many.set(small, at);
    const packet = pcapngFile({ frames: numbered(1) }).slice(blockStart(0));
    const file = concat(pcapngFile({ frames: MANY }), le32(6), le32(16_000_000), fill(20, 1), packet, many);
    const before = process.memoryUsage();
    const { seen, result } = await read(file);
    const after = process.memoryUsage();
    expect(seen).toHaveLength(13);
    expect(result.issues).toMatchObject([{ kind: "bytes-skipped", frame: 12, data: { bytes: 28 } }]);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(16 * 1024 * 1024);
  });

  test("bytes put in between blocks, in either byte order", async () => {
    for (const bigEndian of [false, true]) {
      const file = pcapngFile({ frames: MANY, bigEndian });
      const { seen, result } = await read(concat(file.slice(0, blockStart(3)), fill(13, 0xee), file.slice(blockStart(3))));
      expect(seen.map(({ ends }) => ends[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      expect(result.issues).toMatchObject([{ kind: "bytes-skipped", frame: 3, offset: blockStart(3), data: { bytes: 13 } }]);
    }
  });

  test("noise up to another section", async () => {
    const whole = concat(pcapngFile({ frames: MANY }), fill(1001, 0xee), pcapngFile({ frames: MANY, bigEndian: true }));
    const { seen, result } = await read(whole);
    expect(seen).toHaveLength(24);
    expect(result.issues).toMatchObject([{ kind: "bytes-skipped", frame: 12, data: { bytes: 1001 } }]);
  });

  test("a wrong length at the end of blocks is told once", async () => {
    const whole = pcapngFile({ frames: MANY });
    whole.set(le32(0), blockStart(3) - 4);
    whole.set(le32(0), blockStart(5) - 4);
    const { seen, result } = await read(whole);
    expect(seen).toHaveLength(12);
    expect(result.issues).toEqual([{ kind: "wrong-block-length", data: { blocks: 2 } }]);
  });

  test("a length without its padding is no damage", async () => {
    const odd = ngBlock(0x7abc_0001, fill(16, 1));
    odd.set(le32(25), 4);
    const { seen, result } = await read(pcapngFile({ frames: MANY, otherBlocks: [odd] }));
    expect(seen).toHaveLength(12);
    expect(result.issues).toEqual([]);
  });

  test("a section of another version is passed over by its length", async () => {
    const strange = pcapngFile({ frames: MANY });
    strange.set([9, 0], 12);
    strange.set(concat(le32(strange.length - 28), le32(0)), 16);
    const { seen, result } = await read(concat(strange, pcapngFile({ frames: MANY })));
    expect(seen).toHaveLength(12);
    expect(result.issues).toMatchObject([{ kind: "bytes-skipped", offset: 0, data: { bytes: strange.length } }]);
  });

  test.each([
    ["more than the file has", 0xffff_fff0, 0x7fff_ffff],
    ["up to eight bytes before its end", 0, -8],
  ])("a section of another version that claims %s: what was really skipped is told", async (_, low, high) => {
    const strange = pcapngFile({ frames: MANY });
    strange.set([9, 0], 12);
    const claimed = high < 0 ? concat(le32(strange.length - 28 + high), le32(0)) : concat(le32(low), le32(high));
    strange.set(claimed, 16);
    const before = pcapngFile({ frames: MANY });
    const { seen, result } = await read(concat(before, strange));
    expect(seen).toHaveLength(12);
    const bytes = high < 0 ? strange.length + high : strange.length;
    expect(result.issues[0]).toMatchObject({ kind: "bytes-skipped", offset: before.length, data: { bytes } });
  });
});

describe("files of different formats, joined", () => {
  const pcap = pcapFile(MANY);
  const ng = pcapngFile({ frames: MANY });
  const snoop = concat(ascii("snoop"), zeros(3), be32(2), be32(4), zeros(40));
  const netmon = concat(ascii("GMBU"), octets(0, 2), zeros(200));

  test.each([
    ["pcap and pcapng", pcap, ng, "pcapng"],
    ["pcap and pcapng of the other byte order", pcap, pcapngFile({ frames: MANY, bigEndian: true }), "pcapng"],
    ["pcap and snoop", pcap, snoop, "snoop"],
    ["pcap and Network Monitor", pcap, netmon, "netmon-2"],
    ["pcapng and pcap", ng, pcap, "pcap"],
    ["pcapng and pcap of the other byte order", ng, pcapFile(MANY, { bigEndian: true, nanoseconds: true }), "pcap"],
    ["pcapng and snoop", ng, snoop, "snoop"],
    ["a pcap with damage at its end and pcapng", concat(pcap, fill(77, 0xee)), ng, "pcapng"],
  ])("%s: the place is told, and everything before it is kept", async (_, first, second, format) => {
    const joined = concat(first, second);
    for (const portion of [9, 1 << 20]) {
      const source = {
        size: joined.length,
        read: (offset: number, target: Uint8Array) => put(joined.subarray(offset, offset + portion), target),
      };
      const { seen, result } = await read(source);
      expect(seen).toHaveLength(12);
      expect(result.complete).toBe(false);
      expect(result.issues).toContainEqual({ kind: "another-capture", frame: 12, offset: first.length, data: { format } });
      expect(result.issues.filter(({ kind }) => kind !== "bytes-skipped")).toHaveLength(1);
    }
  });

  test("a capture inside of a frame is no part of the file", async () => {
    const { seen, result } = await read(pcapFile([...MANY, { bytes: ng, time: 20_000 }, { bytes: concat(pcap, snoop), time: 20_001 }]));
    expect(seen).toHaveLength(14);
    expect(result.issues).toEqual([]);
  });
});

function put(part: Uint8Array, target: Uint8Array): number {
  const whole = part.subarray(0, target.length);
  target.set(whole);
  return whole.length;
}
