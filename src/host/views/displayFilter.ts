import { type FieldNode, findField } from "../../core/index.ts";

const NUMBER = /^(0x[0-9a-f]+|\d+)$/i;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Wireshark's display filter for the value of a field: `smb2.capabilities == 0x0000004f`. Where its value has no form that both write
 * alike (times, texts), the field alone; empty where Wireshark has no such field.
 */
export function displayFilter({ filter, value, raw }: FieldNode): string {
  if (filter === undefined) return "";
  const isNumber = raw !== undefined && NUMBER.test(value);
  return isNumber || GUID.test(value) ? `${filter} == ${value}` : filter;
}

/** The filter for one flag of a field, set or not. */
export function flagFilter(field: FieldNode, mask: number, set: boolean): string {
  if (field.filter === undefined) return "";
  const bit = `${field.filter} & 0x${(mask >>> 0).toString(16)}`;
  return set ? bit : `!(${bit})`;
}

/** A row of the field tree: the field, and where the row is one of its flags, that flag. */
export interface FoundField {
  readonly node: FieldNode;
  readonly flag: FieldNode["flags"][number] | undefined;
}

/** Between the path of a field and the name of a flag of it. */
const FLAG_SEPARATOR = "/";

export function flagPath(path: string, name: string): string {
  return path + FLAG_SEPARATOR + name;
}

/** The row of that path; undefined where the message has none. */
export function findRow(root: FieldNode, path: string): FoundField | undefined {
  const at = path.indexOf(FLAG_SEPARATOR);
  const node = findField(root, at < 0 ? path : path.slice(0, at));
  if (node === undefined || at < 0) return node && { node, flag: undefined };
  const flag = node.flags.find(({ name }) => name === path.slice(at + 1));
  return flag && { node, flag };
}
