import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";

/** The command-line program, bundled into a folder of its own. */
export interface CliProgram {
  readonly folder: string;
  /** The file to run with Node. */
  readonly program: string;
  remove(): void;
}

const SOURCES = join(import.meta.dirname, "../../src/cli");
const FIELDS = "cliFields.mjs";

/** In two files, as it is delivered: what one throws must be known in the other. */
export async function buildCliProgram(): Promise<CliProgram> {
  const folder = mkdtempSync(join(tmpdir(), "smb-lens-cli-"));
  const program = join(folder, "cli.mjs");
  const options = { bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "error" } as const;
  const fieldsApart: Plugin = {
    name: "fields-apart",
    setup: ({ onResolve }) => onResolve({ filter: /\/fieldCommands\.ts$/ }, () => ({ path: `./${FIELDS}`, external: true })),
  };
  await build({ ...options, entryPoints: [join(SOURCES, "main.ts")], outfile: program, plugins: [fieldsApart] });
  await build({ ...options, entryPoints: [join(SOURCES, "fieldCommands.ts")], outfile: join(folder, FIELDS) });
  return { folder, program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
