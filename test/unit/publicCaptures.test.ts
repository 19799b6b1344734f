import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { readFrames } from "../../src/core/capture/readFrames.ts";
import { unpackFile } from "../../src/host/packed/unpackFile.node.ts";

/*
 * Every capture of ../shared/captures/public, where it is there: opened and counted as capinfos and tshark count it, or refused with the right
 * reason. The captures are read in place and are no part of this project.
 */

const ROOT = path.resolve(import.meta.dirname, "../..");
const CAPTURES = path.resolve(ROOT, "../shared/captures/public");

interface Counted {
  /** Frames that hold a packet. */
  readonly packets: number;
  readonly frames: number;
  /** Kinds of issue that say that something could not be read, in order of their names. */
  readonly issues: string;
}

const table: ReadonlyMap<string, Counted> = new Map(
  readFileSync(path.join(ROOT, "test/lab/publicCaptures.tsv"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [file = "", packets = "", frames = "", issues = ""] = line.split("\t");
      return [file, { packets: Number(packets), frames: Number(frames || packets), issues }];
    }),
);

/** Kinds that are no trouble with the file: what the capturing program kept of the frames, and what the frames hold. */
const OF_FRAMES = new Set(["snap-length", "frames-dropped", "encrypted-frames", "fragments-incomplete"]);

async function count(file: string): Promise<Counted> {
  const bytes = new Uint8Array(readFileSync(path.join(CAPTURES, file)));
  let packets = 0;
  await readFrames(await unpackFile(memorySource(bytes)), { sighting: () => undefined, frame: () => packets++ }, {}, { aborted: false });
  const { capture } = await analyse(await unpackFile(memorySource(bytes)));
  const none = packets === 0 || capture.tcpConnections === 0;
  const kinds = capture.issues.map(({ kind }) => kind).filter((kind) => !OF_FRAMES.has(kind) && (kind !== "link-type-unsupported" || none));
  return { packets, frames: capture.frames, issues: [...new Set(kinds)].sort().join(",") };
}

test("the public captures are counted as other tools count them, or refused with the reason", { timeout: 300_000 }, async () => {
  expect(table.size).toBe(187);
  if (!existsSync(CAPTURES)) return;
  const files = readdirSync(CAPTURES).filter((name) => name !== "manifest.json" && name !== "oracle");
  expect(files.sort()).toEqual([...table.keys()].sort());
  const wrong: string[] = [];
  for (const [file, expected] of table) {
    const counted = await count(file);
    if (JSON.stringify(counted) !== JSON.stringify(expected)) wrong.push(`${file}: ${JSON.stringify(counted)}`);
  }
  expect(wrong).toEqual([]);
});
