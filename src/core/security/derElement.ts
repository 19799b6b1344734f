import { hex } from "../bytes/hex.ts";
import type { FieldIssue, Scope } from "../struct/field.ts";
import { missingIssues } from "../struct/region.ts";

/** One tag-length-value of DER (X.690 8.1), its contents cut to what is there. Positions are indexes into the bytes. */
export interface DerElement {
  /** The identifier octet: class, constructed, number. Numbers above 30 are used by none of the protocols here. */
  readonly tag: number;
  readonly start: number;
  /** Start of the contents. */
  readonly contents: number;
  /** End of the contents that are there. */
  readonly end: number;
  /** End of the contents as the length says. */
  readonly wantedEnd: number;
  readonly issues: readonly FieldIssue[];
}

const LONG_FORM = 0x80;
/** A message is far shorter than four octets of length can say; more of them are no length. */
const MAX_LENGTH_OCTETS = 4;
/** Identifier and shortest length. */
const SHORTEST = 2;

/**
 * The element at the start of a scope; undefined when not even its tag and length are there. The indefinite length of BER, which DER
 * forbids, and lengths of more than four octets are an issue, and the element then goes to the end of the scope.
 */
export function readDerElement(scope: Scope): DerElement | undefined {
  const { bytes, start, end } = scope;
  if (start + SHORTEST > end) return undefined;
  const tag = bytes[start] ?? 0;
  const first = bytes[start + 1] ?? 0;
  if (first < LONG_FORM) return element(scope, tag, start + SHORTEST, first, []);
  const octets = first - LONG_FORM;
  if (octets === 0 || octets > MAX_LENGTH_OCTETS) {
    const issues = [{ kind: "unexpected", data: { expected: "DER", actual: hex(first, 2) } } as const];
    return element(scope, tag, start + SHORTEST, end - start - SHORTEST, issues);
  }
  if (start + SHORTEST + octets > end) return undefined;
  let length = 0;
  for (let at = start + SHORTEST; at < start + SHORTEST + octets; at++) length = length * 0x100 + (bytes[at] ?? 0);
  return element(scope, tag, start + SHORTEST + octets, length, []);
}

/** The contents of an element as a scope of their own: beyond its length is malformed, not cut. */
export function contentsOf(scope: Scope, { contents, end, wantedEnd }: DerElement): Scope {
  return { ...scope, start: contents, end, wireEnd: Math.min(wantedEnd, scope.wireEnd) };
}

function element(scope: Scope, tag: number, contents: number, length: number, issues: readonly FieldIssue[]): DerElement {
  const wantedEnd = contents + length;
  const missing = missingIssues({ scope }, contents, wantedEnd);
  return { tag, start: scope.start, contents, end: Math.min(wantedEnd, scope.end), wantedEnd, issues: [...issues, ...missing] };
}
