import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

/*
 * Starts the program from its compiled form. Compiling it takes a third of the time that a small capture takes in all; Node 20 has no
 * cache of its own for that. The build writes the compiled form; one of another Node is refused by V8, and the program compiled as ever.
 */
const PROGRAM = path.join(__dirname, "cliProgram.cjs");
const COMPILED = path.join(__dirname, "cliProgram.compiled");

// A pass makes little garbage that lives on. Left alone, V8 lets its nursery for new objects grow to 48 MiB all the same: a third of the
// memory of an analysis of a million messages, for no measurable time.
setFlagsFromString("--semi-space-growth-factor=1");
// A nursery of a MiB is emptied sooner by one thread than others are woken for it: 8% of the time of many short connections.
setFlagsFromString("--no-parallel-scavenge");
// The optimizing compiler copies called functions into their callers, over and over for the long chain from frame to message: with less of
// it the first seconds of a pass take two thirds of the time and the rest no longer.
setFlagsFromString("--max-inlined-bytecode-size-cumulative=200");

const cachedData = readCompiled();
const script = new Script(readFileSync(PROGRAM, "latin1"), { filename: PROGRAM, ...(cachedData === undefined ? {} : { cachedData }) });
// Functions that ran are compiled by then, and only those are worth keeping.
if (process.env["SMB_LENS_KEEP_COMPILED"] !== undefined) process.once("exit", () => writeFileSync(COMPILED, script.createCachedData()));
script.runInThisContext()(require, module, __filename, __dirname);

function readCompiled(): Buffer | undefined {
  try {
    return readFileSync(COMPILED);
  } catch {
    return undefined;
  }
}
