// VS Code's own server on 127.0.0.1, with a profile of its own that goes when it stops.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { SERVER_CLI, SERVER_MAIN, SERVER_NODE } from "./layOut.mjs";

const QUIET_SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "telemetry.telemetryLevel": "off",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "git.openRepositoryInParentFolders": "never",
};

/**
 * Starts the server and waits until it answers.
 *
 * - `driver`: needed for a payload that names an extension under development or its tests (VS Code ignores both in a built product
 *   without it). It also switches notification toasts and modal dialogs off, so the tests of the packed extension run without it.
 * - `settings`: user settings of the profile, over quiet defaults.
 * - `language`: display language, "en" or "ja".
 * - `vsix`: a packed extension to install first; `unpacked`: the folder of one more, installed with it.
 * - `port`: the port to listen on; 0 takes a free one.
 *
 * The result's `stop()` ends the server's whole process group and removes the profile. Throws with the server's log where it does not start.
 */
export async function startServer({ driver = false, settings = {}, language = "en", vsix, unpacked, env = {}, port = 0 } = {}) {
  const profile = mkdtempSync(path.join(os.tmpdir(), "smb-lens-vscode-"));
  const userData = path.join(profile, "user");
  const extensions = path.join(profile, "extensions");
  const logFile = path.join(profile, "server.log");
  mkdirSync(path.join(userData, "User"), { recursive: true });
  mkdirSync(extensions);
  writeFileSync(path.join(userData, "User/settings.json"), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  const environment = serverEnvironment(profile, env);
  // The installation of the .vsix registers what it finds in the folder.
  if (unpacked !== undefined) cpSync(unpacked, path.join(extensions, path.basename(unpacked)), { recursive: true });
  if (vsix !== undefined) installVsix({ vsix, profile, userData, extensions, environment });
  if (language !== "en") declareLanguage(userData, language);

  const listenOn = port === 0 ? await freePort() : port;
  const log = openSync(logFile, "w");
  const child = spawn(
    SERVER_NODE,
    [
      SERVER_MAIN,
      ...["--host", "127.0.0.1", "--port", String(listenOn), "--without-connection-token", "--accept-server-license-terms"],
      ...["--disable-telemetry", "--disable-experiments", "--disable-workspace-trust"],
      ...["--user-data-dir", userData, "--extensions-dir", extensions, "--server-data-dir", path.join(profile, "server")],
      ...["--locale", language],
      ...(driver ? ["--enable-smoke-test-driver"] : []),
    ],
    { stdio: ["ignore", log, log], detached: true, env: environment },
  );
  closeSync(log);
  // The server leads a process group of its own, so it would outlive a runner that dies.
  const killGroup = (signal = "SIGKILL") => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  };
  const atExit = () => {
    killGroup();
    rmSync(profile, { recursive: true, force: true });
  };
  process.once("exit", atExit);
  // A signal ends a process without its "exit" event; a caller that wants to end in its own way has listened before.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(1));

  const server = {
    port: listenOn,
    origin: `http://127.0.0.1:${listenOn}`,
    userData,
    log: () => readFileSync(logFile, "utf8"),
    /** Resolves when the server has ended, whoever ended it. */
    ended: new Promise((resolve) => child.once("exit", resolve)),
    async stop() {
      killGroup("SIGTERM");
      await Promise.race([server.ended, delay(5000)]);
      killGroup();
      process.removeListener("exit", atExit);
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
  await answering(server, child);
  return server;
}

/** The address that opens a folder of this machine; `payload`: pairs for VS Code's own workbench payload. */
export function workbenchUrl(server, { folder, payload = [] }) {
  const url = new URL(server.origin);
  url.searchParams.set("folder", folder);
  if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}

/** A file of this machine as the workbench in the browser names it. */
export const remoteUri = (server, file) => `vscode-remote://127.0.0.1:${server.port}${encodeURI(path.resolve(file))}`;

/** True where nothing listens on the port of 127.0.0.1 now. */
export function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// A VS Code that runs this script from its own terminal would hand its variables down; an empty gallery stops look-ups on the network.
function serverEnvironment(home, extra) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER|PASSWORD$|HASHED_PASSWORD$|PORT$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...extra, HOME: home, XDG_RUNTIME_DIR: home, EXTENSIONS_GALLERY: "{}" };
}

function installVsix({ vsix, profile, userData, extensions, environment }) {
  // Without a file of its own it would write its configuration to the user's home.
  const config = path.join(profile, "config.yaml");
  writeFileSync(config, "");
  const args = [SERVER_CLI, "--config", config, "--user-data-dir", userData, "--extensions-dir", extensions];
  const result = spawnSync(SERVER_NODE, [...args, "--install-extension", vsix, "--force"], { encoding: "utf8", env: environment });
  if (result.status !== 0) throw new Error(`${vsix} could not be installed:\n${result.error ?? ""}${result.stdout}${result.stderr}`);
}

// VS Code takes a display language only where a language pack for it is installed, and those are not on npm. A pack that translates none
// of the workbench's own texts is enough: vscode.env.language, package.nls.ja.json and the l10n bundle of an extension then follow it.
function declareLanguage(userData, language) {
  const translations = path.join(userData, `${language}.i18n.json`);
  writeFileSync(translations, JSON.stringify({ version: "1.0.0", contents: {} }));
  // VS Code asks for the first extension of a pack; without one it leaves every extension of the server out.
  const extensions = [{ extensionIdentifier: { id: `smb-lens.language-${language}` }, version: "1.0.0" }];
  const packs = { [language]: { hash: `empty-${language}`, label: language, extensions, translations: { vscode: translations } } };
  writeFileSync(path.join(userData, "languagepacks.json"), JSON.stringify(packs));
}

async function answering(server, child) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${server.origin}/version`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
  const log = server.log();
  await server.stop();
  throw new Error(`VS Code's server did not start:\n${log}`);
}

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
