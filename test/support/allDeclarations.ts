import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Struct } from "../../src/core/struct/struct.ts";

const core = new URL("../../src/core/", import.meta.url);

/** A declaration that a file exports, and under which name. */
export interface Declaration {
  readonly file: string;
  readonly name: string;
  readonly struct: Struct;
}

/** Every struct() that a file of these folders of src/core exports; folders below count where `deep`. */
export async function exportedDeclarations(folders: readonly string[], deep: boolean): Promise<readonly Declaration[]> {
  const files = folders.flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(`${folder}/`, core)), { recursive: deep, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  );
  const found: Declaration[] = [];
  for (const file of files.filter((name) => name.endsWith(".ts")).sort()) {
    const exported = (await import(new URL(file, core).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) if (isStruct(value)) found.push({ file, name, struct: value });
  }
  return found;
}

function isStruct(value: unknown): value is Struct {
  return typeof value === "object" && value !== null && ["name", "section", "size", "at", "fields", "parts"].every((key) => key in value);
}
