// Holds the command line against the laboratory captures beside this project (../shared/captures), where they are there: judge.mjs compares
// the findings with the ground truth, compare.mjs the messages with tshark. Says "N passed, N failed" in its last line.
// A capture that cannot be right yet is named in notYet.txt with the reason; it counts neither way, and one that is right all the same
// fails the run, so that the list only ever shrinks.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CAPTURES = path.resolve(ROOT, "../shared/captures");
const CLI = "node dist/cli.js";

if (!existsSync(path.join(CAPTURES, "lab/manifest.json"))) {
  console.log("../shared/captures is not there: the laboratory captures were not run.");
  console.log("0 passed, 0 failed");
  process.exit(0);
}

const judged = judge();
const compared = compare();
const passed = judged.passed + compared.passed;
const failed = judged.failed + compared.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function judge() {
  const { output, sum } = run("judge.mjs", ["--verbose"]);
  if (sum === undefined) return broken("judge.mjs", output);
  // A complaint begins with `file [verdict]`; what is wrong stands indented below it.
  const complaints = new Map();
  let current;
  for (const line of output.split("\n")) {
    const head = /^(\S+) \[[^\]]*\]$/.exec(line);
    if (head) {
      current = [line];
      complaints.set(head[1], current);
    } else if (line.startsWith("  ")) current?.push(line);
  }
  if (complaints.size !== sum.failed) return broken("judge.mjs names another number of captures than it counts", output);
  const notYet = readNotYet();
  const wrong = [...complaints].filter(([file]) => !notYet.has(file));
  const needless = [...notYet].filter((file) => !complaints.has(file));
  for (const [, lines] of wrong) console.log(lines.join("\n"));
  for (const file of needless) console.log(`${file} is right now: take it off test/lab/notYet.txt.`);
  const expected = complaints.size - wrong.length;
  console.log(`judge.mjs: ${sum.passed} right, ${wrong.length} wrong, ${expected} not yet (test/lab/notYet.txt, not counted)`);
  return { passed: sum.passed - needless.length, failed: wrong.length + needless.length };
}

// What counts is the whole: at least 99 of 100 messages as tshark has them. A single difference is a place to look, tshark errs too.
function compare() {
  const { output, sum, status } = run("compare.mjs", []);
  if (sum === undefined) return broken("compare.mjs", output);
  const lines = output.trimEnd().split("\n");
  if (status !== 0) console.log(lines.slice(0, 60).join("\n"));
  console.log(`compare.mjs: ${lines.slice(-3, -1).join(", ")}`);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function run(script, args) {
  const result = spawnSync(process.execPath, [path.join(CAPTURES, script), path.join(CAPTURES, "lab"), "--cli", CLI, ...args], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 256 << 20,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}`;
  const sum = /^(\d+) passed, (\d+) failed$/m.exec(result.stdout ?? "");
  return { output, status: result.status, sum: sum === null ? undefined : { passed: Number(sum[1]), failed: Number(sum[2]) } };
}

function broken(what, output) {
  console.log(`${what}\n${output.slice(-3000)}`);
  return { passed: 0, failed: 1 };
}

function readNotYet() {
  const lines = readFileSync(path.join(import.meta.dirname, "notYet.txt"), "utf8").split("\n");
  return new Set(lines.map((line) => line.split("#")[0].trim()).filter((file) => file !== ""));
}
