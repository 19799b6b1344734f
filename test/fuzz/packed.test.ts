import { expect, test } from "vitest";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import type { PackedFile } from "../../src/host/packed/unpackedSource.ts";
import { unpackFile } from "../../src/host/packed/unpackFile.node.ts";
import { concat } from "../support/encode.ts";
import { Dice, mutated } from "../support/mutate.ts";
import { PACKED } from "../support/packedCaptures.ts";

/*
 * Hostile compressed files through the decompressors. FUZZ_PACKED_INPUTS: how many of each format; FUZZ_SEED: the first seed. A failure
 * names the seed: FUZZ_SEED=4711 FUZZ_PACKED_INPUTS=1 npx vitest run test/fuzz/packed.test.ts
 */
const { FUZZ_PACKED_INPUTS = "2000", FUZZ_SEED = "0" } = process.env;
const INPUTS = Number(FUZZ_PACKED_INPUTS);
const FIRST_SEED = Number(FUZZ_SEED);

/** Inputs at the same time, of which zlib's wait for its threads, and what they may take of the processor, in milliseconds. */
const BATCH = 50;
const MOST_MILLISECONDS = 20_000;
/** An input has at most 16 KiB; LZ4 makes at most 255 times as much of it, zlib 1,032 times; a block of zstd 128 KiB of four bytes. */
const MOST_UNPACKED = 600e6;

const FORMATS = ["gzip", "zst", "lz4"] as const;

async function readNamed(seed: number, files: readonly Uint8Array[]): Promise<void> {
  try {
    await readAll(hostileFile(seed, files));
  } catch (error) {
    throw new Error(`FUZZ_SEED=${seed}`, { cause: error });
  }
}

function hostileFile(seed: number, files: readonly Uint8Array[]): Uint8Array {
  const dice = new Dice(seed);
  let file = dice.pick(files);
  const magic = file.slice(0, 4);
  for (let count = 1 + dice.below(4); count > 0; count--) file = mutated(file, dice, files);
  // Without its magic it would be another kind of file.
  return dice.below(4) === 0 ? file : concat(magic, file.subarray(4));
}

async function readAll(file: Uint8Array): Promise<void> {
  const source = await unpackFile<PackedFile>(memorySource(file));
  const target = new Uint8Array(64 * 1024);
  let at = 0;
  for (let got = await source.read(0, target); got > 0; got = await source.read(at, target)) at += got;
  expect(at).toBeLessThan(MOST_UNPACKED);
  expect(source.packing?.trouble?.offset ?? 0).toBeLessThanOrEqual(file.length);
  // Another pass comes to the same end.
  expect(await source.read(Math.max(0, at - 10), target)).toBe(Math.min(10, at));
  await source.close?.();
}

test.each(FORMATS)(`${INPUTS} hostile files of %s: no exception, no hang`, { timeout: 60_000 + INPUTS * 100 }, async (format) => {
  const files = Object.entries(PACKED).flatMap(([name, packed]) => (name.includes(format) ? [packed] : []));
  expect(files.length).toBeGreaterThan(1);
  for (let first = FIRST_SEED; first < FIRST_SEED + INPUTS; first += BATCH) {
    const count = Math.min(BATCH, FIRST_SEED + INPUTS - first);
    const began = process.cpuUsage();
    await Promise.all(Array.from({ length: count }, (_, index) => readNamed(first + index, files)));
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000, `processor time of the ${count} files from FUZZ_SEED=${first} on`).toBeLessThan(MOST_MILLISECONDS);
  }
});
