// A desktop VS Code: one that is installed, or one that @vscode/test-electron downloads.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Where a download is kept: git ignores the folder. */
export const DOWNLOADS = path.join(ROOT, "build/desktop-vscode");

/** False on a Linux without a screen, where no desktop VS Code can show itself. */
export const hasScreen = process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/**
 * The program file of an installed VS Code that is new enough for package.json, or undefined. VSCODE_EXECUTABLE comes first, then `code`
 * on the PATH, then the usual places. Not the `code` script: that one returns at once and leaves a window behind.
 */
export function findInstalledVsCode(log = console.log) {
  const named = process.env.VSCODE_EXECUTABLE;
  if (named) {
    if (!existsSync(named)) throw new Error(`VSCODE_EXECUTABLE names ${named}, and there is no such file.`);
    return named;
  }
  for (const program of [...programsOnPath(), ...usualPlaces()]) {
    if (!existsSync(program)) continue;
    const version = versionOf(program);
    if (version === undefined || isNewEnough(version)) return program;
    log(`${program} is VS Code ${version}; SMB Lens needs ${oldestVersion().join(".")} or later.`);
  }
  return undefined;
}

/** Downloads VS Code, or takes the one downloaded before; its program file. Rejects where it cannot be had. */
export const downloadVsCode = (version = "stable") => downloadAndUnzipVSCode({ version, cachePath: DOWNLOADS });

function programsOnPath() {
  const script = process.platform === "win32" ? "code.cmd" : "code";
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, script))
    .filter((file) => existsSync(file))
    .map((file) => programOfScript(realpathSync(file)));
}

// The script lies in bin/ of the installation. A script of another kind (a remote server's, Windows' inside WSL) leads to no file here.
function programOfScript(script) {
  if (process.platform === "darwin") return path.resolve(script, "../../../../MacOS/Electron");
  return path.resolve(script, "../..", process.platform === "win32" ? "Code.exe" : "code");
}

function usualPlaces() {
  if (process.platform === "darwin") {
    const app = "Applications/Visual Studio Code.app/Contents/MacOS/Electron";
    return [path.join("/", app), path.join(process.env.HOME ?? "/", app)];
  }
  if (process.platform === "win32") {
    return [process.env.LOCALAPPDATA && path.join(process.env.LOCALAPPDATA, "Programs"), process.env.ProgramFiles]
      .filter(Boolean)
      .map((folder) => path.join(folder, "Microsoft VS Code", "Code.exe"));
  }
  return ["/usr/share/code/code", "/opt/visual-studio-code/code", "/snap/code/current/usr/share/code/code"];
}

/** The version of an installation, or undefined where it does not say. */
function versionOf(program) {
  const resources = process.platform === "darwin" ? "../../Resources/app" : "../resources/app";
  const manifest = path.resolve(program, resources, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined;
}

function oldestVersion() {
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
  return engines.vscode.replace("^", "").split(".").map(Number);
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestVersion();
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
