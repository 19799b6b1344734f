// What the comparisons with tshark have in common: their options, the captures beside this project, and our side as a bundle.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const HERE = import.meta.dirname;
const CAPTURES = path.resolve(HERE, "../../../shared/captures");
const args = process.argv.slice(2);

/** Takes `--name VALUE` out of the arguments; undefined where it is not there. To be called before `captureFiles`. */
export function option(name) {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}

/** Paths of the captures in the folders that remain as arguments, else of the laboratory and the public ones. */
export function captureFiles() {
  const only = option("--only");
  const folders = args.length > 0 ? args : [path.join(CAPTURES, "lab"), path.join(CAPTURES, "public")];
  return folders
    .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
    .filter((file) => /\.(pcap|pcapng|cap|ntar)$/.test(file) && (only === undefined || file.includes(only)));
}

/** The module of a TypeScript file in this folder. */
export async function loadOurs(name) {
  const scratch = mkdtempSync(path.join(tmpdir(), "smb-lens-differential-"));
  const outfile = path.join(scratch, "ours.mjs");
  await build({
    entryPoints: [path.join(HERE, name)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  const module = await import(pathToFileURL(outfile).href);
  rmSync(scratch, { recursive: true });
  return module;
}
