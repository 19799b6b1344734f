import { expect, expectTypeOf, describe as group, it } from "vitest";
import { chain } from "../../src/core/struct/chain.ts";
import { choose } from "../../src/core/struct/choose.ts";
import { decode } from "../../src/core/struct/decode.ts";
import { describe, findField } from "../../src/core/struct/describe.ts";
import { MAX_ELEMENTS } from "../../src/core/struct/field.ts";
import { inner } from "../../src/core/struct/inner.ts";
import { u8, u16, u32 } from "../../src/core/struct/integers.ts";
import { payload } from "../../src/core/struct/payload.ts";
import { struct } from "../../src/core/struct/struct.ts";
import { utf16 } from "../../src/core/struct/textPart.ts";
import { fromHex } from "../support/labMessages.ts";

const Named = struct("Named", "MS-SMB2 2.2", { Next: u32(), Length: u8() }, { Name: utf16({ length: (m) => m.Length }) });
const Chained = struct("Chained", "MS-SMB2 2.2", { Length: u16() }, { Entries: chain(Named, { next: "Next", title: "Name" }) });
const Bounded = struct("Bounded", "MS-SMB2 2.2", { Length: u16() }, { Entries: chain(Named, { next: "Next", length: (m) => m.Length }) });

function issuesOf(bytes: Uint8Array, wireEnd = bytes.length) {
  return decode(Chained, bytes, 0, bytes.length, { wireEnd }).issues.map(({ path, kind, data }) => [path, kind, data]);
}

group("chain", () => {
  const two = fromHex("0000 08000000 02 4100 ff 00000000 02 4200");
  it("follows the offsets and ends at 0", () => {
    const { value, issues } = decode(Chained, two, 0, two.length);
    expect(issues).toEqual([]);
    expect(value.Entries?.map((entry) => entry.Name)).toEqual(["A", "B"]);
    expectTypeOf(value.Entries?.[0]?.Next).toEqualTypeOf<number | undefined>();
    const node = describe(Chained, two, 0, two.length);
    expect(findField(node, "Entries")).toMatchObject({ value: "2", range: { start: 2, end: 17 } });
    expect(findField(node, "Entries[1]")).toMatchObject({ value: "B", range: { start: 10, end: 17 } });
  });
  it("keeps an element inside its own stretch", () => {
    const greedy = fromHex("0000 08000000 0a 4100 ff 00000000 02 4200");
    expect(issuesOf(greedy)).toEqual([["Entries[0].Name", "outside-message", { have: 3, need: 10 }]]);
  });
  it("ends at an offset into the element, and at one beyond the end", () => {
    expect(issuesOf(fromHex("0000 01000000 02 4100"))).toEqual([["Entries", "overlap", { offset: 3 }]]);
    expect(issuesOf(fromHex("0000 ffff0000 02 4100"))).toEqual([["Entries", "outside-message", { have: 7, need: 65536 }]]);
    expect(issuesOf(fromHex("0000 08000000 02 4100"), 40)).toEqual([["Entries", "truncated", { have: 7, need: 9 }]]);
  });
  it("stops after the most elements", () => {
    const many = new Uint8Array(2 + 8 * (MAX_ELEMENTS + 3));
    for (let at = 2; at < many.length; at += 8) many[at] = 8;
    const { value, issues } = decode(Chained, many, 0, many.length);
    expect(value.Entries).toHaveLength(MAX_ELEMENTS);
    expect(issues).toContainEqual({ path: "Entries", kind: "too-many", data: { count: MAX_ELEMENTS + 1, limit: MAX_ELEMENTS } });
  });
  it("knows its own length", () => {
    const { value } = decode(Bounded, fromHex("0700 00000000 02 4100 5555"), 0, 11);
    expect(value.Entries).toEqual([{ Next: 0, Length: 2, Name: "A" }]);
    expect(decode(Bounded, fromHex("0000 00000000 02 4100"), 0, 9).value).toEqual({ Length: 0 });
  });
});

group("inner", () => {
  const Point = struct("Point", "MS-SMB2 2.2", { X: u8(), Y: u8() });
  const Outer = struct(
    "Outer",
    "MS-SMB2 2.2",
    { X: u8(), Length: u8() },
    { Here: inner(Point), There: inner(Point, { atStruct: (m) => m.X, length: (m) => m.Length }) },
  );
  it("has fields of its own", () => {
    const bytes = fromHex("06 02 0a 0b ff ff 0c 0d");
    const { value, issues } = decode(Outer, bytes, 0, bytes.length);
    expect(issues).toEqual([]);
    expect(value).toEqual({ X: 6, Length: 2, Here: { X: 10, Y: 11 }, There: { X: 12, Y: 13 } });
    expectTypeOf(value.Here?.X).toEqualTypeOf<number | undefined>();
    expect(findField(describe(Outer, bytes, 0, bytes.length), "There.Y")).toMatchObject({ raw: 13, range: { start: 7, end: 8 } });
  });
  it("ends where its length says", () => {
    const bytes = fromHex("03 01 0a 0b 0c");
    expect(decode(Outer, bytes, 0, 5, { wireEnd: 5 }).issues).toEqual([
      { path: "There.Y", kind: "outside-message", data: { have: 0, need: 1 } },
    ]);
  });
  it("is missing when nothing of it is there", () => {
    const bytes = fromHex("09 02");
    expect(decode(Outer, bytes, 0, 2, { wireEnd: 40 }).issues.map(({ path, kind }) => [path, kind])).toEqual([
      ["Here", "truncated"],
      ["There", "truncated"],
    ]);
  });
});

group("payload", () => {
  const One = struct("One", "MS-SMB2 2.2", { Kind: u8(), Rest: u8() });
  const Holder = struct(
    "Holder",
    "MS-SMB2 2.2",
    { Kind: u8(), Length: u8() },
    { Data: payload({ length: (m) => m.Length, find: (m, peek) => (m.Kind === 1 && peek.u8(2) === 7 ? One : undefined) }) },
  );
  it("gives the fields of a known structure below its own name, beside the range", () => {
    const bytes = fromHex("01 02 07 08");
    expect(decode(Holder, bytes, 0, 4).value).toEqual({ Kind: 1, Length: 2, Data: { Kind: 7, Rest: 8, start: 2, end: 4 } });
    const node = describe(Holder, bytes, 0, 4);
    expect(findField(node, "Data")).toMatchObject({ value: "One", range: { start: 2, end: 4 } });
    expect(findField(node, "Data.Kind")).toMatchObject({ value: "7" });
  });
  it("leaves an unknown one opaque", () => {
    expect(decode(Holder, fromHex("02 02 07 08"), 0, 4).value).toEqual({ Kind: 2, Length: 2, Data: { start: 2, end: 4 } });
  });
  it("stands for what a choice does not name", () => {
    const options = { on: (m: { readonly Kind?: number }) => m.Kind, length: () => 2, otherwise: () => One };
    const Chooser = struct("Chooser", "MS-SMB2 2.2", { Kind: u8() }, { Data: choose(options, { 1: Named }) });
    expect(decode(Chooser, fromHex("05 07 08"), 0, 3).value).toEqual({ Kind: 5, Data: { Kind: 7, Rest: 8, start: 1, end: 3 } });
  });
});
