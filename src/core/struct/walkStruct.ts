import type { FieldIssue, FixedField, PartPlace, Reading, Scope } from "./field.ts";
import { missingIssues } from "./region.ts";
import type { Struct } from "./struct.ts";
import { isVariant, peekInto } from "./variant.ts";

type Values = Record<string, unknown>;

/** The one walk over a structure: everything that can be read, in wire order, and what is wrong with it. Never throws. */
export function walkStruct(struct: Struct, scope: Scope, name: string): Reading<Values> {
  const fixed = walkFixed(struct, scope);
  const values = namedValues(fixed);
  const complete = scope.start + struct.size <= scope.end;
  const parts = complete ? walkParts(struct, scope, values) : [];
  const children = [...fixed, ...parts];
  for (const part of parts) Object.assign(values, { [part.name]: part.value }, part.flattened);
  const start = Math.min(scope.start, scope.end);
  const end = children.reduce((last, child) => Math.max(last, child.end), start);
  const show = () => ({ value: "" });
  return { name, value: values, start, end, options: {}, section: struct.section, issues: [], children, show };
}

/** The fixed fields up to the first one that is not there, which is the last of the list and has no value. */
function walkFixed(struct: Struct, scope: Scope): readonly Reading[] {
  const readings: Reading[] = [];
  let at = scope.start;
  for (const [name, field] of flatFields(struct, scope)) {
    const reading = fixedReading(struct, scope, name, field, at);
    readings.push(reading);
    if (reading.value === undefined) break;
    at += field.size;
  }
  return readings;
}

function* flatFields(struct: Struct, scope: Scope): Generator<readonly [string, FixedField<unknown>]> {
  for (const [name, entry] of Object.entries(struct.fields)) {
    if (!isVariant(entry)) yield [name, entry];
    else yield* Object.entries(entry.cases[entry.choose(peekInto(scope.bytes, scope.start, scope.end))] ?? {});
  }
}

function fixedReading(struct: Struct, scope: Scope, name: string, field: FixedField<unknown>, at: number): Reading {
  const { options } = field;
  const section = struct.section;
  const missing = missingIssues({ scope }, at, at + field.size);
  if (missing.length > 0) {
    const start = Math.min(at, scope.end);
    return { name, value: undefined, start, end: scope.end, options, section, issues: missing, children: [], show: () => ({ value: "" }) };
  }
  const value = field.read(scope.bytes, at);
  const issues = unexpectedIssues(field, value);
  return { name, value, start: at, end: at + field.size, options, section, issues, children: [], show: () => field.show(value) };
}

function unexpectedIssues(field: FixedField<unknown>, actual: unknown): readonly FieldIssue[] {
  const { must } = field.options;
  if (must === undefined || must === actual) return [];
  return [{ kind: "unexpected", data: { expected: field.show(must).value, actual: field.show(actual).value } }];
}

function walkParts(struct: Struct, scope: Scope, values: Values): readonly Reading[] {
  const readings: Reading[] = [];
  let cursor = scope.start + struct.size;
  for (const [name, part] of Object.entries(struct.parts)) {
    const place: PartPlace<Values> = { scope, name, section: struct.section, fixedSize: struct.size, cursor, values };
    const reading = part.walk(place as PartPlace<never>);
    if (reading === undefined) continue;
    readings.push(reading);
    cursor = reading.end;
  }
  return readings;
}

function namedValues(readings: readonly Reading[]): Values {
  const values: Values = {};
  for (const reading of readings) if (reading.value !== undefined) values[reading.name] = reading.value;
  return values;
}
