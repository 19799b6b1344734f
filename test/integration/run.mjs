// Runs test/integration in the extension host of a real VS Code and says "N passed, N failed" in its last line.
// test/vscode/extensionHost.mjs says how the VS Code is chosen.
// SMB_LENS_GREP=text runs only the tests whose title holds the text.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runInExtensionHost } from "../vscode/extensionHost.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const TESTS = path.join(import.meta.dirname, "index.cjs");
const TIME_LIMIT = 5 * 60_000;

/** What the workspace holds: name -> folder of test/captures. */
const WORKSPACE = {
  "tampered.pcap": "tn_302_resp_caps_clear_dfs.client",
  "server-side.pcap": "tn_302_resp_caps_clear_dfs.server",
};

const scratch = mkdtempSync(path.join(os.tmpdir(), "smb-lens-integration-"));
const workspace = path.join(scratch, "workspace");
const results = path.join(scratch, "results.ndjson");
writeFileSync(results, "");
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));

mkdirSync(workspace);
for (const [name, folder] of Object.entries(WORKSPACE)) {
  copyFileSync(path.join(ROOT, "test/captures", folder, `capture${path.extname(name)}`), path.join(workspace, name));
}

const hostLog = [];
let trouble;
try {
  await runInExtensionHost({
    script: TESTS,
    workspace,
    scratch,
    env: { SMB_LENS_TEST_RESULTS: results },
    limit: TIME_LIMIT,
    heard: (line) => hostLog.push(line),
  });
} catch (error) {
  trouble = error;
}
report();

function report() {
  const entries = readFileSync(results, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  for (const entry of entries) {
    if (entry.passed) console.log(`passed  ${entry.passed}`);
    if (entry.failed) console.log(`FAILED  ${entry.failed}\n${entry.why}\n`);
  }
  const passed = entries.filter((entry) => entry.passed).length;
  let failed = entries.filter((entry) => entry.failed).length;
  const reasons = [];
  if (!entries.some((entry) => entry.end)) reasons.push("the extension host ended before the last test did");
  if (passed + failed === 0) reasons.push("no test ran");
  if (trouble && failed === 0) reasons.push(trouble.stack ?? String(trouble));
  if (reasons.length > 0) failed += 1;
  if (failed > 0 && hostLog.length > 0) console.log(`What VS Code said last:\n${hostLog.slice(-40).join("\n")}`);
  for (const reason of reasons) console.log(`FAILED: ${reason}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
