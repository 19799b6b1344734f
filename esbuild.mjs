// Bundles what is delivered into dist/. `--watch` builds again on every change, readable and with no minifying.
// dist/meta.json tells which sources each bundle is made of; a test reads it to see that no bundle holds what it must not.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as esbuild from "esbuild";

const watch = process.argv.includes("--watch");

const common = {
  bundle: true,
  metafile: true,
  minify: !watch,
  // Beside the bundles, for reading a stack trace; not delivered, so no bundle points at them.
  sourcemap: watch ? "linked" : "external",
  legalComments: "linked",
  logLevel: "warning",
  absWorkingDir: import.meta.dirname,
};
// The Node of the oldest VS Code that package.json admits.
const node = { ...common, platform: "node", target: "node20", mainFields: ["module", "main"] };

// What few captures want is a file of its own, read when it is asked for: the declarations of all messages, twice the size of the rest, the
// pages of the rules, libzstd. A program that is a tenth larger takes some milliseconds longer to start.
const setApart = {
  name: "set-apart",
  setup(build) {
    build.onResolve({ filter: /\/fieldCommands\.ts$/ }, () => ({ path: "./cliFields.cjs", external: true }));
    build.onResolve({ filter: /\/readOtherViews\.ts$/ }, () => ({ path: "./cliOtherViews.cjs", external: true }));
    build.onResolve({ filter: /\/rulesCommand\.ts$/ }, () => ({ path: "./cliRules.cjs", external: true }));
    build.onResolve({ filter: /\/unzstd\.ts$/ }, () => ({ path: "./cliUnzstd.cjs", external: true }));
  },
};

const bundles = [
  { ...node, entryPoints: ["src/extension/extension.ts"], outfile: "dist/extension.cjs", format: "cjs", external: ["vscode"] },
  { ...node, entryPoints: ["src/host/worker.node.ts"], outfile: "dist/worker.cjs", format: "cjs" },
  { ...node, entryPoints: ["src/cli/start.ts"], outfile: "dist/cli.js", format: "cjs", banner: { js: "#!/usr/bin/env node" } },
  // A function expression, as src/cli/start.ts takes it.
  {
    ...node,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cliProgram.cjs",
    format: "cjs",
    plugins: [setApart],
    supported: { "dynamic-import": false },
    banner: { js: "(function (require, module, __filename, __dirname) {" },
    footer: { js: "})" },
  },
  { ...node, entryPoints: ["src/cli/fieldCommands.ts"], outfile: "dist/cliFields.cjs", format: "cjs" },
  { ...node, entryPoints: ["src/core/readOtherViews.ts"], outfile: "dist/cliOtherViews.cjs", format: "cjs" },
  { ...node, entryPoints: ["src/cli/rulesCommand.ts"], outfile: "dist/cliRules.cjs", format: "cjs" },
  { ...node, entryPoints: ["src/host/packed/unzstd.ts"], outfile: "dist/cliUnzstd.cjs", format: "cjs" },
  {
    ...common,
    entryPoints: ["webview/main.tsx"],
    outfile: "dist/webview.js",
    platform: "browser",
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
  },
].filter(({ entryPoints: [entry] }) => existsSync(entry));

mkdirSync("dist", { recursive: true });
// The command line is no module: Node starts a script a quarter faster.
writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');

if (watch) {
  for (const options of bundles) await (await esbuild.context(options)).watch();
  console.log("Watching; Ctrl+C stops it.");
} else {
  // esbuild has told what is wrong by then.
  const results = await Promise.all(bundles.map((options) => esbuild.build(options))).catch(() => process.exit(1));
  const meta = { inputs: {}, outputs: {} };
  for (const { metafile } of results) {
    Object.assign(meta.inputs, metafile.inputs);
    Object.assign(meta.outputs, metafile.outputs);
  }
  writeFileSync("dist/meta.json", JSON.stringify(meta));
  if (existsSync("dist/cli.js")) keepCompiled();
}

/** Lets the program read a small capture with a finding (exit code 1) once and keep what was compiled for it. */
function keepCompiled() {
  chmodSync("dist/cli.js", 0o755);
  rmSync("dist/cliProgram.compiled", { force: true });
  spawnSync(process.execPath, ["dist/cli.js", "analyze", "test/captures/tn_302_resp_caps_clear_dfs.client/capture.pcap"], {
    env: { ...process.env, SMB_LENS_KEEP_COMPILED: "1" },
    stdio: "ignore",
  });
}
