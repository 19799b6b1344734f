import { describe, expect, test } from "vitest";
import { BASE_SECONDS } from "../support/captureBuilder.ts";
import { be16, be32, concat, fill, le16, le32, octets, zeros } from "../support/encode.ts";
import { read } from "../support/seenFrames.ts";

/* Record headers and link type words of pcap files by other hands, from their documented bytes. */

const LENGTHS = [60, 61, 62, 63];

interface Variant {
  readonly magic: number;
  readonly version?: readonly [number, number];
  readonly word?: number;
  readonly snapLength?: number;
  readonly fraction?: number;
  /** Bytes between file header and records, and of each record header behind its lengths. */
  readonly afterHeader?: number;
  readonly afterLengths?: Uint8Array;
  readonly swapped?: boolean;
}

function file(variant: Variant, bigEndian = false): Uint8Array {
  const [word, half] = bigEndian ? [be32, be16] : [le32, le16];
  const [major, minor] = variant.version ?? [2, 4];
  const records = LENGTHS.map((length, index) => {
    const lengths = [word(length), word(length + 10)];
    const header = [word(BASE_SECONDS + index), word(variant.fraction ?? 250_000), ...(variant.swapped ? lengths.reverse() : lengths)];
    return concat(...header, variant.afterLengths ?? zeros(0), fill(length, index + 1));
  });
  const snapLength = variant.snapLength ?? 65_535;
  const head = [word(variant.magic), half(major), half(minor), word(0), word(0), word(snapLength), word(variant.word ?? 1)];
  return concat(...head, zeros(variant.afterHeader ?? 0), ...records);
}

const packetInfo = (kind: number, after: number) => concat(le32(2), le16(8), octets(kind), zeros(after));

const VARIANTS: readonly (readonly [string, Variant])[] = [
  ["Kuznetzov's, 24 bytes a record", { magic: 0xa1b2cd34, afterLengths: packetInfo(4, 1) }],
  ["SuSE's of it, 28 bytes", { magic: 0xa1b2cd34, afterLengths: packetInfo(0, 5) }],
  ["Red Hat's, 24 bytes under the usual magic", { magic: 0xa1b2c3d4, afterLengths: packetInfo(3, 1) }],
  ["Nokia's, 20 bytes under the usual magic", { magic: 0xa1b2c3d4, afterLengths: octets(1, 2, 3, 4) }],
  ["Ixia's in software", { magic: 0x1c0001ab, afterHeader: 4 }],
  ["version 2.2: lengths the other way round", { magic: 0xa1b2c3d4, version: [2, 2], swapped: true }],
  ["version 2.3: lengths one way", { magic: 0xa1b2c3d4, version: [2, 3] }],
  ["version 2.3: lengths the other way", { magic: 0xa1b2c3d4, version: [2, 3], swapped: true }],
  ["DG/UX", { magic: 0xa1b2c3d4, version: [543, 0], swapped: true }],
  ["a snap length of 0", { magic: 0xa1b2c3d4, snapLength: 0 }],
  ["a negative snap length", { magic: 0xa1b2c3d4, snapLength: 0xffff_ffff }],
  ["a snap length less than the frames", { magic: 0xa1b2c3d4, snapLength: 50 }],
];

describe.each(VARIANTS)("%s", (_, variant) => {
  test.each([false, true])("big-endian %s: every frame with its lengths and its time", async (bigEndian) => {
    const { seen, result } = await read(file(variant, bigEndian));
    expect(seen.map(({ captured, original, ends }) => [captured, original, ...ends])).toEqual(
      LENGTHS.map((length, index) => [length, length + 10, index + 1, index + 1]),
    );
    expect(seen[3]).toMatchObject({ seconds: BASE_SECONDS + 3, nanoseconds: 250_000_000, linkType: 1 });
    expect(result).toMatchObject({ complete: true, issues: [] });
  });
});

test.each([
  [4, 2],
  [0, 1],
  [3, 0],
])("the kind of packet %d of Kuznetzov's records tells the direction", async (kind, direction) => {
  expect((await read(file({ magic: 0xa1b2cd34, afterLengths: packetInfo(kind, 1) }))).seen[0]?.direction).toBe(direction);
});

test("Ixia's hardware counts nanoseconds", async () => {
  const { seen, result } = await read(file({ magic: 0x1c0001ac, afterHeader: 4, fraction: 999_999_999 }));
  expect(seen[0]?.nanoseconds).toBe(999_999_999);
  expect(result.parser?.interfaces[0]?.timestampResolution).toBe(1e-9);
});

test("nanoseconds under the magic of microseconds", async () => {
  const { seen, result } = await read(file({ magic: 0xa1b2c3d4, fraction: 123_456_789 }));
  expect(seen[0]).toMatchObject({ seconds: BASE_SECONDS, nanoseconds: 123_456_789 });
  expect(result.parser?.interfaces[0]?.timestampResolution).toBe(1e-9);
});

describe("AIX: version 2.2, link types of IANA, nanoseconds", () => {
  test.each([
    [6, 1],
    [9, 6],
    [24, 0],
  ])("interface type %d is LINKTYPE %d", async (type, linkType) => {
    const { seen } = await read(file({ magic: 0xa1b2c3d4, version: [2, 2], word: type, fraction: 999_999_999 }, true));
    expect(seen).toHaveLength(4);
    expect(seen[0]).toMatchObject({ linkType, captured: 60, nanoseconds: 999_999_999 });
  });

  test("FDDI has three bytes in front", async () => {
    const { seen } = await read(file({ magic: 0xa1b2c3d4, version: [2, 2], word: 15 }, true));
    expect(seen[0]).toMatchObject({ linkType: 10, captured: 57, original: 67 });
  });
});

describe("the check sequence that the link type word tells of", () => {
  test("is no part of a whole frame", async () => {
    const whole = concat(
      file({ magic: 0xa1b2c3d4, word: 0x2400_0001 }).slice(0, 24),
      le32(BASE_SECONDS),
      le32(0),
      le32(64),
      le32(64),
      fill(64, 7),
    );
    expect((await read(whole)).seen).toMatchObject([{ captured: 60, original: 60, linkType: 1 }]);
  });

  test("is not in the file where the frame was cut", async () => {
    const { seen } = await read(file({ magic: 0xa1b2c3d4, word: 0x2400_0001 }));
    expect(seen[0]).toMatchObject({ captured: 60, original: 66 });
  });

  test("does not count without its bit", async () => {
    expect((await read(file({ magic: 0xa1b2c3d4, word: 0x2000_0001 }))).seen[0]).toMatchObject({ captured: 60, original: 70 });
  });
});
