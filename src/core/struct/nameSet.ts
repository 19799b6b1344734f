import type { FieldKey } from "../spec/fieldTexts.ts";

/** One named value of a field. */
export interface NamedValue {
  /** Name as the specification spells it, e.g. `SMB2_ENCRYPTION_AES128_CCM`. */
  readonly name: string;
  /** The name without the set's prefix. */
  readonly short: string;
  readonly value: number;
  /** Key of the text that explains it. */
  readonly text?: FieldKey;
}

/** The named values of one field of the specification. Any other value keeps its number. */
export interface NameSet<Short extends string = string> {
  readonly prefix: string;
  readonly list: readonly NamedValue[];
  /** Values by short name, for code that compares. */
  readonly value: Readonly<Record<Short, number>>;
  find(value: number): NamedValue | undefined;
}

/** Declares a name set: short name -> value, or -> [value, text key]. */
export function nameSet<Short extends string>(
  prefix: string,
  values: Readonly<Record<Short, number | readonly [value: number, text: FieldKey]>>,
): NameSet<Short> {
  const entries = Object.entries(values) as [Short, number | readonly [number, FieldKey]][];
  const list = entries.map(([short, entry]) => toNamedValue(prefix, short, entry));
  const byValue = new Map(list.map((named) => [named.value, named]));
  const value = Object.fromEntries(list.map((named) => [named.short, named.value])) as Record<Short, number>;
  return { prefix, list, value, find: (wanted) => byValue.get(wanted) };
}

function toNamedValue(prefix: string, short: string, entry: number | readonly [number, FieldKey]): NamedValue {
  const name = prefix + short;
  return typeof entry === "number" ? { name, short, value: entry } : { name, short, value: entry[0], text: entry[1] };
}
