// The captures that are measured: generated, turned into other forms, and kept for the next run.
import { spawnSync } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { createGzip } from "node:zlib";
import * as esbuild from "esbuild";

export const FOLDER = process.env.BENCH_FOLDER ?? path.join(os.tmpdir(), "smb-lens-bench");

const ROOT = path.resolve(import.meta.dirname, "../..");
const GIGABYTE = 1e9;
const SHAPES = {
  A: { profile: "bulk", seed: 1, size: GIGABYTE },
  B: { profile: "connections", seed: 2, connections: 75_000 },
  C: { profile: "filler", seed: 3, size: GIGABYTE },
  D: { profile: "bulk", seed: 11, size: 4 * GIGABYTE },
  E: { profile: "connections", seed: 12, connections: 300_000 },
};

let generator;

/** Bundles one of our TypeScript programs, since Node 20 runs none; gives its path. */
export async function bundle(name) {
  mkdirSync(FOLDER, { recursive: true });
  const outfile = path.join(FOLDER, `${name}.mjs`);
  const entry = path.join(import.meta.dirname, `${name}.ts`);
  await esbuild.build({ entryPoints: [entry], outfile, bundle: true, minify: true, platform: "node", format: "esm", logLevel: "warning" });
  return outfile;
}

/** A program that starts as the command line does: from its compiled form, with what few captures want set apart. */
export async function startedProgram(name, sample) {
  const folder = path.join(FOLDER, name);
  const common = { bundle: true, minify: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" };
  const start = path.join(import.meta.dirname, "../../src/cli/start.ts");
  await esbuild.build({ ...common, entryPoints: [start], outfile: path.join(folder, "cli.js") });
  await esbuild.build({
    ...common,
    entryPoints: [path.join(import.meta.dirname, `${name}.ts`)],
    outfile: path.join(folder, "cliProgram.cjs"),
    supported: { "dynamic-import": false },
    plugins: [
      {
        name: "set-apart",
        setup: (build) => build.onResolve({ filter: /\/readOtherViews\.ts$/ }, ({ path: file }) => ({ path: file, external: true })),
      },
    ],
    banner: { js: "(function (require, module, __filename, __dirname) {" },
    footer: { js: "})" },
  });
  writeFileSync(path.join(folder, "package.json"), '{ "type": "commonjs" }\n');
  rmSync(path.join(folder, "cliProgram.compiled"), { force: true });
  spawnSync(process.execPath, [path.join(folder, "cli.js"), sample], { env: { ...process.env, SMB_LENS_KEEP_COMPILED: "1" } });
  return path.join(folder, "cli.js");
}

/** `A`, `A.ng`, `A.gz`, `A.zst`: the file and what it holds; null where the tool that makes it is not installed. */
export async function input(name) {
  const [shape, form] = name.split(".");
  if (!(shape in SHAPES)) throw new Error(`There is no capture ${name}.`);
  const made = await generated(shape, form === "ng");
  if (form === undefined || form === "ng") return made;
  const file = `${made.file}.${form}`;
  if (!existsSync(file) && !(await pack(made.file, file, form))) return null;
  return { ...made, file };
}

async function generated(shape, pcapng) {
  const options = { size: 0, connections: 0, ...SHAPES[shape], pcapng };
  generator ??= await import(pathToFileURL(await bundle("generateCapture")).href);
  const name = [options.profile, options.size / 1e6, options.connections, options.seed, `v${generator.GENERATOR_VERSION}`].join("-");
  const file = path.join(FOLDER, `${name}.${pcapng ? "pcapng" : "pcap"}`);
  const truthFile = `${file}.json`;
  if (!existsSync(truthFile)) {
    console.error(`Making ${file} ...`);
    writeFileSync(truthFile, JSON.stringify(generator.generateCapture(file, options)));
  }
  return { file, truth: JSON.parse(readFileSync(truthFile, "utf8")) };
}

/** False where the tool is missing. A file that is not finished has another name. */
async function pack(from, to, form) {
  console.error(`Making ${to} ...`);
  const unfinished = `${to}.part`;
  if (form === "gz") await pipeline(createReadStream(from), createGzip({ level: 1 }), createWriteStream(unfinished));
  else if (spawnSync("zstd", ["-q", "-f", "-3", from, "-o", unfinished]).status !== 0) return false;
  renameSync(unfinished, to);
  return true;
}

export const CLI = path.join(ROOT, "dist/cli.js");
