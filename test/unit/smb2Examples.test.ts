import { expect, describe as group, it } from "vitest";
import { decode } from "../../src/core/struct/decode.ts";
import { describe, type FieldNode } from "../../src/core/struct/describe.ts";
import { exportedDeclarations } from "../support/allDeclarations.ts";
import { connectionExamples } from "../support/examples/connectionExamples.ts";
import { contextExamples } from "../support/examples/contextExamples.ts";
import { directoryExamples } from "../support/examples/directoryExamples.ts";
import { type Example, exampleBytes } from "../support/examples/example.ts";
import { fileExamples } from "../support/examples/fileExamples.ts";
import { fileInfoExamples } from "../support/examples/fileInfoExamples.ts";
import { fileRangeExamples } from "../support/examples/fileRangeExamples.ts";
import { fsctlExamples } from "../support/examples/fsctlExamples.ts";
import { fsInfoExamples } from "../support/examples/fsInfoExamples.ts";
import { otherExamples } from "../support/examples/otherExamples.ts";
import { securityExamples } from "../support/examples/securityExamples.ts";

const examples: readonly Example[] = [
  ...connectionExamples,
  ...fileExamples,
  ...contextExamples,
  ...otherExamples,
  ...directoryExamples,
  ...fileInfoExamples,
  ...fileRangeExamples,
  ...fsctlExamples,
  ...fsInfoExamples,
  ...securityExamples,
];

/** Declarations whose bytes do not end where their fields do: the place of a name that is shorter than the place, the zero
 * character behind a name. */
const endsEarlier = new Set(["SVHDX_OPEN_DEVICE_CONTEXT", "FILE_GET_EA_INFORMATION"]);

function allNodes(root: FieldNode): readonly FieldNode[] {
  return [root, ...root.children.flatMap(allNodes)];
}

/** A value without the ranges of its buffers. */
function withoutRanges(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRanges);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (key === "start" || key === "end" ? [] : [[key, withoutRanges(item)]])),
  );
}

/** Every number of a value with its path. */
function numbersOf(value: unknown, path: string): readonly (readonly [string, number | bigint])[] {
  if (typeof value === "number" || typeof value === "bigint") return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => numbersOf(item, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => numbersOf(item, path === "" ? key : `${path}.${key}`));
}

group("bytes written by hand from the specification", () => {
  it.each(examples.map((example) => [example.declaration.name, example] as const))("%s", (_, example) => {
    const { declaration, size, value } = example;
    const { bytes, start } = exampleBytes(example);
    const context = { header: 0, wireEnd: bytes.length };
    expect(declaration.size).toBe(size);
    const decoded = decode(declaration, bytes, start, bytes.length, context);
    expect(decoded.issues).toEqual([]);
    expect(withoutRanges(decoded.value)).toEqual(value);
    const root = describe(declaration, bytes, start, bytes.length, context);
    const raw = new Map(allNodes(root).flatMap((node) => (node.raw === undefined ? [] : [[node.path, node.raw] as const])));
    expect(raw).toEqual(new Map(numbersOf(value, "")));
    if (!endsEarlier.has(declaration.name)) expect(root.range).toEqual({ start: 0, end: bytes.length - start });
  });
});

group("every declaration", () => {
  it("has such bytes", async () => {
    const shown = new Set(examples.map((example) => example.declaration));
    const declarations = await exportedDeclarations(["smb2"], true);
    expect(declarations.length).toBeGreaterThan(100);
    expect(declarations.filter(({ struct }) => !shown.has(struct)).map(({ file, name }) => `${file} ${name}`)).toEqual([]);
  });
});
