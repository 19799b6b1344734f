// What a real VS Code needs beyond npm: a Chromium to show it, a compiler for two small native modules, a font for Japanese.
// On Debian and Ubuntu as root the missing packages are installed; elsewhere the command is named and the run fails.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";

const CHROMIUM_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The browser to drive: CHROMIUM, else the first of the usual places that exists, else undefined. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM names ${named}, and there is no such file.`);
    return named;
  }
  return CHROMIUM_PLACES.find((place) => existsSync(place));
}

/** What is missing to compile the server's native modules, as Debian package names. */
export function missingForLayOut() {
  return [
    ["python3", "python3"],
    ["make", "make"],
    ["g++", "g++"],
  ]
    .filter(([program]) => !onPath(program))
    .map(([, name]) => name);
}

/** Sees to it that the server can be laid out. Throws with the command to give where it may not install anything itself. */
export const installBuildPackages = (log = console.log) => install(missingForLayOut(), log);

/** Sees to it that a real VS Code can be laid out and shown, in Japanese too. Throws as installBuildPackages does. */
export function installSystemPackages(log = console.log) {
  const missing = missingForLayOut();
  if (findChromium() === undefined) missing.push("chromium");
  if (process.platform === "linux" && !hasJapaneseFont()) missing.push("fontconfig", "fonts-noto-cjk");
  install(missing, log);
}

function install(missing, log) {
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (!onPath("apt-get"))
    throw new Error(`Missing: ${missing.join(", ")} (Debian's names). Install them with your system's package manager and run this again.`);
  if (process.getuid?.() !== 0) throw new Error(`Missing: ${missing.join(", ")}. Install them and run this again: sudo ${command}`);
  log(`Installing ${missing.join(", ")} ...`);
  apt(["update"]);
  apt(["install", "-y", "--no-install-recommends", ...missing]);
}

function apt(args) {
  // Another apt may hold the lock for a while; without the option apt-get fails at once.
  const result = spawnSync("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=300", ...args], {
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 64 << 20,
  });
  if (result.status !== 0) throw new Error(`apt-get ${args.join(" ")} failed:\n${result.error ?? ""}${result.stdout}${result.stderr}`);
}

function hasJapaneseFont() {
  const list = spawnSync("fc-list", [":lang=ja", "family"], { encoding: "utf8" });
  return list.status === 0 && list.stdout.trim() !== "";
}

function onPath(program) {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
