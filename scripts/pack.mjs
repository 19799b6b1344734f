// Packs what lies in dist/ into dist/smb-lens.vsix. `npm run package` builds first.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = path.resolve(import.meta.dirname, "..");
const VSIX = path.join(ROOT, "dist/smb-lens.vsix");

/** Packs the extension; the path of the .vsix and what vsce said. Throws with what vsce said where it fails. */
export function packExtension() {
  const vsce = path.join(ROOT, "node_modules/@vscode/vsce/vsce");
  const args = [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", VSIX];
  // On a terminal vsce would ask about what it finds missing.
  const result = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const said = `${result.stdout ?? ""}${result.stderr ?? ""}`;
  if (result.status !== 0) throw new Error(`The extension could not be packed:\n${result.error ?? ""}${said}`);
  return { vsix: VSIX, said };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(packExtension().said);
