import fc from "fast-check";
import { expect, test } from "vitest";
import { blobKind } from "../../src/core/security/blobKind.ts";
import { readNtlm } from "../../src/core/security/ntlmssp.ts";
import { describeMessage, structOfMessage } from "../../src/core/smb2/describeMessage.ts";
import { Header } from "../../src/core/smb2/header.ts";
import { readDialectStrings } from "../../src/core/smb2/smb1Negotiate.ts";
import { decode } from "../../src/core/struct/decode.ts";
import { describe, type FieldNode } from "../../src/core/struct/describe.ts";
import { labMessage, labMessageNames } from "../support/labMessages.ts";

/** A whole message, cut at any length, with any few bytes changed. */
const damagedMessage = fc
  .record({
    name: fc.constantFrom(...labMessageNames),
    changes: fc.array(fc.tuple(fc.nat(600), fc.oneof(fc.constantFrom(0, 1, 0xff, 0x7f), fc.nat(255))), { maxLength: 6 }),
    length: fc.option(fc.nat(600), { nil: 600 }),
  })
  .map(({ name, changes, length }) => {
    const bytes = labMessage(name);
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return bytes.slice(0, Math.min(length, bytes.length));
  });

const anyBytes = fc.oneof({ weight: 3, arbitrary: damagedMessage }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) });

/** Most nodes per byte: two-byte elements, a context of 8 bytes with a few fields, the fixed fields. */
const mostNodes = (length: number): number => 100 + 4 * length;

function allNodes(root: FieldNode): readonly FieldNode[] {
  return [root, ...root.children.flatMap(allNodes)];
}

test("a damaged message never throws, stays bounded, and keeps every range inside its bytes", () => {
  fc.assert(
    fc.property(anyBytes, fc.option(fc.nat(700), { nil: undefined }), (bytes, wireEnd) => {
      const nodes = allNodes(describeMessage(bytes, 0, bytes.length, wireEnd));
      expect(nodes.length).toBeLessThan(mostNodes(bytes.length));
      for (const { range, value } of nodes) {
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThanOrEqual(bytes.length);
        expect(value).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }),
    { numRuns: 2000 },
  );
});

test("decode and describe agree on every number and every issue", () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const declaration = structOfMessage(bytes, 0, bytes.length);
      for (const [struct, start] of [[Header, 0] as const, [declaration, Header.size] as const]) {
        const context = { header: 0, wireEnd: bytes.length };
        const { value, issues } = decode(struct, bytes, start, bytes.length, context);
        const root = describe(struct, bytes, start, bytes.length, context);
        const nodes = allNodes(root);
        const located = nodes.flatMap((node) => node.issues.map((issue) => `${issue.path} ${issue.kind}`));
        expect(located.sort()).toEqual(issues.map((issue) => `${issue.path} ${issue.kind}`).sort());
        const byPath = new Map(nodes.filter((node) => node.raw !== undefined).map((node) => [node.path, node.raw]));
        expect(new Map(numbersOf(value, ""))).toEqual(byPath);
      }
    }),
    { numRuns: 1000 },
  );
});

test("where a message is cut changes only what is missing: every number that is left is the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...labMessageNames), fc.nat(600), (name, length) => {
      const bytes = labMessage(name);
      const whole = rawByPath(describeMessage(bytes, 0, bytes.length));
      // Flags and dialects decide what other fields mean; before them a cut may leave the other meaning.
      if (length < Header.size + 36 + 16) return;
      for (const [path, raw] of rawByPath(describeMessage(bytes, 0, Math.min(length, bytes.length), bytes.length)))
        expect(whole.get(path)).toBe(raw);
    }),
  );
});

test("the bytes given are not changed, and bytes around them do not matter", () => {
  fc.assert(
    fc.property(anyBytes, fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (bytes, before, after) => {
      const placed = Uint8Array.from([...before, ...bytes, ...after]);
      const copy = placed.slice();
      const root = describeMessage(placed, before.length, before.length + bytes.length);
      expect(placed).toEqual(copy);
      expect(root).toEqual(describeMessage(bytes, 0, bytes.length));
    }),
    { numRuns: 500 },
  );
});

test("security buffers and SMB1 messages never throw", () => {
  fc.assert(
    fc.property(anyBytes, fc.integer({ min: -10, max: 700 }), fc.integer({ min: -10, max: 700 }), (bytes, start, end) => {
      const message = readNtlm(bytes, start, end);
      const texts = message?.type === "AUTHENTICATE" ? [message.value.UserName, message.value.DomainName] : [];
      for (const text of texts) expect((text ?? "").length).toBeLessThanOrEqual(bytes.length);
      expect(["NTLM", "Kerberos", "SPNEGO", "unknown"]).toContain(blobKind(bytes, start, end));
      expect(readDialectStrings(bytes, start, end).length).toBeLessThanOrEqual(64);
    }),
    { numRuns: 1000 },
  );
});

function rawByPath(root: FieldNode): ReadonlyMap<string, number | bigint> {
  const found = new Map<string, number | bigint>();
  for (const node of allNodes(root)) if (node.raw !== undefined) found.set(node.path, node.raw);
  return found;
}

/** Every number of a decoded value with its path, but for the ranges of buffers; the elements of arrays by their own names. */
function numbersOf(value: unknown, path: string): readonly (readonly [string, number | bigint])[] {
  if (typeof value === "number" || typeof value === "bigint") return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => numbersOf(item, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  const fields = Object.entries(value).filter(([key]) => key !== "start" && key !== "end");
  return fields.flatMap(([key, item]) => numbersOf(item, path === "" ? key : `${path}.${key}`));
}
