import { hexBytes } from "../bytes/hex.ts";
import { HEADER_PATH } from "../smb2/describeMessage.ts";
import type { FieldNode } from "../struct/describe.ts";

/** A field that is not the same in two messages; a value is null where a message has no such field. */
export interface NodeDifference {
  readonly field: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly labelA?: string;
  readonly labelB?: string;
}

/** A message with its field tree. */
export interface DescribedMessage {
  readonly bytes: Uint8Array;
  readonly tree: FieldNode;
}

const LONGEST_BYTES = 32;

/**
 * The fields in which two messages differ, in wire order, so that every changed byte stands in one of them. Of two messages with another
 * structure (an error in the place of an answer) the header's fields and the structures' names are told.
 */
export function fieldDifferences(a: DescribedMessage, b: DescribedMessage): readonly NodeDifference[] {
  const walk = new TreeWalk(a.bytes, b.bytes);
  if (a.tree.name === b.tree.name) walk.compare(a.tree, b.tree);
  else walk.compareHeaders(a.tree, b.tree);
  if (walk.found.length === 0 && !sameBytes(a.bytes, b.bytes)) walk.add("", hexAround(a.bytes, b.bytes), hexAround(b.bytes, a.bytes));
  return walk.found;
}

class TreeWalk {
  readonly found: NodeDifference[] = [];
  private readonly a: Uint8Array;
  private readonly b: Uint8Array;

  constructor(a: Uint8Array, b: Uint8Array) {
    this.a = a;
    this.b = b;
  }

  add(field: string, a: string | null, b: string | null, labelA?: string, labelB?: string): void {
    this.found.push({ field, a, b, ...(labelA !== undefined && { labelA }), ...(labelB !== undefined && { labelB }) });
  }

  compare(a: FieldNode, b: FieldNode): void {
    const before = this.found.length;
    if (hasFields(a) && hasFields(b)) this.compareChildren(a, b);
    if (this.found.length > before || this.sameRange(a, b) || a.path === "") return;
    this.leaf(a, b);
  }

  compareHeaders(a: FieldNode, b: FieldNode): void {
    const [headerA, headerB] = [headerOf(a), headerOf(b)];
    if (headerA !== undefined && headerB !== undefined) this.compare(headerA, headerB);
    this.add("Body", a.name, b.name);
  }

  private compareChildren(a: FieldNode, b: FieldNode): void {
    const others = new Map(b.children.map((child) => [child.name, child]));
    for (const child of a.children) {
      const other = others.get(child.name);
      others.delete(child.name);
      if (other === undefined) this.add(child.path, textOf(child, this.a), null, labelOf(child));
      else this.compare(child, other);
    }
    for (const child of others.values()) this.add(child.path, null, textOf(child, this.b), undefined, labelOf(child));
  }

  private leaf(a: FieldNode, b: FieldNode): void {
    const [valueA, valueB] = [textOf(a, this.a), textOf(b, this.b)];
    if (valueA !== valueB) {
      this.add(a.path, valueA, valueB, labelOf(a), labelOf(b));
      return;
    }
    const [bytesA, bytesB] = [rangeOf(a, this.a), rangeOf(b, this.b)];
    this.add(a.path, hexAround(bytesA, bytesB), hexAround(bytesB, bytesA));
  }

  private sameRange(a: FieldNode, b: FieldNode): boolean {
    return sameBytes(rangeOf(a, this.a), rangeOf(b, this.b));
  }
}

function headerOf(tree: FieldNode): FieldNode | undefined {
  return tree.children.find(({ path }) => path === HEADER_PATH);
}

/** Whether its children are fields of their own; the elements of a list belong to its one value. */
function hasFields({ children }: FieldNode): boolean {
  return children.length > 0 && !isPlainList(children);
}

function isPlainList(children: readonly FieldNode[]): boolean {
  return children.every(({ name, children: inner }) => name.startsWith("[") && inner.length === 0);
}

function textOf(node: FieldNode, bytes: Uint8Array): string {
  if (node.children.length > 0 && isPlainList(node.children)) return node.children.map(({ value }) => value).join(" ");
  if (node.value !== "") return node.value;
  const own = rangeOf(node, bytes);
  return hexBytes(own, 0, Math.min(own.length, LONGEST_BYTES));
}

function labelOf(node: FieldNode): string | undefined {
  if (node.children.length > 0 && isPlainList(node.children)) return node.value === "" ? undefined : node.value;
  const set = node.flags.filter((flag) => flag.set).map(({ short }) => short);
  return node.label ?? (set.length > 0 ? set.join(" ") : undefined);
}

function rangeOf({ range }: FieldNode, bytes: Uint8Array): Uint8Array {
  return bytes.subarray(range.start, range.end);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && firstDifference(a, b) === a.length;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at++) if (a[at] !== b[at]) return at;
  return end;
}

/** Some bytes from the first that differs on, with their place where that is not the start. */
function hexAround(own: Uint8Array, other: Uint8Array): string {
  const at = firstDifference(own, other);
  const text = hexBytes(own, at, Math.min(own.length, at + LONGEST_BYTES));
  return at === 0 ? text : `+${at}: ${text}`;
}
