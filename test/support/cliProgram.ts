import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** The command-line program, bundled into a folder of its own. */
export interface CliProgram {
  readonly folder: string;
  /** The file to run with Node. */
  readonly program: string;
  remove(): void;
}

export async function buildCliProgram(): Promise<CliProgram> {
  const folder = mkdtempSync(join(tmpdir(), "smb-lens-cli-"));
  const program = join(folder, "cli.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "../../src/cli/main.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  return { folder, program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
