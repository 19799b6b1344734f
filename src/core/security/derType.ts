import { hex } from "../bytes/hex.ts";
import type { SectionId } from "../spec/sections.ts";
import type { FieldIssue, FieldOptions, Reading, Scope } from "../struct/field.ts";
import { showBytes } from "../struct/octets.ts";
import { missingIssues } from "../struct/region.ts";
import { type DerElement, readDerElement } from "./derElement.ts";

/** Where a DER value stands in the walk. */
export interface DerPlace {
  /** From the element on to the end of what surrounds it. */
  readonly scope: Scope;
  readonly name: string;
  /** Section of the structure that declares the field. */
  readonly section: SectionId;
}

/** A kind of DER value. */
export interface DerType {
  /** Identifier octet that it must have; undefined: any. */
  readonly tag: number | undefined;
  /** Reads an element whose tag is right. */
  read(place: DerPlace, element: DerElement): Reading;
}

/** Reads the element at the start of the scope as a type. Bytes that are no such element, or are not there, are an issue. */
export function walkDer(type: DerType, place: DerPlace): Reading {
  const { scope } = place;
  const element = readDerElement(scope);
  if (element === undefined) return missingElement(place);
  if (type.tag !== undefined && type.tag !== element.tag) return wrongTag(place, element, type.tag);
  return type.read(place, element);
}

/** Reading of an element without children. */
export function leaf<T>(
  place: DerPlace,
  element: DerElement,
  options: FieldOptions,
  value: T | undefined,
  show: Reading["show"],
  issues: readonly FieldIssue[] = [],
): Reading<T> {
  const { start, end } = element;
  return {
    name: place.name,
    value,
    start,
    end,
    options,
    section: place.section,
    issues: [...element.issues, ...issues],
    children: [],
    show,
  };
}

/** An element that no declaration knows: its bytes. */
export function opaqueElement(
  place: DerPlace,
  element: DerElement,
  options: FieldOptions = {},
  issues: readonly FieldIssue[] = [],
): Reading {
  const { bytes } = place.scope;
  const value = { start: element.start, end: element.end };
  return leaf(place, element, options, value, () => showBytes(bytes, element.start, element.end), issues);
}

function wrongTag(place: DerPlace, element: DerElement, expected: number): Reading {
  const issue: FieldIssue = { kind: "unexpected", data: { expected: hex(expected, 2), actual: hex(element.tag, 2) } };
  return opaqueElement(place, element, {}, [issue]);
}

/** Not even tag and length are there. */
export function missingElement(place: DerPlace): Reading {
  const { scope, name, section } = place;
  const start = Math.min(scope.start, scope.end);
  const issues = missingIssues({ scope }, scope.start, scope.end + 1);
  return { name, value: undefined, start, end: scope.end, options: {}, section, issues, children: [], show: () => ({ value: "" }) };
}
