import type { ByteRange } from "../bytes/byteRange.ts";
import type { FieldKey } from "../spec/fieldTexts.ts";
import type { SectionId } from "../spec/sections.ts";
import { type DecodeContext, type LocatedIssue, scopeOf } from "./decode.ts";
import type { FlagState, Reading } from "./field.ts";
import { fieldPath } from "./fieldPath.ts";
import type { Struct } from "./struct.ts";
import { walkStruct } from "./walkStruct.ts";

/** A field as it is shown: plain data, nothing points into the bytes. */
export interface FieldNode {
  /** Name of the specification: `Capabilities`; `[0]` for an element. */
  readonly name: string;
  /** Unique in the structure: `NegotiateContextList[0].Salt`. Empty for the structure itself. */
  readonly path: string;
  /** The value as text, safe to show; empty when the bytes do not hold it. */
  readonly value: string;
  /** Name of the value: `3.0.2`, `STATUS_SUCCESS`. */
  readonly label?: string;
  /** Key of the text that explains this very value. */
  readonly labelText?: FieldKey;
  /** The number behind the value, where it is one. */
  readonly raw: number | bigint | undefined;
  /** Bytes of the field, counted from the start of what was described. */
  readonly range: ByteRange;
  readonly flags: readonly FlagState[];
  /** Key of the text that explains the field. */
  readonly text?: FieldKey;
  readonly section: SectionId;
  /** Wireshark's display filter field. */
  readonly filter?: string;
  readonly reserved: boolean;
  readonly issues: readonly LocatedIssue[];
  readonly children: readonly FieldNode[];
}

/** Where a structure stands, and how its description counts and names. */
export interface DescribeContext extends DecodeContext {
  /** Index that ranges count from. Default: `start`. */
  readonly origin?: number;
  /** Path of the structure in the message around it; paths of its fields begin with it. Default: none. */
  readonly path?: string;
}

/** Reads a structure as {@link decode} does and gives its field tree. Never throws. */
export function describe(struct: Struct, bytes: Uint8Array, start: number, end: number, context: DescribeContext = {}): FieldNode {
  const scope = scopeOf(bytes, start, end, context);
  const reading = walkStruct(struct, scope, struct.name);
  const path = context.path ?? "";
  return toNode(reading, path, path, context.origin ?? scope.start);
}

/** The node of that path, or undefined. */
export function findField(root: FieldNode, path: string): FieldNode | undefined {
  if (root.path === path) return root;
  for (const child of root.children) {
    const found = findField(child, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function toNode(reading: Reading, path: string, prefix: string, origin: number): FieldNode {
  const { name, value, options, section } = reading;
  const { flags, ...display } = reading.value === undefined ? { value: "" } : reading.show();
  return {
    name,
    path,
    ...display,
    raw: typeof value === "number" || typeof value === "bigint" ? value : undefined,
    range: { start: reading.start - origin, end: reading.end - origin },
    flags: flags ?? [],
    ...(options.text === undefined ? {} : { text: options.text }),
    section: options.section ?? section,
    ...(options.filter === undefined ? {} : { filter: options.filter }),
    reserved: options.reserved === true,
    issues: [...located(reading, path), ...inlinedIssues(reading, path, prefix)],
    children: childNodes(reading, path, prefix, origin),
  };
}

function located(reading: Reading, path: string): readonly LocatedIssue[] {
  return reading.issues.map((issue) => ({ ...issue, path }));
}

/** An inlined buffer has no node of its own to carry its issues. */
function inlinedIssues(reading: Reading, path: string, prefix: string): readonly LocatedIssue[] {
  const inlined = reading.children.filter((child) => child.nesting === "inline");
  return inlined.flatMap((child) => located(child, fieldPath(reading, child, path, prefix).path));
}

function childNodes(reading: Reading, path: string, prefix: string, origin: number): readonly FieldNode[] {
  return reading.children.flatMap((child) => {
    const paths = fieldPath(reading, child, path, prefix);
    return child.nesting === "inline"
      ? childNodes(child, paths.path, paths.prefix, origin)
      : [toNode(child, paths.path, paths.prefix, origin)];
  });
}
