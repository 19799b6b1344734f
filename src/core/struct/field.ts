import type { FieldKey } from "../spec/fieldTexts.ts";
import type { SectionId } from "../spec/sections.ts";
import type { FlagSet } from "./flagSet.ts";
import type { NameSet } from "./nameSet.ts";

/** What a declaration may add to a field. Everything is optional: a field says only what its kind does not. */
export interface FieldOptions<T = unknown> {
  /** Section that explains the field when it is not the structure's own. */
  readonly section?: SectionId;
  /** Key of the text that explains the field. */
  readonly text?: FieldKey;
  /** Wireshark's display filter field, e.g. `smb2.capabilities`. */
  readonly filter?: string;
  /** The only right value. */
  readonly must?: T;
  /** The field has no meaning and is zero in a careful implementation. */
  readonly reserved?: boolean;
}

/** A flag of a value, set or not. */
export interface FlagState {
  readonly name: string;
  readonly short: string;
  readonly mask: number;
  readonly set: boolean;
  readonly text?: FieldKey;
}

/** A value as it is shown. */
export interface Display {
  /** The value itself: `0x0302`, `65536`, `\\server\share`. Text from the wire is escaped. */
  readonly value: string;
  /** Name of the value where it has one: `3.0.2`, `STATUS_SUCCESS`. */
  readonly label?: string;
  /** Key of the text that explains this very value. */
  readonly labelText?: FieldKey;
  readonly flags?: readonly FlagState[];
}

/** A field of fixed size. The walk has checked that all its bytes are there before it calls `read`. */
export interface FixedField<T> {
  readonly size: number;
  readonly options: FieldOptions<T>;
  read(bytes: Uint8Array, at: number): T;
  show(value: T): Display;
}

/**
 * `truncated`: the bytes at hand end before the field does, the message is longer (data: have, need in bytes).
 * `outside-message`: the field would lie beyond the end of the message itself: malformed (data: have, need).
 * `overlap`: an offset points into the header or the fixed part (data: offset).
 * `unexpected`: not the only right value (data: expected, actual). `too-many`: only the first elements were read (data: count, limit).
 * `odd-length`: UTF-16 text of an odd number of bytes (data: length).
 */
export type FieldIssueKind = "truncated" | "outside-message" | "overlap" | "unexpected" | "too-many" | "odd-length";

/** Trouble with one field. */
export interface FieldIssue {
  readonly kind: FieldIssueKind;
  readonly data: Readonly<Record<string, string | number>>;
}

/** Elements read of any one array or list; a count on the wire may say 65,535. */
export const MAX_ELEMENTS = 1024;

/** One step of the walk over the bytes: what both `decode` and `describe` are made from. Positions are indexes into the bytes. */
export interface Reading<T = unknown> {
  readonly name: string;
  /** Undefined when the bytes do not hold it. */
  readonly value: T | undefined;
  readonly start: number;
  readonly end: number;
  readonly options: FieldOptions;
  /** Section of the structure that declares the field. */
  readonly section: SectionId;
  readonly issues: readonly FieldIssue[];
  readonly children: readonly Reading[];
  /** Fields that count as fields of the structure around it, too. */
  readonly flattened?: Readonly<Record<string, unknown>>;
  /** `group`: children are named as if they stood beside it. `inline`: they do stand in its place. */
  readonly nesting?: "group" | "inline";
  show(): Display;
}

/** Where a structure is read. Positions are indexes into `bytes`. */
export interface Scope {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** End of what may be read; never beyond `bytes.length`. */
  readonly end: number;
  /** Where the surrounding message or buffer really ends, when the bytes at hand are fewer. Infinity: unknown. */
  readonly wireEnd: number;
  /** Start of the SMB2 header, from which the offsets on the wire count. */
  readonly header: number;
}

/** Where a part stands in the walk. `M`: values of the fixed fields before it. */
export interface PartPlace<M> {
  readonly scope: Scope;
  readonly name: string;
  readonly section: SectionId;
  /** Size of the structure's fixed fields. */
  readonly fixedSize: number;
  /** End of the part before it. */
  readonly cursor: number;
  readonly values: M;
}

/** A part of variable size or place after the fixed fields. `walk` gives undefined when the message does not have it. */
export interface Part<T, M> {
  walk(place: PartPlace<M>): Reading<T> | undefined;
}

/** Options of integers. */
export interface IntegerOptions<T> extends FieldOptions<T> {
  readonly names?: NameSet;
  readonly flags?: FlagSet;
  /** Show as hexadecimal number; implied by `names` and `flags`. */
  readonly hex?: boolean;
}
