import type { SectionId } from "../spec/sections.ts";
import type { Choice, StructCases } from "./choose.ts";
import type { FixedField, Part } from "./field.ts";
import { type FieldRecord, isVariant, type Variant } from "./variant.ts";

/** The fields of fixed size, in wire order. */
export type FixedFields = Readonly<Record<string, FixedField<unknown> | Variant>>;

/** The parts of variable size or place, in the order in which they are read. */
export type Parts = Readonly<Record<string, Part<unknown, never>>>;

/** A structure of the wire, declared once: {@link decode} and {@link describe} read it, the hot path takes sizes and offsets from it. */
export interface Struct<F extends FixedFields = FixedFields, P extends Parts = Parts> {
  readonly name: string;
  readonly section: SectionId;
  /** Size of the fixed fields in bytes. Where the specification counts one byte of the buffer into StructureSize, it is not in here. */
  readonly size: number;
  /** Offset of every fixed field from the start of the structure. */
  readonly at: Offsets<F>;
  readonly fields: F;
  readonly parts: P;
}

export type Offsets<F extends FixedFields> = { readonly [Name in keyof AllFields<F>]: number };

/** The values of a structure. A field that the bytes do not hold is absent. */
export type Decoded<S extends Struct> = S extends Struct<infer F, infer P> ? Simple<FixedValues<F> & PartValues<P>> : never;

/** Values of the fixed fields, those of all variants among them. */
export type FixedValues<F extends FixedFields> = { readonly [Name in keyof AllFields<F>]?: ValueOf<AllFields<F>[Name]> };

/**
 * Declares a structure.
 * @param name Name in the specification.
 * @param section Section that defines it.
 * @param fields Fixed fields in wire order, without gaps: their offsets are summed.
 * @param parts What follows; each part names its own offset and length or count, by functions of the fixed values.
 */
export function struct<F extends FixedFields, P extends Readonly<Record<string, Part<unknown, FixedValues<F>>>> = NoParts>(
  name: string,
  section: SectionId,
  fields: F,
  parts?: P,
): Struct<F, P> {
  const at: Record<string, number> = {};
  let size = 0;
  for (const [key, entry] of Object.entries(fields)) {
    if (isVariant(entry)) for (const record of Object.values(entry.cases)) addOffsets(at, record, size);
    else at[key] = size;
    size += entry.size;
  }
  return { name, section, size, at: at as Offsets<F>, fields, parts: parts ?? ({} as P) };
}

type NoParts = Readonly<Record<never, Part<unknown, never>>>;

/** Fixed fields by name, with those of every case of every variant. */
type AllFields<F extends FixedFields> = Simple<
  UnionToIntersection<
    { [Name in keyof F]: F[Name] extends Variant<infer Cases> ? Cases[keyof Cases] : { readonly [Key in Name]: F[Name] } }[keyof F]
  >
>;

type ValueOf<Field> = Field extends FixedField<infer T> ? T : never;

type PartValues<P extends Parts> = { readonly [Name in keyof P]?: P[Name] extends Part<infer T, never> ? T : never } & ChoiceValues<P>;

/** A choice lends its fields to the structure that it stands in. */
type ChoiceValues<P extends Parts> = UnionToIntersection<LentValues<P>[keyof LentValues<P>]>;

type LentValues<P extends Parts> = {
  [Name in keyof P as P[Name] extends Choice<StructCases, never> ? Name : never]: P[Name] extends Choice<infer Cases, never>
    ? Partial<CaseValues<Cases>>
    : never;
};

type CaseValues<Cases> = UnionToIntersection<
  { [Key in keyof Cases]: Cases[Key] extends Struct ? Decoded<Cases[Key]> : never }[keyof Cases]
>;

type Simple<T> = { readonly [Key in keyof T]: T[Key] };

type UnionToIntersection<U> = (U extends unknown ? (member: U) => void : never) extends (member: infer I) => void ? I : never;

function addOffsets(at: Record<string, number>, record: FieldRecord, start: number): void {
  let offset = start;
  for (const [key, field] of Object.entries(record)) {
    at[key] = offset;
    offset += field.size;
  }
}
