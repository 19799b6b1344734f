import type { FieldKey } from "../spec/fieldTexts.ts";

/** One bit, or a field of several bits, of a flags value. */
export interface Flag {
  /** Name as the specification spells it, e.g. `SMB2_GLOBAL_CAP_DFS`. */
  readonly name: string;
  /** The name without the set's prefix: `DFS`. */
  readonly short: string;
  readonly mask: number;
  /** The masked value that stands for this name, where several names share a field of bits; otherwise any bit of the mask does. */
  readonly value?: number;
  /** Key of the text that explains it. */
  readonly text?: FieldKey;
}

/** Short form of a flag's declaration: the mask, or the mask with what else there is to say. */
export type FlagDeclaration =
  | number
  | readonly [mask: number, text: FieldKey]
  | { readonly mask: number; readonly value: number; readonly text?: FieldKey };

/** The bits of one field of the specification. */
export interface FlagSet<Short extends string = string> {
  readonly prefix: string;
  readonly list: readonly Flag[];
  /** Masks by short name, for code that tests a bit. */
  readonly mask: Readonly<Record<Short, number>>;
}

/** Declares a flag set by short names. */
export function flagSet<Short extends string>(prefix: string, bits: Readonly<Record<Short, FlagDeclaration>>): FlagSet<Short> {
  const entries = Object.entries(bits) as [Short, FlagDeclaration][];
  const list = entries.map(([short, bit]) => toFlag(prefix, short, bit));
  const mask = Object.fromEntries(list.map((flag) => [flag.short, flag.mask])) as Record<Short, number>;
  return { prefix, list, mask };
}

/** Short names of the flags that are set in `value`, in the order of their declaration; bits without a name as one hex number. */
export function flagNames(set: FlagSet, value: number): readonly string[] {
  const names = set.list.filter((flag) => isSet(flag, value)).map((flag) => flag.short);
  const unknown = unknownBits(set, value);
  return unknown === 0 ? names : [...names, `0x${unknown.toString(16)}`];
}

/** The bits of `value` that have no name. */
export function unknownBits(set: FlagSet, value: number): number {
  let known = 0;
  for (const flag of set.list) known |= flag.mask;
  return (value & ~known) >>> 0;
}

/** Whether a value has the flag. */
export function isSet(flag: Flag, value: number): boolean {
  const masked = (value & flag.mask) >>> 0;
  return flag.value === undefined ? masked !== 0 : masked === flag.value;
}

function toFlag(prefix: string, short: string, bit: FlagDeclaration): Flag {
  const name = prefix + short;
  if (typeof bit === "number") return { name, short, mask: bit };
  if (!("mask" in bit)) return { name, short, mask: bit[0], text: bit[1] };
  return { name, short, ...bit };
}
