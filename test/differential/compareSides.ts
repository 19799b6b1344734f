import { readFileSync } from "node:fs";
import { analyse, type CaptureComparison, compareCaptures, memorySource } from "../../src/core/index.ts";

async function load(file: string) {
  const source = memorySource(new Uint8Array(readFileSync(file)));
  return { source, analysis: await analyse(source) };
}

/** Two captures of one session, compared. */
export async function compareSides(a: string, b: string): Promise<CaptureComparison> {
  return compareCaptures(await load(a), await load(b));
}
