import { describe, expect, test } from "vitest";
import { type ByteSource, memorySource } from "../../src/core/bytes/byteSource.ts";
import { BASE_SECONDS } from "../support/captureBuilder.ts";
import { ascii, be32, concat, fill, le16, le32, le64, zeros } from "../support/encode.ts";
import { iptraceFile, netmonFile, snoopFile } from "../support/otherContainers.ts";
import { numbered, read } from "../support/seenFrames.ts";

const FRAMES = numbered(4);
const LENGTHS = [60, 61, 62, 63];

describe("snoop", () => {
  test("frames with their lengths and times", async () => {
    const { seen, result } = await read(snoopFile(FRAMES));
    expect(seen.map(({ captured, ends }) => [captured, ...ends])).toEqual(LENGTHS.map((length, index) => [length, index + 1, index + 1]));
    expect(seen[1]).toMatchObject({ linkType: 1, seconds: BASE_SECONDS + 1, nanoseconds: 250_000, original: 61, direction: 0 });
    expect(result).toMatchObject({ complete: true, issues: [], parser: { format: "snoop", frames: 4 } });
  });

  test.each([
    [0, 1],
    [2, 6],
    [8, 10],
    [9, 0],
    [26, 226],
    [5, 0x10005],
  ])("datalink %d is link type %d", async (datalink, linkType) => {
    expect((await read(snoopFile(FRAMES, datalink))).seen[0]?.linkType).toBe(linkType);
  });

  test("frames that it lost", async () => {
    expect((await read(snoopFile(FRAMES, 4, 77))).result.parser?.notes.dropped).toBe(77);
  });

  test("a record length that is less than the frame ends the reading", async () => {
    const file = snoopFile(FRAMES);
    file.set(be32(24), 16 + 24 + 60 + 8);
    const { seen, result } = await read(file);
    expect(seen).toHaveLength(1);
    expect(result).toMatchObject({ complete: false, issues: [{ kind: "bad-record", frame: 1, offset: 100 }] });
  });
});

describe.each([1, 2] as const)("iptrace %d.0", (version) => {
  test("frames with interface, direction and time", async () => {
    const { seen, result } = await read(iptraceFile([{ bytes: fill(60, 1), time: 1000.25, interfaceId: 3 }, ...FRAMES], version));
    expect(seen.map(({ captured }) => captured)).toEqual([60, ...LENGTHS]);
    expect(seen.map(({ interfaceId }) => interfaceId)).toEqual([0, 1, 1, 1, 1]);
    expect(seen[0]).toMatchObject({ linkType: 1, seconds: BASE_SECONDS + 1, nanoseconds: version === 2 ? 250_000 : 0, direction: 2 });
    expect(result.parser?.interfaces.map(({ name }) => name)).toEqual(["en3", "en0"]);
    expect(result).toMatchObject({ complete: true, issues: [], parser: { format: "iptrace" } });
  });

  test.each([
    [24, 101, 60],
    [15, 10, 57],
    [99, 0x10063, 60],
  ])("interface type %d is link type %d", async (type, linkType, captured) => {
    expect((await read(iptraceFile(FRAMES, version, type))).seen[0]).toMatchObject({ linkType, captured });
  });

  test("a length that is less than its own description ends the reading", async () => {
    const file = iptraceFile(FRAMES, version);
    file.set(be32(5), 11);
    expect((await read(file)).result).toMatchObject({ complete: false, issues: [{ kind: "bad-record", frame: 0, offset: 11 }] });
  });
});

describe("Network Monitor", () => {
  test.each([0x0101, 0x0200, 0x0201, 0x0202, 0x0203])("version %d", async (version) => {
    const { seen, result } = await read(netmonFile(FRAMES, { version }));
    expect(seen.map(({ captured, ends }) => [captured, ...ends])).toEqual(LENGTHS.map((length, index) => [length, index + 1, index + 1]));
    const nanoseconds = version === 0x0101 ? 0 : 250_000;
    expect(seen[1]).toMatchObject({ number: 2, linkType: 1, seconds: BASE_SECONDS + 1, nanoseconds });
    expect(result).toMatchObject({ complete: true, issues: [], parser: { format: version < 0x0200 ? "netmon-1" : "netmon-2" } });
    expect(result.parser?.notes.localTime).toBe(version < 0x0203);
  });

  test("the frame table decides the order, and which frames there are", async () => {
    const { seen, result } = await read(netmonFile(FRAMES, { order: [3, 0, 2] }));
    expect(seen.map(({ number, ends }) => [number, ends[0]])).toEqual([
      [1, 4],
      [2, 1],
      [3, 3],
    ]);
    expect(result.issues).toEqual([]);
  });

  test("an entry that leads nowhere is passed over", async () => {
    const { seen, kinds } = await read(netmonFile(FRAMES, { order: [0, 1_000_000, 2] }));
    expect(seen.map(({ ends }) => ends[0])).toEqual([1, 3]);
    expect(kinds).toEqual(["file-cut"]);
  });

  test.each([0x0101, 0x0200, 0x0203])("version %d that was never closed is read frame by frame", async (version) => {
    const file = netmonFile(FRAMES, { version, open: true });
    expect((await read(file)).seen).toHaveLength(4);
    const { seen, kinds } = await read(file.slice(0, -1));
    expect(seen).toHaveLength(3);
    expect(kinds).toEqual(["file-cut"]);
  });

  test("a cut frame table: the frames are read one behind another", async () => {
    const { seen, kinds } = await read(netmonFile(FRAMES).slice(0, -6));
    expect(seen).toHaveLength(4);
    expect(kinds).toEqual(["file-cut"]);
  });

  test("media types of each frame; records that are no frames count as Wireshark counts them", async () => {
    const media = [6, 9, 0xe071, 0xe083, 0xffff, 0xfffd, 7];
    const wireless = concat(Uint8Array.of(2), le16(32), le32(1), zeros(25), Uint8Array.of(0x08, 0x41), fill(30, 5));
    const frames = media.map((one, index) => ({ bytes: one === 6 ? wireless : fill(60, index), time: index }));
    const { seen, result } = await read(netmonFile(frames, { media }));
    expect(seen.map(({ number, linkType }) => [number, linkType])).toEqual([
      [1, 105],
      [2, 101],
      [3, 113],
      [4, 0x1e083],
      [6, 101],
    ]);
    // Network Monitor's header is gone.
    expect(seen[0]).toMatchObject({ captured: 32, ends: [0x08, 5] });
    expect(result.parser?.frames).toBe(6);
  });

  test("a frame before the start of the capture", async () => {
    const { seen } = await read(netmonFile([{ bytes: fill(60, 1), time: -1500 }], { version: 0x0202 }));
    expect(seen[0]).toMatchObject({ seconds: BASE_SECONDS - 2, nanoseconds: 500_000_000 });
  });

  test("comments and processes are kept", async () => {
    const process = { path: "C:\\Windows\\explorer.exe", id: 4711, localPort: 49_152, remotePort: 445 };
    const { result } = await read(netmonFile(FRAMES, { comment: "here it fails", process }));
    expect(result.parser?.notes.comments).toEqual([{ about: "frame", number: 1, text: "here it fails\nmore" }]);
    expect(result.parser?.notes.processes).toEqual([{ ...process, localAddress: "c0000201", remoteAddress: "c0000202" }]);
    expect(result.issues).toEqual([]);
  });

  test("the packet in an event of NDIS, with its direction; other events count without content", async () => {
    const media = [0xffe0, 0xffe0, 0xffe0];
    const events = [event(1001, 0xc000_0001, 1), event(1002, 0xc000_0001, 1), event(1001, 0xc001_0000, 2)];
    const { seen } = await read(
      netmonFile(
        events.map((bytes, time) => ({ bytes, time })),
        { media },
      ),
    );
    expect(seen.map(({ number, captured, linkType, direction, ends }) => [number, captured, linkType, direction, ...ends])).toEqual([
      [1, 50, 1, 2, 7, 7],
      [3, 50, 105, 1, 7, 7],
    ]);
  });

  test("a table that leads to and fro ends the reading after many jumps", async () => {
    const large = Array.from({ length: 40 }, () => ({ bytes: fill(60_000, 2), time: 1 }));
    const once = netmonFile([...numbered(1), ...large, ...numbered(1)], { order: [0, 41] });
    const entries = 250_000;
    const table = new Uint8Array(8 * entries);
    for (let at = 0; at < table.length; at += 8) table.set(once.subarray(-8), at);
    const file = concat(once.slice(0, -8), table);
    file.set(le32(table.length), 28);
    let asked = 0;
    const source: ByteSource = {
      size: file.length,
      read(offset, target) {
        asked += target.length;
        return memorySource(file).read(offset, target);
      },
    };
    const { kinds } = await read(source);
    expect(kinds).toEqual(["bad-record"]);
    expect(asked).toBeLessThan(4e9);
  });
});

/** An event of Microsoft-Windows-NDIS-PacketCapture that holds a frame of 50 bytes. */
function event(id: number, low: number, high: number): Uint8Array {
  const guid = Uint8Array.of(0x6e, 0, 0xd6, 0x2e, 0x29, 0x47, 9, 0x46, 0xb4, 0x23, 0x3e, 0xe7, 0xbc, 0xd6, 0x78, 0xef);
  const header = concat(zeros(0x18), guid, le16(id), zeros(6), le32(low), le32(high), zeros(24));
  // One extended item of 4 bytes.
  const context = concat(zeros(4), le16(1), le16(62), zeros(1), zeros(6), le16(4), le32(0));
  return concat(header, context, le32(1), le32(1), le32(50), fill(50, 7), le64(0));
}

test("a format that begins like one that is read, and is not", async () => {
  expect((await read(concat(ascii("iptrace 3.0"), zeros(100)))).kinds).toEqual(["not-a-capture"]);
  expect((await read(concat(ascii("snoop"), zeros(2)))).kinds).toEqual(["not-a-capture"]);
});
