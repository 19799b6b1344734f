// npm test: every stage in order, and at the end one line with the sum over all. A stage whose need has failed is not run, and says so.
// `node test/run.mjs lint e2e` runs only the stages named and what they need.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const MINUTE = 60_000;

const tool = (name, file) => path.join(ROOT, "node_modules", name, file);
const summed = (script) => () => runSummed([path.join(ROOT, "test", script)]);

/** Each gives `{ passed, failed }`. `limit`: milliseconds after which it is ended and has failed. */
const STAGES = [
  { name: "build", run: () => runCheck([tool("typescript", "bin/tsc"), "-b"], ["esbuild.mjs"]), limit: 5 * MINUTE },
  { name: "lint", run: () => runCheck([tool("@biomejs/biome", "bin/biome"), "check", "--error-on-warnings"]), limit: 2 * MINUTE },
  { name: "vitest", run: () => runVitest([]), limit: 8 * MINUTE },
  { name: "lab", needs: ["build"], run: runLab, limit: 8 * MINUTE },
  { name: "vscode", run: () => runCheck(["test/vscode/prepare.mjs"]), limit: 10 * MINUTE },
  { name: "webview", needs: ["build", "vscode"], run: () => runVitest(["--config", "test/webview/vitest.config.ts"]), limit: 12 * MINUTE },
  { name: "integration", needs: ["build", "vscode"], run: summed("integration/run.mjs"), limit: 6 * MINUTE },
  { name: "e2e", needs: ["build", "vscode"], run: summed("e2e/run.mjs"), limit: 10 * MINUTE },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(", ")}. The stages: ${STAGES.map(({ name }) => name).join(", ")}.`);
  process.exit(64);
}
const needed = new Set(STAGES.filter(({ name }) => wanted.includes(name)).flatMap(({ name, needs = [] }) => [name, ...needs]));
const chosen = STAGES.filter(({ name }) => wanted.length === 0 || needed.has(name));

let stopAt = 0;
const results = [];
for (const stage of chosen) {
  const missing = results.find((result) => result.failed > 0 && stage.needs?.includes(result.name));
  if (missing) {
    console.log(`\n== ${stage.name}: not run, because ${missing.name} failed`);
    continue;
  }
  console.log(`\n== ${stage.name}`);
  const began = Date.now();
  stopAt = began + stage.limit;
  const { passed, failed } = await stage.run().catch((error) => {
    console.log(error.stack ?? String(error));
    return { passed: 0, failed: 1 };
  });
  results.push({ name: stage.name, passed, failed, seconds: Math.round((Date.now() - began) / 1000) });
}

console.log("\n== sum");
for (const { name, passed, failed, seconds } of results) {
  console.log(`${failed === 0 ? "ok    " : "FAILED"} ${name.padEnd(12)} passed: ${passed}, failed: ${failed} (${seconds} s)`);
}
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Commands that check and count nothing: a failing one counts as one failure, and ends the stage. */
async function runCheck(...commands) {
  for (const command of commands) if ((await run(command)).status !== 0) return { passed: 0, failed: 1 };
  return { passed: 0, failed: 0 };
}

/** A script whose last line is "N passed, N failed". One that dies before, or runs no test, has failed. */
async function runSummed(command) {
  const { status, output } = await run(command);
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  const sum = /^(\d+) passed, (\d+) failed$/.exec(last);
  if (sum === null) return { passed: 0, failed: 1 };
  const counted = { passed: Number(sum[1]), failed: Number(sum[2]) };
  if (counted.failed === 0 && (status !== 0 || counted.passed === 0)) return { ...counted, failed: 1 };
  return counted;
}

async function runVitest(options) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "smb-lens-vitest-"));
  try {
    const report = path.join(folder, "report.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const { status } = await run([tool("vitest", "vitest.mjs"), "run", ...options, ...reporters]);
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, "utf8"));
    const notRun = numPendingTests + numTodoTests;
    if (notRun > 0) console.log(`${notRun} tests were skipped or are still to be written: that fails the run.`);
    const counted = { passed: numPassedTests, failed: numFailedTests + notRun };
    // A file that does not load, or an error outside every test, fails the run without failing a test.
    if (counted.failed === 0 && (status !== 0 || counted.passed === 0)) return { ...counted, failed: 1 };
    return counted;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runLab() {
  if (existsSync(path.resolve(ROOT, "../shared/captures/lab/manifest.json"))) return runSummed([path.join(ROOT, "test/lab/run.mjs")]);
  console.log("../shared/captures is not there: the laboratory captures are not run. The copies in test/captures have been.");
  return { passed: 0, failed: 0 };
}

/** Runs a Node script with its output shown and kept; ends it, and all that it started, when the stage's time is over. */
function run([script, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      // A process group of its own, so that all of it can be ended.
      detached: process.platform !== "win32",
    });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
      process.stdout.write(data);
    });
    child.stderr.on("data", (data) => process.stderr.write(data));
    const end = () => endAll(child);
    const limit = setTimeout(() => {
      console.log(`\nNot done in the time that this stage has: ended.`);
      end();
    }, stopAt - Date.now());
    const interrupted = () => {
      end();
      process.exit(1);
    };
    process.on("SIGINT", interrupted).on("SIGTERM", interrupted);
    child.once("close", (status) => {
      clearTimeout(limit);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      resolve({ status: status ?? 1, output });
    });
  });
}

function endAll(child) {
  try {
    if (process.platform === "win32") return child.kill();
    process.kill(-child.pid, "SIGTERM");
    setTimeout(() => endAtOnce(child), 10_000).unref();
  } catch {
    // It has ended by itself.
  }
}

function endAtOnce(child) {
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The first signal was enough.
  }
}
