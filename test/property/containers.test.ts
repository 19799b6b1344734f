import { describe, expect, test } from "vitest";
import { type ByteSource, memorySource } from "../../src/core/bytes/byteSource.ts";
import { readFrames } from "../../src/core/capture/readFrames.ts";
import { pcapFile, pcapngFile } from "../support/captureBuilder.ts";
import { Dice, mutated } from "../support/mutate.ts";
import { iptraceFile, netmonFile, snoopFile } from "../support/otherContainers.ts";
import { numbered } from "../support/seenFrames.ts";

/*
 * Every container, cut at every byte and with every byte changed: never an exception, and what stands before the damage is handed on as it
 * is in the whole file.
 */

const FRAMES = numbered(5);
const process = { path: "C:\\a.exe", id: 4, localPort: 1, remotePort: 2 };

/** `table`: the order of the frames stands at the end, and what damage to it or to the header does has no before. */
const FILES: readonly (readonly [name: string, file: Uint8Array, table: boolean])[] = [
  ["pcap", pcapFile(FRAMES), false],
  ["pcap, big-endian, nanoseconds", pcapFile(FRAMES, { bigEndian: true, nanoseconds: true }), false],
  ["pcapng", pcapngFile({ frames: FRAMES, interfaces: [{ name: "eth0", resolution: 9 }] }), false],
  ["pcapng, big-endian", pcapngFile({ frames: FRAMES, bigEndian: true }), false],
  ["snoop", snoopFile(FRAMES), false],
  ["iptrace 1.0", iptraceFile(FRAMES, 1), false],
  ["iptrace 2.0", iptraceFile(FRAMES, 2), false],
  ["Network Monitor 1.1", netmonFile(FRAMES, { version: 0x0101 }), true],
  ["Network Monitor 2.0", netmonFile(FRAMES, { version: 0x0200 }), true],
  ["Network Monitor 2.3", netmonFile(FRAMES, { comment: "a comment", process }), true],
];

const OURS: ReadonlySet<string> = new Set(["internal-error", "read-failed"]);

/** One line a frame: where it stands, how long it is, and its bytes. */
async function framesOf(source: ByteSource): Promise<readonly string[]> {
  const frames: string[] = [];
  const sink = {
    sighting: () => undefined,
    frame(bytes: Uint8Array, _view: DataView, start: number, captured: number, ...rest: readonly number[]) {
      frames.push(`${rest.join(" ")} ${bytes.subarray(start, start + captured).join("")}`);
    },
  };
  const { issues, bytesRead } = await readFrames(source, sink, {}, { aborted: false });
  expect(issues.filter(({ kind }) => OURS.has(kind))).toEqual([]);
  expect(issues.length).toBeLessThan(20);
  expect(bytesRead).toBeLessThanOrEqual(source.size);
  return frames;
}

describe.each(FILES)("%s", (_, file, table) => {
  test("cut at every byte: the first frames, and no others", async () => {
    const whole = await framesOf(memorySource(file));
    expect(whole).toHaveLength(5);
    let most = 0;
    for (let length = 0; length <= file.length; length++) {
      const frames = await framesOf(memorySource(file.subarray(0, length)));
      expect(frames).toEqual(whole.slice(0, frames.length));
      expect(frames.length).toBeGreaterThanOrEqual(most);
      most = frames.length;
    }
    expect(most).toBe(5);
  });

  test("with each byte changed: what is before it stays", async () => {
    const whole = await framesOf(memorySource(file));
    const before = table ? [] : await framesEnds(file);
    for (let at = 0; at < file.length; at++) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const changed = file.slice();
        changed[at] = (changed[at] ?? 0) ^ flip;
        const frames = await framesOf(memorySource(changed));
        const safe = before.filter((end) => end <= at).length;
        expect(frames.slice(0, safe), `byte ${at} ^ ${flip}`).toEqual(whole.slice(0, safe));
      }
    }
  });

  test("damaged in several ways, in any portions: no exception, and the same answer", async () => {
    for (let seed = 1; seed <= 150; seed++) {
      const dice = new Dice(seed);
      let bytes: Uint8Array = file;
      for (let count = 1 + dice.below(4); count > 0; count--) bytes = mutated(bytes, dice, [file]);
      const portion = 1 + dice.below(200);
      const portions = {
        size: bytes.length,
        read: (offset: number, target: Uint8Array) => memorySource(bytes).read(offset, target.subarray(0, portion)),
      };
      expect(await framesOf(portions), `seed ${seed}`).toEqual(await framesOf(memorySource(bytes)));
    }
  });
});

/** Lengths of the file at which one more frame is whole. */
async function framesEnds(file: Uint8Array): Promise<readonly number[]> {
  const ends: number[] = [];
  for (let length = 0; length <= file.length; length++) {
    const { length: count } = await framesOf(memorySource(file.subarray(0, length)));
    while (ends.length < count) ends.push(length);
  }
  return ends;
}
