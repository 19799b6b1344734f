// Runs whole processes, from start to exit, in alternating turns.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { FOLDER } from "./inputs.mjs";

const memoryFile = path.join(FOLDER, `memory-${process.pid}`);
const MEMORY = ["--require", path.join(import.meta.dirname, "reportMemory.cjs")];

/** Seconds of every turn of every contestant, by name. A contestant may have fewer turns than the others. */
export function alternate(contestants, turns) {
  for (const { command, turns: own = turns } of contestants) if (own > 1) run(command);
  const seconds = new Map(contestants.map(({ name }) => [name, []]));
  for (let turn = 0; turn < turns; turn++) {
    for (const { name, command, turns: own = turns } of contestants) if (turn < own) seconds.get(name).push(run(command));
  }
  return seconds;
}

/** Peak memory in MiB of a Node program, in a run of its own: what measures it takes time. */
export function peakMemory([, ...rest]) {
  rmSync(memoryFile, { force: true });
  run([process.execPath, ...MEMORY, ...rest], { BENCH_MEMORY: memoryFile });
  const memory = existsSync(memoryFile) ? Number(readFileSync(memoryFile, "utf8")) : Number.NaN;
  rmSync(memoryFile, { force: true });
  return memory;
}

/** Median, smallest, largest. */
export function spread(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return [sorted[Math.floor(sorted.length / 2)], sorted[0], sorted.at(-1)];
}

function run([program, ...rest], environment = {}) {
  const began = process.hrtime.bigint();
  const child = spawnSync(program, rest, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...environment },
    maxBuffer: 1 << 28,
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  // 1: smb-lens found something.
  if (child.error || (child.status !== 0 && child.status !== 1))
    throw new Error(`${program} ${rest.join(" ")} ended with ${child.status}: ${child.error ?? child.stderr}`);
  return seconds;
}
