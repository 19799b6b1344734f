import { describe, expect, test } from "vitest";
import { type ByteSource, memorySource } from "../../src/core/bytes/byteSource.ts";
import type { FrameSink } from "../../src/core/capture/frameSink.ts";
import { readFrames } from "../../src/core/capture/readFrames.ts";
import { BASE_SECONDS, type NgSection, ngBlock, pcapFile, pcapngFile } from "../support/captureBuilder.ts";
import { ascii, concat, fill, le16, le32, zeros } from "../support/encode.ts";
import { numbered, read } from "../support/seenFrames.ts";

const FRAMES = numbered(3);
const both = [{ bigEndian: false }, { bigEndian: true }];

describe("pcap", () => {
  test.each(both)("microseconds, %o", async (order) => {
    const { seen, result } = await read(pcapFile(FRAMES, { ...order, linkType: 113, snapLength: 61 }));
    expect(seen.map(({ number, captured, original, ends }) => ({ number, captured, original, ends }))).toEqual([
      { number: 1, captured: 60, original: 60, ends: [1, 1] },
      { number: 2, captured: 61, original: 61, ends: [2, 2] },
      { number: 3, captured: 61, original: 62, ends: [3, 3] },
    ]);
    expect(seen[1]).toMatchObject({ linkType: 113, interfaceId: 0, seconds: BASE_SECONDS + 1, nanoseconds: 250_000 });
    expect(result.parser?.interfaces).toEqual([
      { linkType: 113, timestampResolution: 1e-6, snapLength: 61, name: null, description: null, filter: null },
    ]);
    expect(result).toMatchObject({ complete: true, issues: [] });
  });

  test.each(both)("nanoseconds, %o", async (order) => {
    const { seen, result } = await read(pcapFile([{ bytes: fill(20, 9), time: 0.000_123 }], { ...order, nanoseconds: true }));
    expect(seen[0]).toMatchObject({ seconds: BASE_SECONDS, nanoseconds: 123 });
    expect(result.parser?.interfaces[0]?.timestampResolution).toBe(1e-9);
  });

  test("the FCS length in the upper half of the link type is no part of it", async () => {
    expect((await read(pcapFile(FRAMES, { linkType: 0x2400_0001 }))).seen[0]?.linkType).toBe(1);
  });

  test("a fraction of more than a second is carried over", async () => {
    const file = pcapFile([{ bytes: fill(20, 1), time: 0 }]);
    file.set(le32(2_500_000), 28);
    expect((await read(file)).seen[0]).toMatchObject({ seconds: BASE_SECONDS + 2, nanoseconds: 500_000_000 });
  });

  test("an original length that is less than the captured one is not believed", async () => {
    const file = pcapFile([{ bytes: fill(20, 1), time: 0 }]);
    file.set(le32(3), 36);
    expect((await read(file)).seen[0]).toMatchObject({ captured: 20, original: 20 });
  });

  test.each([
    ["in a record's bytes", 24 + 2 * 16 + 60 + 61 + 16 + 5, 2, { have: 21, need: 78 }],
    ["in a record's header", 24 + 16 + 60 + 7, 1, { have: 7, need: 16 }],
    ["in the file's header", 20, 0, { have: 20, need: 24 }],
  ])("a file that ends %s gives what is before", async (_, length, frames, data) => {
    const { seen, result } = await read(pcapFile(FRAMES).slice(0, length));
    expect(seen).toHaveLength(frames);
    expect(result.issues).toMatchObject([{ kind: "file-cut", frame: frames, data }]);
    expect(result.complete).toBe(true);
  });

  test("a file that ends behind a record is whole", async () => {
    expect((await read(pcapFile(FRAMES).slice(0, 24 + 16 + 60))).kinds).toEqual([]);
  });

  test("a length that no frame has ends the reading where no record follows, and its place is named", async () => {
    const file = concat(pcapFile(FRAMES).slice(0, 24 + 16 + 60 + 16 + 61), fill(100, 9));
    file.set(le32(0x7fff_ffff), 24 + 16 + 60 + 8);
    const { seen, result } = await read(file);
    expect(seen).toHaveLength(1);
    expect(result).toMatchObject({
      complete: false,
      issues: [{ kind: "bad-record", frame: 1, offset: 100, data: { length: 0x7fff_ffff } }],
    });
  });
});

describe("pcapng", () => {
  test.each(both.flatMap((order) => (["EPB", "SPB", "PB"] as const).map((blocks) => ({ ...order, blocks }))))("%o", async (kind) => {
    const interfaces = [{ linkType: 113, snapLength: 61, name: "eth0" }];
    const { seen, result } = await read(pcapngFile({ ...kind, interfaces, frames: FRAMES }));
    const time = kind.blocks === "SPB" ? { seconds: 0, nanoseconds: 0 } : { seconds: BASE_SECONDS + 1, nanoseconds: 250_000 };
    expect(seen.map(({ captured, original, ends }) => ({ captured, original, ends }))).toEqual([
      { captured: 60, original: 60, ends: [1, 1] },
      { captured: 61, original: 61, ends: [2, 2] },
      { captured: 61, original: 62, ends: [3, 3] },
    ]);
    expect(seen[1]).toMatchObject({ number: 2, linkType: 113, interfaceId: 0, ...time });
    expect(result.parser?.interfaces[0]).toMatchObject({ linkType: 113, timestampResolution: 1e-6, snapLength: 61, name: "eth0" });
    expect(result.issues).toEqual([]);
  });

  test.each([
    ["absent: microseconds", undefined, 250_000],
    ["seconds", 0, 0],
    ["milliseconds", 3, 0],
    ["nanoseconds", 9, 250_123],
    ["10^-10, read with big integers", 10, 250_123],
    ["2^-10", 0x8a, 0],
    ["2^-30", 0x9e, 250_122],
  ])("if_tsresol %s", async (_, resolution, nanoseconds) => {
    const one = resolution === undefined ? {} : { resolution };
    const { seen } = await read(pcapngFile({ interfaces: [one], frames: [{ bytes: fill(20, 1), time: 1000.250_123 }] }));
    expect(seen[0]).toMatchObject({ seconds: BASE_SECONDS + 1, nanoseconds });
  });

  test.each(both)("if_tsoffset, %o", async (order) => {
    const frames = [{ bytes: fill(20, 1), time: 5000 }];
    const file = pcapngFile({ ...order, interfaces: [{ resolution: 9, offsetSeconds: 1_700_000_000 }], frames });
    expect((await read(file)).seen[0]?.seconds).toBe(BASE_SECONDS + 5);
  });

  test("several interfaces, each with its own link type and clock", async () => {
    const interfaces = [{ linkType: 1 }, { linkType: 276, resolution: 9 }];
    const frames = [0, 1, 0].map((interfaceId, index) => ({ bytes: fill(20, index), time: 1.5, interfaceId }));
    const { seen } = await read(pcapngFile({ interfaces, frames }));
    expect(seen.map(({ interfaceId, linkType }) => [interfaceId, linkType])).toEqual([
      [0, 1],
      [1, 276],
      [0, 1],
    ]);
    expect(new Set(seen.map(({ nanoseconds }) => nanoseconds))).toEqual(new Set([1_500_000]));
  });

  test("a section begins anew: byte order, interfaces; frames and interfaces are counted on", async () => {
    const sections: NgSection[] = [
      { interfaces: [{ linkType: 1 }, { linkType: 113 }], frames: FRAMES },
      { bigEndian: true, interfaces: [{ linkType: 101 }], frames: FRAMES.slice(0, 1) },
    ];
    const { seen, result } = await read(pcapngFile(...sections));
    expect(seen.at(-1)).toMatchObject({ number: 4, interfaceId: 2, linkType: 101, seconds: BASE_SECONDS });
    expect(result.parser?.interfaces).toHaveLength(3);
  });

  test("blocks that hold no packet are passed over; those that Wireshark lists as frames are counted", async () => {
    const otherBlocks = [ngBlock(5, zeros(12)), ngBlock(0x0bad, le32(32_473)), ngBlock(0x7abc_0001, fill(33, 7))];
    const { seen, result } = await read(pcapngFile({ frames: FRAMES, otherBlocks }));
    expect(seen.map(({ number }) => number)).toEqual([1, 3, 4]);
    expect(result.issues).toEqual([]);
  });

  test("a packet of an interface that was not described counts as a frame and is passed over", async () => {
    const frames = [{ bytes: fill(20, 1), time: 0, interfaceId: 7 }, ...FRAMES];
    const { seen, result } = await read(pcapngFile({ frames }));
    expect(seen.map(({ number }) => number)).toEqual([2, 3, 4]);
    expect(result.parser?.frames).toBe(4);
  });

  test("a captured length beyond the block is cut to the block", async () => {
    const file = pcapngFile({ frames: [{ bytes: fill(20, 1), time: 0 }] });
    file.set(le32(0xffff_fff0), file.length - 4 - 20 - 8);
    expect((await read(file)).seen[0]).toMatchObject({ captured: 20, ends: [1, 1] });
  });

  test.each([
    ["a block that ends too early", 8],
    ["a block longer than any", 0x7fff_fffc],
  ])("%s ends the reading where no packet follows", async (_, length) => {
    const whole = pcapngFile({ frames: FRAMES.slice(0, 2) });
    const first = pcapngFile({ frames: FRAMES.slice(0, 1) }).length;
    whole.set(le32(length), first + 4);
    const { seen, result } = await read(whole);
    expect(seen).toHaveLength(1);
    expect(result).toMatchObject({ complete: false, issues: [{ kind: "bad-block", frame: 1, offset: first, data: { length } }] });
  });

  test("a wrong trailing length is passed over where a block follows, and ends the reading where none does", async () => {
    const whole = pcapngFile({ frames: FRAMES });
    const first = pcapngFile({ frames: FRAMES.slice(0, 1) }).length;
    whole.set(le32(0), first - 4);
    expect((await read(whole)).seen).toHaveLength(3);
    const last = whole.slice(0, first);
    expect((await read(last)).kinds).toEqual(["bad-block"]);
  });

  test("a wrong trailing length is passed over wherever the window ends", async () => {
    const whole = pcapngFile({ frames: FRAMES });
    const first = pcapngFile({ frames: FRAMES.slice(0, 1) }).length;
    whole.set(le32(0), first - 4);
    const portions = {
      size: whole.length,
      read: (offset: number, target: Uint8Array) => memorySource(whole).read(offset, target.subarray(0, 4)),
    };
    expect((await read(portions)).seen).toHaveLength(3);
    const last = whole.slice(0, first);
    expect(
      (await read({ ...portions, size: first, read: (offset, target) => memorySource(last).read(offset, target.subarray(0, 4)) })).kinds,
    ).toEqual(["bad-block"]);
  });

  test("a section header of no byte order ends the reading", async () => {
    const whole = concat(pcapngFile({ frames: FRAMES }), ngBlock(0x0a0d_0d0a, zeros(16)));
    const { seen, kinds } = await read(whole);
    expect(seen).toHaveLength(3);
    expect(kinds).toEqual(["bad-block"]);
  });

  test("a cut file gives what is before", async () => {
    const whole = pcapngFile({ frames: FRAMES });
    const { seen, result } = await read(whole.slice(0, -3));
    expect(seen).toHaveLength(2);
    expect(result.issues).toMatchObject([{ kind: "file-cut", frame: 2 }]);
  });
});

describe("the window of the file", () => {
  const LARGE = 3 * 1024 * 1024 + 17;

  test.each(["pcap", "pcapng"] as const)("grows for a frame of 3 MiB in a %s file", async (format) => {
    const frames = [{ bytes: fill(LARGE, 1), time: 0 }, ...numbered(2)];
    const file = format === "pcap" ? pcapFile(frames, { snapLength: LARGE }) : pcapngFile({ frames });
    const { seen, result } = await read(file);
    expect(seen.map(({ captured }) => captured)).toEqual([LARGE, 60, 61]);
    expect(seen[0]?.ends).toEqual([1, 1]);
    expect(result.issues).toEqual([]);
  });

  test("is not larger than the file, whatever a length says", async () => {
    const file = pcapFile(FRAMES.slice(0, 1));
    file.set(le32(4 * 1024 * 1024 - 1), 24 + 8);
    let asked = 0;
    const source: ByteSource = {
      size: file.length,
      read(offset, target) {
        asked = Math.max(asked, target.length);
        return memorySource(file).read(offset, target);
      },
    };
    expect((await read(source)).kinds).toEqual(["file-cut"]);
    expect(asked).toBeLessThanOrEqual(1024 * 1024);
  });

  test("many frames over many chunks", async () => {
    const frames = Array.from({ length: 3000 }, (_, index) => ({ bytes: fill(1000 + (index % 7), index & 255), time: index }));
    const { seen } = await read(pcapFile(frames));
    expect(seen.map(({ captured, ends }) => [captured, ends[1]])).toEqual(frames.map(({ bytes }) => [bytes.length, bytes[0]]));
  });
});

describe("what is no capture", () => {
  test("an empty file", async () => {
    expect((await read(new Uint8Array(0))).kinds).toEqual(["empty-file"]);
  });

  test("a text", async () => {
    const { result } = await read(concat(fill(3, 0x41), le16(0x0a0d)));
    expect(result.issues).toMatchObject([{ kind: "not-a-capture", data: { magic: "4141410d0a" } }]);
  });

  test.each([
    ["gzip", [0x1f, 0x8b, 8, 0]],
    ["nettl", [0, 0, 0, 1, 0, 0, 0, 0, 0, 7, 0xd0, 0]],
    ["netxray", [0x58, 0x43, 0x50, 0]],
    ["sniffer", [...ascii("TRSNIFF data    \u001a")]],
    ["netscaler", [0, 0x20, 0, 0, ...ascii("Netscaler V35 Performance Data")]],
    ["message-analyzer", [...ascii("PK\u0003\u0004"), ...zeros(26), ...ascii("trace.matp")]],
    ["zip", [0x50, 0x4b, 3, 4]],
    ["pcap-mesquita", [0xa1, 0xb2, 0x34, 0xcd]],
    ["pcap-navtel", [0x4d, 0x3c, 0x2b, 0xa1]],
    ["cbpf-savefile", [0xa1, 0xb2, 0xc3, 0xcb]],
  ])("a %s file is named", async (format, bytes) => {
    const { result } = await read(concat(Uint8Array.from(bytes), zeros(100)));
    expect(result.issues).toEqual([{ kind: "unsupported-format", offset: 0, data: { format } }]);
    expect(result.parser).toBeNull();
  });
});

describe("a source that answers oddly", () => {
  test.each([1, 3, 20])("with %d bytes at a time: the format is told by the head of the file all the same", async (size) => {
    const portions = (file: Uint8Array): ByteSource => ({
      size: file.length,
      read: (offset, target) => memorySource(file).read(offset, target.subarray(0, size)),
    });
    expect((await read(portions(pcapFile(FRAMES)))).seen).toHaveLength(3);
    expect((await read(portions(pcapngFile({ frames: FRAMES })))).seen).toHaveLength(3);
    expect((await read(portions(concat(Uint8Array.from([0x58, 0x43, 0x50, 0]), zeros(90))))).kinds).toEqual(["unsupported-format"]);
  });

  test("an error while reading keeps what was read", async () => {
    const file = concat(
      pcapFile(numbered(200)),
      pcapFile(Array.from({ length: 1000 }, () => ({ bytes: fill(1500, 1), time: 0 }))).slice(24),
    );
    const source: ByteSource = {
      size: file.length,
      read(offset, target) {
        if (offset > 0) throw new Error("the disk is gone");
        return memorySource(file).read(offset, target.subarray(0, 5000));
      },
    };
    const { seen, result } = await read(source);
    expect(seen.length).toBeGreaterThan(10);
    expect(result).toMatchObject({ complete: false, bytesRead: 5000 });
    expect(result.issues).toEqual([{ kind: "read-failed", offset: 5000, data: { reason: "the disk is gone" } }]);
  });

  test("a fault of ours is told apart from a disk that fails", async () => {
    const sink: FrameSink = {
      sighting: () => undefined,
      frame(...[, , , , , , , , , number]) {
        if (number === 2) throw new TypeError("x is not iterable");
      },
    };
    const result = await readFrames(memorySource(pcapFile(FRAMES)), sink, {}, { aborted: false });
    expect(result.issues).toEqual([{ kind: "internal-error", frame: 2, offset: 0, data: { reason: "x is not iterable" } }]);
    expect(result.complete).toBe(false);
  });

  test("a source that fails later is no fault of ours either", async () => {
    const { result } = await read({ size: 100, read: () => Promise.reject(new Error("EIO")) });
    expect(result.issues).toEqual([{ kind: "read-failed", offset: 0, data: { reason: "EIO" } }]);
  });

  test("a file that became shorter", async () => {
    const file = pcapFile(FRAMES);
    const { seen, kinds } = await read({ size: file.length + 1000, read: (offset, target) => memorySource(file).read(offset, target) });
    expect(seen).toHaveLength(3);
    expect(kinds).toEqual(["file-changed"]);
  });

  test("stops between chunks when it is told to", async () => {
    const file = pcapFile(Array.from({ length: 3000 }, () => ({ bytes: fill(1000, 1), time: 0 })));
    const signal = { aborted: false };
    const onChunk = () => {
      signal.aborted = true;
      return undefined;
    };
    const { seen, result } = await read(file, { onChunk }, signal);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.length).toBeLessThan(3000);
    expect(result.complete).toBe(false);
    expect(result.issues).toMatchObject([{ kind: "cancelled" }]);
  });
});
