import fc from "fast-check";
import { expect, describe as group, it } from "vitest";
import { decode } from "../../src/core/struct/decode.ts";
import { describe, type FieldNode } from "../../src/core/struct/describe.ts";
import { type Declaration, exportedDeclarations } from "../support/allDeclarations.ts";
import { connectionExamples } from "../support/examples/connectionExamples.ts";
import { contextExamples } from "../support/examples/contextExamples.ts";
import { exampleBytes } from "../support/examples/example.ts";
import { fileExamples } from "../support/examples/fileExamples.ts";
import { otherExamples } from "../support/examples/otherExamples.ts";
import { writeFixed } from "../support/writeFixed.ts";

const declarations = await exportedDeclarations(["smb2", "security"], true);
const examples = [...connectionExamples, ...fileExamples, ...contextExamples, ...otherExamples];

/** Bytes of a declaration: those of its example, or nothing in particular. */
function seedOf({ struct }: Declaration): { readonly bytes: Uint8Array; readonly start: number } {
  const example = examples.find(({ declaration }) => declaration === struct);
  return example === undefined ? { bytes: new Uint8Array(struct.size + 64), start: 0 } : exampleBytes(example);
}

const change = fc.tuple(fc.nat(400), fc.oneof(fc.constantFrom(0, 1, 2, 0x7f, 0xff), fc.nat(255)));

/** Most nodes per byte: every byte can be a number of its own, with a structure around it. */
const mostNodes = (length: number): number => 200 + 8 * length;

const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}]/u;

function allNodes(root: FieldNode): readonly FieldNode[] {
  return [root, ...root.children.flatMap(allNodes)];
}

function checkNodes(declaration: Declaration, bytes: Uint8Array, start: number, wireEnd: number | undefined): void {
  const context = { header: 0, ...(wireEnd !== undefined && { wireEnd }) };
  const nodes = allNodes(describe(declaration.struct, bytes, start, bytes.length, context));
  const length = Math.max(0, bytes.length - start);
  const wrong = nodes.filter(({ range, value, label = "" }) => {
    const inside = -start <= range.start && range.start <= range.end && range.end <= length;
    return !inside || UNSAFE.test(value) || UNSAFE.test(label);
  });
  // One expectation, because there are some hundred thousand nodes.
  expect({ wrong, many: nodes.length >= mostNodes(length) }).toEqual({ wrong: [], many: false });
  const located = nodes.flatMap((node) => node.issues.map((issue) => `${issue.path} ${issue.kind}`));
  const { issues } = decode(declaration.struct, bytes, start, bytes.length, context);
  const decoded = issues.map((issue) => `${issue.path} ${issue.kind}`);
  if (decoded.sort().join() !== located.sort().join()) expect(decoded).toEqual(located);
}

group("every exported declaration", () => {
  it("is found", () => {
    expect(declarations.map(({ name }) => name)).toEqual(expect.arrayContaining(["CreateRequest", "RequestLeaseV2", "RdmaTransform"]));
  });

  it.each(declarations.map((declaration) => [`${declaration.file} ${declaration.name}`, declaration] as const))("%s", (_, declaration) => {
    const seed = seedOf(declaration);
    const damaged = fc
      .record({ changes: fc.array(change, { maxLength: 5 }), length: fc.option(fc.nat(seed.bytes.length), { nil: seed.bytes.length }) })
      .map(({ changes, length }) => {
        const bytes = seed.bytes.slice();
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
        return bytes.slice(0, length);
      });
    const property = fc.property(damaged, fc.option(fc.nat(500), { nil: undefined }), (bytes, wireEnd) =>
      checkNodes(declaration, bytes, Math.min(seed.start, bytes.length), wireEnd),
    );
    fc.assert(property, { numRuns: 60 });
  });

  it("survives being cut anywhere, and any byte of it being 00 or FF", () => {
    for (const declaration of declarations) {
      const { bytes, start } = seedOf(declaration);
      for (let at = start; at <= bytes.length; at++) {
        checkNodes(declaration, bytes.slice(0, at), Math.min(start, at), bytes.length);
        for (const value of [0x00, 0xff]) {
          const changed = bytes.slice();
          if (at < bytes.length) changed[at] = value;
          checkNodes(declaration, changed, start, changed.length);
        }
      }
    }
  });

  it("loses nothing: the fixed part can be written again from what was read", () => {
    for (const { struct } of declarations) {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: struct.size, maxLength: struct.size }), (bytes) => {
          const { value } = decode(struct, bytes, 0, bytes.length);
          expect(writeFixed(struct, value as Readonly<Record<string, unknown>>)).toEqual(bytes);
        }),
        { numRuns: 20 },
      );
    }
  });
});
