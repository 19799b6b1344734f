import type { SectionId } from "../spec/sections.ts";
import { type FieldIssue, type FieldOptions, MAX_ELEMENTS, type Reading, type Scope } from "../struct/field.ts";
import { contentsOf, type DerElement, readDerElement } from "./derElement.ts";
import { type DerPlace, type DerType, missingElement, opaqueElement, walkDer } from "./derType.ts";

const SEQUENCE = 0x30;
const CONTEXT = 0xa0;

/** A SEQUENCE whose fields carry context tags, as Kerberos and SPNEGO have them throughout. */
export interface DerSequence extends DerType {
  readonly name: string;
  readonly section: SectionId;
}

/** Fields by name: number of the context tag, kind of the value, and what this field says beyond its kind. */
export type DerFields = Readonly<Record<string, readonly [tag: number, type: DerType, options?: FieldOptions]>>;

/** What a sequence shows of itself beside its fields. */
export type DerTitle = (values: Readonly<Record<string, unknown>>) => string;

/**
 * Declares a SEQUENCE of explicitly tagged fields, each of them optional. An element without a declaration stands in the tree as
 * `[number]` with its bytes.
 */
export function derSequence(name: string, section: SectionId, fields: DerFields, title: DerTitle = () => name): DerSequence {
  const byTag = new Map(Object.entries(fields).map(([field, [tag, type, options]]) => [CONTEXT + tag, { field, type, options }]));
  const readField = (scope: Scope, element: DerElement, index: number): Reading => {
    const known = byTag.get(element.tag);
    if (known === undefined) return opaqueElement({ scope, name: `[${index}]`, section }, element);
    const reading = explicit(known.type, { scope, name: known.field, section }, element);
    return { ...reading, options: { ...reading.options, ...known.options } };
  };
  return {
    tag: SEQUENCE,
    name,
    section,
    read(place, element) {
      const scope = contentsOf(place.scope, element);
      const children = elementsOf(scope, section, readField);
      const value = valuesByName(children);
      return constructed({ ...place, section }, element, {}, value, children, () => ({ value: title(value) }));
    },
  };
}

/** SEQUENCE OF one kind. */
export function derSequenceOf(item: DerType, options: FieldOptions = {}): DerType {
  return {
    tag: SEQUENCE,
    read(place, element) {
      const { section } = place;
      const children = elementsOf(contentsOf(place.scope, element), section, (scope, _, index) =>
        walkDer(item, { scope, name: `[${index}]`, section }),
      );
      const value = children.map((child) => child.value);
      return constructed(place, element, options, value, children, () => ({ value: children.map(labelOf).join(", ") }));
    },
  };
}

/** An element with a tag of its own around another one. `tag` is the whole identifier octet. */
export function derExplicit(tag: number, inner: DerType): DerType {
  return { tag, read: (place, element) => explicit(inner, place, element) };
}

/** One of several kinds, told apart by the tag; undefined: none fits, the bytes stay opaque. */
export function derChoice(kinds: readonly DerType[]): DerType {
  return {
    tag: undefined,
    read(place, element) {
      const kind = kinds.find(({ tag }) => tag === element.tag);
      return kind === undefined ? opaqueElement(place, element) : kind.read(place, element);
    },
  };
}

/** A value in its explicit tag: shown as one field, over the bytes of both. */
function explicit(type: DerType, place: DerPlace, element: DerElement): Reading {
  const inner = walkDer(type, { ...place, scope: contentsOf(place.scope, element) });
  return { ...inner, start: element.start, end: element.end, issues: [...element.issues, ...inner.issues] };
}

function constructed(
  { name, section }: DerPlace,
  element: DerElement,
  options: FieldOptions,
  value: unknown,
  children: readonly Reading[],
  show: Reading["show"],
): Reading {
  const { start, end, issues } = element;
  return { name, value, start, end, options, section, issues: [...issues, ...cappedIssues(children)], children, show };
}

type ReadElement = (scope: Scope, element: DerElement, index: number) => Reading;

/** The elements of a scope, one after the other, up to the first one that is not there. */
function elementsOf(scope: Scope, section: SectionId, read: ReadElement): readonly Reading[] {
  const children: Reading[] = [];
  for (let at = scope.start; at < scope.end && children.length < MAX_ELEMENTS; ) {
    const place = { ...scope, start: at };
    const element = readDerElement(place);
    if (element === undefined) return [...children, missingElement({ scope: place, name: `[${children.length}]`, section })];
    children.push(read(place, element, children.length));
    at = element.end;
  }
  return children;
}

function cappedIssues(children: readonly Reading[]): readonly FieldIssue[] {
  const capped = children.length === MAX_ELEMENTS;
  return capped ? [{ kind: "too-many", data: { count: MAX_ELEMENTS + 1, limit: MAX_ELEMENTS } }] : [];
}

function valuesByName(children: readonly Reading[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(children.map((child) => [child.name, child.value]));
}

function labelOf(reading: Reading): string {
  const { label, value } = reading.show();
  return label ?? value;
}
