import { describe, expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { type ByteSource, memorySource } from "../../src/core/bytes/byteSource.ts";
import { readConnections } from "../../src/core/readConnections.ts";
import type { PackedFile } from "../../src/host/packed/unpackedSource.ts";
import { unpackFile } from "../../src/host/packed/unpackFile.node.ts";
import { concat, fill, octets, zeros } from "../support/encode.ts";
import { Dice } from "../support/mutate.ts";
import { openSession } from "../support/openSession.ts";
import { gzip, PACKED, UNPACKED } from "../support/packedCaptures.ts";

async function unpack(file: ByteSource | Uint8Array) {
  const source = await unpackFile<PackedFile>(file instanceof Uint8Array ? memorySource(file) : file);
  const bytes = await readAll(source);
  return { source, bytes, trouble: source.packing?.trouble ?? null };
}

async function readAll(source: ByteSource): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let at = 0; ; ) {
    const target = new Uint8Array(100_000);
    const got = await source.read(at, target);
    if (got === 0) return concat(...parts);
    parts.push(target.subarray(0, got));
    at += got;
  }
}

/** Some at the same time: zlib answers from other threads, and waiting for each answer takes longer than the work. */
async function together<Result>(count: number, run: (index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  while (results.length < count) {
    const batch = Array.from({ length: Math.min(32, count - results.length) }, (_, index) => run(results.length + index));
    results.push(...(await Promise.all(batch)));
  }
  return results;
}

/** Thousands of comparisons of kilobytes take the test runner's own a minute. */
function startsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, beginning.length), beginning) === 0;
}

/** Bytes that hardly compress: damage in the middle then has much before it. */
function noise(count: number): Uint8Array {
  return new Dice(1).bytes(count);
}

const whole = Object.entries(PACKED);

describe.each(whole)("%s", (name, packed) => {
  test("gives what was packed, and again from any place, in any order", async () => {
    const { source, bytes, trouble } = await unpack(packed);
    expect(bytes).toEqual(UNPACKED);
    expect(trouble).toBeNull();
    expect(source.packing?.bytesRead).toBe(source.size);
    for (const at of [UNPACKED.length - 1, 5, 4000, 1000, 0, UNPACKED.length, 3000]) {
      const target = new Uint8Array(300);
      const got = await source.read(at, target);
      expect(target.subarray(0, got)).toEqual(UNPACKED.subarray(at, at + 300));
    }
  });

  test("gives two passes at the same time each its own bytes", async () => {
    const source = await unpackFile(memorySource(packed));
    const [one, other] = await Promise.all([readAll(source), readAll(source)]);
    expect(one).toEqual(UNPACKED);
    expect(other).toEqual(UNPACKED);
  });

  test("cut at every byte: what is before the cut, and where it is", async () => {
    const cuts = await together(packed.length - 4, (index) => unpack(packed.subarray(0, index + 4)));
    let before = 0;
    for (const [index, { bytes, trouble }] of cuts.entries()) {
      expect(startsWith(UNPACKED, bytes)).toBe(true);
      expect(bytes.length).toBeGreaterThanOrEqual(before);
      before = bytes.length;
      // Between two members or frames a cut does not show.
      if (trouble !== null) expect(trouble).toMatchObject({ kind: "packed-cut", offset: index + 4 });
    }
    // The last byte is that of a checksum or an end mark, but for frames of zstd without a checksum: it belongs to their block.
    expect(before === UNPACKED.length).toBe(!["plain.pcap.zst", "frames.pcap.zst"].includes(name));
  });

  test("with bytes changed: trouble is told, and what comes before it is kept", async () => {
    const kinds = new Set<string>();
    const changes = await together(Math.floor((packed.length - 4) / 11), async (index) => {
      const at = 4 + index * 11;
      const changed = packed.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      return { ...(await unpack(changed)), sure: (await unpack(packed.subarray(0, at))).bytes };
    });
    for (const { bytes, trouble, sure } of changes) {
      expect(startsWith(bytes, sure)).toBe(true);
      if (trouble === null) continue;
      kinds.add(trouble.kind);
      expect(trouble.offset).toBeLessThanOrEqual(packed.length);
    }
    expect(kinds).toContain("packed-damaged");
  });
});

describe("gzip", () => {
  const packed = gzip(UNPACKED);

  test.each([
    ["checksum", 8],
    ["size", 4],
  ])("a wrong %s is named", async (reason, fromEnd) => {
    const changed = packed.slice();
    changed[changed.length - fromEnd] = (changed[changed.length - fromEnd] ?? 0) ^ 1;
    const { bytes, trouble } = await unpack(changed);
    expect(bytes).toEqual(UNPACKED);
    expect(trouble).toMatchObject({ kind: "packed-damaged", data: { format: "gzip", reason } });
    expect(Math.abs((trouble?.offset ?? 0) - (packed.length - fromEnd))).toBeLessThan(4);
  });

  test("bytes that are no member are named, zeros at the end are none", async () => {
    expect(await unpack(concat(packed, zeros(700)))).toMatchObject({ bytes: UNPACKED, trouble: null });
    const { bytes, trouble } = await unpack(concat(packed, fill(12, 0x41)));
    expect(bytes).toEqual(UNPACKED);
    expect(trouble).toEqual({ kind: "packed-trailing", offset: packed.length, data: { format: "gzip", bytes: 12 } });
  });

  test("damage in the middle of a large file loses nothing before it", async () => {
    const content = noise(600_000);
    const changed = concat(gzip(content.subarray(0, 300_000)), gzip(content.subarray(300_000)));
    const at = gzip(content.subarray(0, 300_000)).length;
    // The member's method: there is no other than 8.
    changed[at + 2] = 7;
    const { bytes, trouble } = await unpack(changed);
    expect(bytes).toEqual(content.subarray(0, 300_000));
    // zlib looks at the method together with the byte behind it.
    expect(trouble).toMatchObject({ kind: "packed-damaged", offset: at + 3, data: { reason: "data" } });
  });

  test("a file that becomes shorter is said to have changed", async () => {
    const cut = memorySource(packed.subarray(0, 500));
    const { trouble } = await unpack({ ...cut, size: packed.length });
    expect(trouble).toMatchObject({ kind: "file-changed", offset: 500 });
  });

  test("a file that cannot be read on fails as it does unpacked", async () => {
    const broken: ByteSource = {
      size: 1000,
      read: (offset, target) => {
        if (offset > 0) throw new Error("EIO");
        target.set(packed.subarray(0, 16));
        return 16;
      },
    };
    await expect(unpack(broken)).rejects.toThrow("EIO");
  });

  test("closing ends a read that is under way", async () => {
    const source = await unpackFile<PackedFile>(memorySource(gzip(noise(3_000_000))));
    const reading = readAll(source);
    await source.close?.();
    await expect(reading).rejects.toThrow("closed");
  });
});

describe("zstd", () => {
  test("the memory of frames that were refused is given back: later passes over a damaged file come as far as the first", async () => {
    // A window of 128 MiB, a block of four bytes, and a compressed block that is none.
    const frame = concat(octets(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x88), octets(0x20, 0, 0, 1, 2, 3, 4), octets(0x45, 0, 0), fill(8, 0xff));
    for (let pass = 0; pass < 50; pass++) {
      const { source, bytes, trouble } = await unpack(frame);
      expect([...bytes]).toEqual([1, 2, 3, 4]);
      expect(trouble).toMatchObject({ kind: "packed-damaged", offset: 13 });
      await source.close?.();
    }
  });

  const MAGIC = octets(0x28, 0xb5, 0x2f, 0xfd);
  const EMPTY_LAST_BLOCK = octets(1, 0, 0);

  test.each([
    ["dictionary", octets(0x01, 0x00, 0x63)],
    ["window", octets(0x00, 0xa8)],
    ["window", octets(0xe0, 0, 0, 0, 0, 0, 0, 1, 0)],
  ])("a frame that needs a larger %s than there is", async (reason, header) => {
    const { trouble } = await unpack(concat(MAGIC, header, EMPTY_LAST_BLOCK));
    expect(trouble).toMatchObject({ kind: "packed-unsupported", offset: 4, data: { reason } });
  });

  test("skippable frames and empty ones are passed over", async () => {
    const skippable = concat(octets(0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0), fill(3, 0xff));
    const empty = concat(MAGIC, octets(0x00, 0x58), EMPTY_LAST_BLOCK);
    const file = concat(skippable, empty, empty, PACKED["checksum.pcap.zst"] ?? zeros(0), skippable);
    expect(await unpack(file)).toMatchObject({ bytes: UNPACKED, trouble: null });
  });

  test.each(["checksum.pcap.zst", "checksums.pcap.lz4"])("a wrong checksum of %s is named", async (name) => {
    const changed = (PACKED[name] ?? zeros(0)).slice();
    changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
    const { bytes, trouble } = await unpack(changed);
    expect(bytes).toEqual(UNPACKED);
    expect(trouble).toMatchObject({ kind: "packed-damaged", offset: changed.length - 4, data: { reason: "checksum" } });
  });

  test.each(["plain.pcap.zst", "plain.pcap.lz4"])("what follows %s and is no frame is named", async (name) => {
    const packed = PACKED[name] ?? zeros(0);
    const { bytes, trouble } = await unpack(concat(packed, fill(9, 0x41)));
    expect(bytes).toEqual(UNPACKED);
    expect(trouble).toMatchObject({ kind: "packed-trailing", offset: packed.length, data: { bytes: 9 } });
  });
});

describe("a capture that is compressed", () => {
  test("is analysed like the one inside, with progress in bytes of the file", async () => {
    const packed = gzip(UNPACKED);
    const source = await unpackFile(memorySource(packed));
    const progress: number[] = [];
    const analysis = await analyse(source, {
      onProgress: ({ bytesRead, size }) => {
        expect(size).toBe(packed.length);
        progress.push(bytesRead);
      },
    });
    const plain = await analyse(memorySource(UNPACKED));
    expect(analysis.capture).toEqual({ ...plain.capture, packing: "gzip", size: packed.length, bytesRead: packed.length });
    expect(Math.max(...progress)).toBeLessThanOrEqual(packed.length);
    const [detail] = await readConnections(source, analysis, [1]);
    const [expected] = await readConnections(memorySource(UNPACKED), plain, [1]);
    expect(detail?.messages).toEqual(expected?.messages);
  });

  test("cut: one issue, the cut of the compression, and the frames before", async () => {
    const packed = gzip(UNPACKED);
    const { capture } = await analyse(await unpackFile(memorySource(packed.subarray(0, 900))));
    expect(capture.issues).toEqual([{ kind: "packed-cut", offset: 900, frame: capture.frames, data: { format: "gzip" } }]);
    expect(capture.frames).toBeGreaterThan(5);
  });

  test("cut before its first frame: the cut, not an empty file", async () => {
    const { capture } = await analyse(await unpackFile(memorySource(gzip(UNPACKED).subarray(0, 12))));
    expect(capture.issues.map(({ kind }) => kind)).toEqual(["packed-cut"]);
  });

  test.each([
    ["gzip", gzip(gzip(UNPACKED))],
    ["xz", gzip(octets(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0))],
  ])("twice is refused, by the name of the inner format %s", async (inner, packed) => {
    const { capture } = await analyse(await unpackFile(memorySource(packed)));
    expect(capture.issues).toEqual([{ kind: "packed-twice", offset: 0, data: { outer: "gzip", inner } }]);
  });

  test("opens in the editor with its format, and its connections in full", async () => {
    const { session, answer } = await openSession(gzip(UNPACKED));
    expect(answer.capture?.summary).toContain("pcap (gzip)");
    expect(answer.capture?.banners).toEqual([]);
    expect(await session.answer("trace", { connection: 1 })).toMatchObject({ text: expect.stringContaining("VALIDATE_NEGOTIATE_INFO") });
  });

  test("twice opens as a page that says what to do", async () => {
    const { answer } = await openSession(gzip(gzip(UNPACKED)));
    expect(answer.state?.title).toContain("gzip");
    expect(answer.state?.text).toContain("gzip -dk");
  });
});

/** 1,024 records of nothing a KiB: a pcap header, then zeros without end. */
const HEADER = UNPACKED.subarray(0, 24);

describe("decompression bombs", () => {
  const MEGABYTES_OF_ZEROS = gzip(zeros(64 * 1024 * 1024));

  test("zeros that are no capture end at their first bytes", async () => {
    const bomb = concat(...Array.from({ length: 50 }, () => MEGABYTES_OF_ZEROS));
    const { capture } = await analyse(await unpackFile(memorySource(bomb)));
    expect(capture.issues.map(({ kind }) => kind)).toEqual(["not-a-capture"]);
    expect(capture.bytesRead).toBeLessThan(bomb.length / 10);
  });

  test("a capture that unpacks to over a thousand times its size ends with the reason", { timeout: 60_000 }, async () => {
    // One block of 128 KiB of zeros takes four bytes.
    const block = octets(2, 0, 0x10, 0);
    const frame = concat(octets(0x28, 0xb5, 0x2f, 0xfd, 0, 0x58), octets(24 << 3, 0, 0), HEADER);
    const bomb = concat(frame, ...Array.from({ length: 20_000 }, () => block));
    const before = process.memoryUsage().rss;
    const source = await unpackFile(memorySource(bomb));
    const target = new Uint8Array(1 << 20);
    let at = 0;
    for (let got = 1; got > 0; at += got) got = await source.read(at, target);
    expect(source.packing?.trouble).toMatchObject({ kind: "packed-limit", data: { format: "zstd", reason: "ratio" } });
    expect(at).toBeLessThan(1.1 * 1024 ** 3);
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  test.each([
    ["frames", concat(octets(0x28, 0xb5, 0x2f, 0xfd), octets(0x00, 0x58), octets(1, 0, 0))],
    ["skippable frames", octets(0x53, 0x2a, 0x4d, 0x18, 0, 0, 0, 0)],
  ])("%s without content come to an end", async (_what, frame) => {
    const { trouble } = await unpack(concat(...Array.from({ length: 50_000 }, () => frame)));
    expect(trouble).toMatchObject({ kind: "packed-limit", data: { reason: "empty" } });
  });

  test("is stopped when the reader asks for it", async () => {
    const bomb = concat(gzip(HEADER), ...Array.from({ length: 15 }, () => MEGABYTES_OF_ZEROS));
    const signal = { aborted: false };
    const stopping = {
      pause: async () => {
        signal.aborted = true;
      },
    };
    const { capture } = await analyse(await unpackFile(memorySource(bomb)), stopping, signal);
    expect(capture.issues.map(({ kind }) => kind)).toContain("cancelled");
    expect(capture.bytesRead).toBeLessThan(bomb.length / 5);
  });
});
