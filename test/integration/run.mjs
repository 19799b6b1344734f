// Runs test/integration in the extension host of a real VS Code and says "N passed, N failed" in its last line.
// VSCODE_TEST_HOST=server: VS Code's own server (test/vscode) with a headless Chromium. The default on Linux x64.
// VSCODE_TEST_HOST=desktop: a desktop VS Code, VSCODE_EXECUTABLE or the one that @vscode/test-electron downloads. The default elsewhere.
// VSCODE_TEST_VERSION chooses what is downloaded ("stable" without; "1.100.0" is the oldest that package.json admits).
// SMB_LENS_GREP=text runs only the tests whose title holds the text.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { format } from "node:util";
import { launchBrowser } from "../vscode/browser.mjs";
import { canLayOut, layOut } from "../vscode/layOut.mjs";
import { remoteUri, startServer, workbenchUrl } from "../vscode/server.mjs";
import { installSystemPackages } from "../vscode/systemPackages.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const TESTS = path.join(import.meta.dirname, "index.cjs");
const TIME_LIMIT = 5 * 60_000;

/** What the workspace holds: name -> folder of test/captures. */
const WORKSPACE = {
  "tampered.pcap": "tn_302_resp_caps_clear_dfs.client",
  "server-side.pcap": "tn_302_resp_caps_clear_dfs.server",
};

const host = process.env.VSCODE_TEST_HOST ?? (canLayOut ? "server" : "desktop");
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
  if (host === "desktop") await runOnDesktop();
  else if (host === "server") await runOnServer();
  else throw new Error(`VSCODE_TEST_HOST is "${host}"; it must be server or desktop.`);
} catch (error) {
  trouble = error;
}
report();

async function runOnServer() {
  installSystemPackages();
  layOut();
  const server = await startServer({ driver: true, env: { SMB_LENS_TEST_RESULTS: results } });
  const browser = await launchBrowser();
  try {
    const { page } = browser;
    const exit = deferred();
    // VS Code's own test runner for the web looks for these two in the window.
    await page.exposeFunction("codeAutomationLog", (kind, args) => hostLog.push(`${kind}: ${format(...args)}`));
    await page.exposeFunction("codeAutomationExit", (code) => exit.resolve(code));
    page.on("crash", () => exit.reject(new Error("the browser's page crashed")));
    const limit = setTimeout(() => exit.reject(new Error(`not done after ${TIME_LIMIT / 1000} seconds`)), TIME_LIMIT);
    const payload = [
      ["extensionDevelopmentPath", remoteUri(server, ROOT)],
      ["extensionTestsPath", remoteUri(server, TESTS)],
      ["skipWelcome", "true"],
    ];
    await page.goto(workbenchUrl(server, { folder: workspace, payload }));
    const code = await exit.promise.finally(() => clearTimeout(limit));
    if (code !== 0) throw new Error(`the extension host ended with exit code ${code}`);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function runOnDesktop() {
  const { runTests } = await import("@vscode/test-electron");
  const { downloadVsCode, hasScreen } = await import("../vscode/desktop.mjs");
  if (!hasScreen) throw new Error("A desktop VS Code needs a screen. Where there is none: xvfb-run -a npm run test:integration");
  await runTests({
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? (await downloadVsCode(process.env.VSCODE_TEST_VERSION)),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: TESTS,
    extensionTestsEnv: { SMB_LENS_TEST_RESULTS: results },
    launchArgs: [
      workspace,
      ...["--disable-extensions", "--disable-workspace-trust"],
      ...["--user-data-dir", path.join(scratch, "user"), "--extensions-dir", path.join(scratch, "extensions")],
    ],
  });
}

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

function deferred() {
  const settle = {};
  const promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
}
