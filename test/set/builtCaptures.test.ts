import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { builtCaptures } from "../support/builtCaptures.ts";
import { CAPTURES, captureOf, caseNames } from "../support/capturesOnDisk.ts";

/*
 * A built capture on the disk is the one that its builder makes, byte for byte. After a change of a builder:
 * WRITE_CAPTURES=1 npx vitest run test/set/builtCaptures.test.ts
 */
const { WRITE_CAPTURES, CI } = process.env;
const writes = WRITE_CAPTURES === "1" && CI === undefined;

test.each(Object.entries(builtCaptures))("%s", async (name, build) => {
  const built = await build();
  const folder = path.join(CAPTURES, name);
  if (writes) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, "capture.pcap"), built);
  }
  expect(Buffer.from(captureOf(name)).equals(built), `${name} is not what its builder makes`).toBe(true);
});

test("every capture says what it is for and where it comes from", () => {
  expect(caseNames.filter((name) => !existsSync(path.join(CAPTURES, name, "README.md")))).toEqual([]);
  expect(caseNames.filter((name) => name.startsWith("built_")).toSorted()).toEqual(Object.keys(builtCaptures).toSorted());
});
