import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { analyse, type CaptureComparison, compareCaptures, memorySource } from "../../src/core/index.ts";
import { captureOf } from "./capturesOnDisk.ts";

export type Place = "client" | "server";

const SIDES = path.resolve(import.meta.dirname, "../sides");

/** Path of one side of a session in test/sides. */
export function sidePath(session: string, place: Place): string {
  return path.join(SIDES, `${session}.${place}.pcap`);
}

/** Bytes of one side of a session, from test/sides or test/captures. */
export function sideOf(session: string, place: Place): Uint8Array {
  const file = sidePath(session, place);
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : captureOf(`${session}.${place}`);
}

/** Compares two captures in memory. */
export async function compareBytes(a: Uint8Array, b: Uint8Array): Promise<CaptureComparison> {
  const load = async (bytes: Uint8Array) => {
    const source = memorySource(bytes);
    return { source, analysis: await analyse(source) };
  };
  return compareCaptures(await load(a), await load(b));
}
