import type { Reading } from "./field.ts";

/**
 * Path of a child: `Capabilities`, `Dialects[1]`, `NegotiateContextList[0].Salt`. The fields of a grouped or inlined structure are named
 * as if they stood beside it.
 * @param path Path of the parent.
 * @param prefix Path of the structure that the parent is a field of.
 */
export function fieldPath(
  parent: Reading,
  child: Reading,
  path: string,
  prefix: string,
): { readonly path: string; readonly prefix: string } {
  const base = parent.nesting === undefined ? path : prefix;
  if (child.name.startsWith("[")) return { path: base + child.name, prefix: base };
  return { path: base === "" ? child.name : `${base}.${child.name}`, prefix: base };
}
