import { expect, describe as group, it } from "vitest";
import { decode } from "../../src/core/struct/decode.ts";
import { describe, findField } from "../../src/core/struct/describe.ts";
import { MAX_ELEMENTS } from "../../src/core/struct/field.ts";
import { fixedUtf16 } from "../../src/core/struct/fixedText.ts";
import { inlined } from "../../src/core/struct/inlined.ts";
import { u8, u16 } from "../../src/core/struct/integers.ts";
import { stepped } from "../../src/core/struct/stepped.ts";
import { struct } from "../../src/core/struct/struct.ts";
import { utf16z, utf16zList } from "../../src/core/struct/zeroTerminated.ts";
import { fromHex } from "../support/labMessages.ts";

group("stepped", () => {
  const Item = struct("Item", "MS-SMB2 2.2", { Size: u8(), Kind: u8() });
  const Items = struct(
    "Items",
    "MS-SMB2 2.2",
    { Count: u8() },
    { List: stepped(Item, { count: (m) => m.Count, step: (item) => item.Size, title: "Kind" }) },
  );
  const read = (hex: string, wireEnd?: number) => {
    const bytes = fromHex(hex);
    return decode(Items, bytes, 0, bytes.length, { wireEnd: wireEnd ?? bytes.length });
  };
  it("goes from element to element by their own sizes", () => {
    const { value, issues } = read("02 03 01 ff 02 02");
    expect(value.List?.map((item) => item.Kind)).toEqual([1, 2]);
    expect(issues).toEqual([]);
    expect(findField(describe(Items, fromHex("02 03 01 ff 02 02"), 0, 6), "List[1]")).toMatchObject({ value: "2" });
  });
  it("stops at a step into the element itself, and at the count", () => {
    expect(read("05 00 01 00 02").issues).toEqual([{ path: "List", kind: "overlap", data: { offset: 1 } }]);
    expect(read("01 02 01 02 02").value.List).toHaveLength(1);
  });
  it("leaves a step beyond the end, and reads no more elements than the most", () => {
    expect(read("02 ff 01").issues).toEqual([{ path: "List", kind: "outside-message", data: { have: 0, need: 2 } }]);
    expect(read("02 02 01", 9).issues.map(({ kind }) => kind)).toEqual(["truncated"]);
    const Free = struct("Free", "MS-SMB2 2.2", {}, { List: stepped(Item, { step: () => 2 }) });
    const bytes = new Uint8Array(4 * MAX_ELEMENTS);
    const { value, issues } = decode(Free, bytes, 0, bytes.length);
    expect(value.List).toHaveLength(MAX_ELEMENTS);
    expect(issues).toContainEqual(expect.objectContaining({ kind: "too-many" }));
  });
  it("ends where the element says that it is the last", () => {
    const Last = struct("Last", "MS-SMB2 2.2", {}, { List: stepped(Item, { step: (item) => (item.Kind === 0 ? undefined : 2) }) });
    expect(decode(Last, fromHex("02 01 02 00 02 01"), 0, 6).value.List).toHaveLength(2);
  });
});

group("texts that end with a zero character", () => {
  const Text = struct("Text", "MS-SMB2 2.2", { At: u8() }, { Name: utf16z({ atStruct: (m) => m.At }) });
  it("takes the zero into the range, not into the value", () => {
    const node = describe(Text, fromHex("01 4100 0000 ff"), 0, 6);
    expect(findField(node, "Name")).toMatchObject({ value: "A", range: { start: 1, end: 5 } });
    expect(decode(Text, fromHex("01 4100 42"), 0, 4).value.Name).toBe("A");
  });
  it("says where it would be missing", () => {
    expect(decode(Text, fromHex("09 4100"), 0, 3, { wireEnd: 3 }).issues.map(({ path, kind }) => [path, kind])).toEqual([
      ["Name", "outside-message"],
    ]);
  });
  it("shows hostile text escaped", () => {
    expect(findField(describe(Text, fromHex("01 2e20 0000"), 0, 5), "Name")?.value).toBe("\\u{202e}");
  });
  it("lists: up to an empty one, the count, or the end", () => {
    const Texts = struct("Texts", "MS-SMB2 2.2", { Count: u8() }, { Names: utf16zList({ count: (m) => m.Count }) });
    const names = (hex: string) => decode(Texts, fromHex(hex), 0, fromHex(hex).length).value.Names;
    expect(names("09 4100 0000 4200 0000 0000 4300 0000")).toEqual(["A", "B"]);
    expect(names("01 4100 0000 4200 0000")).toEqual(["A"]);
    expect(names("09 4100")).toEqual(["A"]);
  });
  it("in a field of fixed size: shown up to the zero", () => {
    const Fixed = struct("Fixed", "MS-SMB2 2.2", { Name: fixedUtf16(6) });
    expect(findField(describe(Fixed, fromHex("4100 0000 4200"), 0, 6), "Name")?.value).toBe("A");
  });
});

group("inlined", () => {
  const One = struct("One", "MS-SMB2 2.2", { X: u16() });
  const Holder = struct(
    "Holder",
    "MS-SMB2 2.2",
    { Kind: u8() },
    { Body: inlined((m, _, length) => (m.Kind === length ? One : undefined)) },
  );
  it("lends its fields to the structure around", () => {
    expect(decode(Holder, fromHex("02 0700"), 0, 3).value).toEqual({ Kind: 2, Body: { start: 1, end: 3 }, X: 7 });
    expect(findField(describe(Holder, fromHex("02 0700"), 0, 3), "X")).toMatchObject({ value: "7", range: { start: 1, end: 3 } });
  });
  it("knows how many bytes are left on the wire, and keeps others opaque", () => {
    expect(decode(Holder, fromHex("02 07"), 0, 2, { wireEnd: 3 }).issues).toEqual([
      { path: "X", kind: "truncated", data: { have: 1, need: 2 } },
    ]);
    expect(decode(Holder, fromHex("09 0700"), 0, 3).value).toEqual({ Kind: 9, Body: { start: 1, end: 3 } });
  });
});
