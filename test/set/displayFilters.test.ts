import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Every `filter: "..."` of the declarations; the prefixes of the pairs of NTLMSSP are put in. */
function declaredFilters(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const folder of ["smb2", "security"]) {
    const root = fileURLToPath(new URL(`../../src/core/${folder}/`, import.meta.url));
    for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue;
      const text = readFileSync(root + name, "utf8");
      for (const [, filter = ""] of text.matchAll(/filter: "([^"]+)"/g)) found.add(filter);
      for (const [, end = ""] of text.matchAll(/filter: `\$\{prefix\}\.([\w.]+)`/g))
        for (const prefix of ["ntlmssp.challenge.target_info", "ntlmssp.ntlmv2_response"]) found.add(`${prefix}.${end}`);
    }
  }
  return found;
}

/** Display filter fields, or undefined where tshark is not installed. */
function tsharkFields(): ReadonlySet<string> | undefined {
  try {
    const text = execFileSync("tshark", ["-G", "fields"], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    return new Set(text.split("\n").map((line) => line.split("\t")[2] ?? ""));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** In Wireshark since 4.2; the tshark of a stable distribution may be older. */
const NEWER = /^smb2\.(compression|rdma|negotiate_context)/;

test("every display filter is one of Wireshark, where tshark is installed", { timeout: 60_000 }, () => {
  const declared = declaredFilters();
  expect(declared.size).toBeGreaterThan(400);
  const known = tsharkFields();
  if (known === undefined) return;
  expect([...declared].filter((filter) => !known.has(filter) && !NEWER.test(filter)).sort()).toEqual([]);
});
