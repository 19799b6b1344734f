// Runs a script in the extension host of a real VS Code in which the extension of this project is under development.
// VSCODE_TEST_HOST=server: VS Code's own server (this folder) with a headless Chromium. The default on Linux x64.
// VSCODE_TEST_HOST=desktop: a desktop VS Code, VSCODE_EXECUTABLE or the one that @vscode/test-electron downloads. The default elsewhere.
// VSCODE_TEST_VERSION chooses what is downloaded ("stable" without; "1.100.0" is the oldest that package.json admits).
import path from "node:path";
import { format } from "node:util";
import { launchBrowser } from "./browser.mjs";
import { canLayOut, layOut } from "./layOut.mjs";
import { remoteUri, startServer, workbenchUrl } from "./server.mjs";
import { installSystemPackages } from "./systemPackages.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");

/**
 * Throws where the script fails or takes longer than `limit` milliseconds. VS Code may end well although its extension host died: the
 * script must leave a sign of its end.
 *
 * - `script`: a CommonJS file whose `run` VS Code calls in the extension host
 * - `workspace`: the folder that is open; `scratch`: one for profiles
 * - `env`: variables for the script
 * - `heard`: takes each line that VS Code writes
 */
export async function runInExtensionHost(options) {
  const host = process.env.VSCODE_TEST_HOST ?? (canLayOut ? "server" : "desktop");
  if (host === "desktop") return runOnDesktop(options);
  if (host === "server") return runOnServer(options);
  throw new Error(`VSCODE_TEST_HOST is "${host}"; it must be server or desktop.`);
}

async function runOnServer({ script, workspace, env, limit, heard }) {
  installSystemPackages();
  layOut();
  const server = await startServer({ driver: true, env });
  const browser = await launchBrowser();
  try {
    const { page } = browser;
    const exit = deferred();
    // VS Code's own test runner for the web looks for these two in the window.
    await page.exposeFunction("codeAutomationLog", (kind, args) => heard(`${kind}: ${format(...args)}`));
    await page.exposeFunction("codeAutomationExit", (code) => exit.resolve(code));
    page.on("crash", () => exit.reject(new Error("the browser's page crashed")));
    const timer = setTimeout(() => exit.reject(new Error(`not done after ${limit / 1000} seconds`)), limit);
    const payload = [
      ["extensionDevelopmentPath", remoteUri(server, ROOT)],
      ["extensionTestsPath", remoteUri(server, script)],
      ["skipWelcome", "true"],
    ];
    // The window's own limit of 30 seconds is short for a busy machine.
    await page.goto(workbenchUrl(server, { folder: workspace, payload }), { waitUntil: "commit", timeout: limit });
    const code = await exit.promise.finally(() => clearTimeout(timer));
    if (code !== 0) throw new Error(`the extension host ended with exit code ${code}`);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function runOnDesktop({ script, workspace, scratch, env }) {
  const { runTests } = await import("@vscode/test-electron");
  const { downloadVsCode, hasScreen } = await import("./desktop.mjs");
  if (!hasScreen) throw new Error("A desktop VS Code needs a screen. Where there is none: xvfb-run -a npm run test:integration");
  await runTests({
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? (await downloadVsCode(process.env.VSCODE_TEST_VERSION)),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: script,
    extensionTestsEnv: env,
    launchArgs: [
      workspace,
      ...["--disable-extensions", "--disable-workspace-trust"],
      ...["--user-data-dir", path.join(scratch, "user"), "--extensions-dir", path.join(scratch, "extensions")],
    ],
  });
}

function deferred() {
  const settle = {};
  const promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
}
