import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Analysis, analyse, type ConnectionDetail, memorySource, readConnections } from "../../src/core/index.ts";

const FOLDER = join(import.meta.dirname, "../captures");

/** Names of all committed cases: folders with a capture in them. */
export const caseNames: readonly string[] = readdirSync(FOLDER)
  .filter((name) => captureFile(name) !== undefined)
  .sort();

/** Path of a file of a case. */
export function casePath(name: string, file: string): string {
  return join(FOLDER, name, file);
}

/** Path of a case's capture. */
export function capturePath(name: string): string {
  const file = captureFile(name);
  if (file === undefined) throw new Error(`There is no capture in test/captures/${name}.`);
  return casePath(name, file);
}

/** A case that was read: what the pass found, and every connection in full. */
export interface ReadCase {
  readonly file: string;
  readonly analysis: Analysis;
  readonly details: readonly ConnectionDetail[];
}

/** Reads a case with all its connections. */
export async function readCase(name: string): Promise<ReadCase> {
  const source = memorySource(readFileSync(capturePath(name)));
  const analysis = await analyse(source);
  const ids = Array.from({ length: analysis.connections.count }, (_, index) => index + 1);
  const file = captureFile(name) ?? "";
  return { file, analysis, details: await readConnections(source, analysis, ids) };
}

function captureFile(name: string): string | undefined {
  const folder = join(FOLDER, name);
  return existsSync(folder) ? readdirSync(folder).find((file) => file.startsWith("capture.")) : undefined;
}
