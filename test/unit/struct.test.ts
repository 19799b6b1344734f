import { expect, expectTypeOf, describe as group, it } from "vitest";
import { array } from "../../src/core/struct/array.ts";
import { blob, rest } from "../../src/core/struct/blob.ts";
import { choose } from "../../src/core/struct/choose.ts";
import { decode } from "../../src/core/struct/decode.ts";
import { describe, findField } from "../../src/core/struct/describe.ts";
import { MAX_ELEMENTS } from "../../src/core/struct/field.ts";
import { flagNames, flagSet } from "../../src/core/struct/flagSet.ts";
import { u8, u16, u32, u32be, u64 } from "../../src/core/struct/integers.ts";
import { list } from "../../src/core/struct/list.ts";
import { nameSet } from "../../src/core/struct/nameSet.ts";
import { guid, octets, reserved } from "../../src/core/struct/octets.ts";
import { struct } from "../../src/core/struct/struct.ts";
import { ascii, utf16 } from "../../src/core/struct/textPart.ts";
import { variant } from "../../src/core/struct/variant.ts";
import { fromHex } from "../support/labMessages.ts";

const Colours = nameSet("COLOUR_", { RED: 1, GREEN: 2 });
const Bits = flagSet("BIT_", { LOW: 0x01, PAIR: 0x30, TWO: { mask: 0x0c, value: 0x08 } });

const Plain = struct("Plain", "MS-SMB2 2.2", {
  Byte: u8(),
  Word: u16({ names: Colours }),
  Flags: u16({ flags: Bits }),
  Big: u32be({ hex: true }),
  Long: u64({ hex: true }),
  Gap: reserved(3),
  Id: guid(),
});

const plainBytes = fromHex("07 0200 1980 fe534d42 8877665544332211 000000 33221100554477668899aabbccddeeff");

group("struct", () => {
  it("sums offsets and size", () => {
    expect(Plain.at).toEqual({ Byte: 0, Word: 1, Flags: 3, Big: 5, Long: 9, Gap: 17, Id: 20 });
    expect(Plain.size).toBe(36);
    expectTypeOf(Plain.at.Long).toEqualTypeOf<number>();
  });

  it("reads fixed fields from any start", () => {
    const shifted = Uint8Array.from([0xee, 0xee, ...plainBytes, 0xee]);
    const { value, issues } = decode(Plain, shifted, 2, 2 + plainBytes.length);
    expect(value).toEqual({
      Byte: 7,
      Word: 2,
      Flags: 0x8019,
      Big: 0xfe534d42,
      Long: 0x1122334455667788n,
      Gap: "000000",
      Id: "00112233-4455-6677-8899-aabbccddeeff",
    });
    expect(issues).toEqual([]);
    expectTypeOf(value.Long).toEqualTypeOf<bigint | undefined>();
    expectTypeOf(value.Word).toEqualTypeOf<number | undefined>();
  });

  it("describes names, flags, unknown bits and ranges from the start", () => {
    const node = describe(Plain, Uint8Array.from([0xee, ...plainBytes]), 1, 1 + plainBytes.length);
    expect(node.range).toEqual({ start: 0, end: 36 });
    expect(findField(node, "Word")).toMatchObject({ value: "0x0002", label: "GREEN", raw: 2, range: { start: 1, end: 3 } });
    expect(findField(node, "Big")).toMatchObject({ value: "0xfe534d42" });
    expect(findField(node, "Long")).toMatchObject({ value: "0x1122334455667788", raw: 0x1122334455667788n });
    expect(findField(node, "Gap")).toMatchObject({ reserved: true, raw: undefined });
    expect(findField(node, "Flags")?.flags.map(({ name, set }) => [name, set])).toEqual([
      ["BIT_LOW", true],
      ["BIT_PAIR", true],
      ["BIT_TWO", true],
      ["0x8000", true],
    ]);
  });

  it("keeps the number of an unknown name", () => {
    const Word = struct("Word", "MS-SMB2 2.2", { Colour: u16({ names: Colours }) });
    const node = describe(Word, fromHex("3412"), 0, 2);
    expect(findField(node, "Colour")).toMatchObject({ value: "0x1234", raw: 0x1234 });
    expect(findField(node, "Colour")).not.toHaveProperty("label");
  });

  it("gives what is there of cut bytes, and one issue at the first field that is not", () => {
    const { value, issues } = decode(Plain, plainBytes, 0, 4);
    expect(value).toEqual({ Byte: 7, Word: 2 });
    expect(issues).toEqual([{ path: "Flags", kind: "truncated", data: { have: 1, need: 2 } }]);
    const node = describe(Plain, plainBytes, 0, 4);
    expect(node.children.map((child) => child.name)).toEqual(["Byte", "Word", "Flags"]);
    expect(findField(node, "Flags")).toMatchObject({ value: "", raw: undefined, range: { start: 3, end: 4 } });
  });

  it("tells bytes that were not captured from a message that is too short", () => {
    const cut = decode(Plain, plainBytes, 0, 4, { wireEnd: 36 });
    expect(cut.issues[0]?.kind).toBe("truncated");
    const short = decode(Plain, plainBytes, 0, 4, { wireEnd: 4 });
    expect(short.issues[0]?.kind).toBe("outside-message");
  });

  it("reports a value that must be another", () => {
    const Fixed = struct("Fixed", "MS-SMB2 2.2", { Size: u16({ must: 36 }), Mark: octets(2, { must: "aabb" }) });
    const { value, issues } = decode(Fixed, fromHex("2500 aabb"), 0, 4);
    expect(value.Size).toBe(37);
    expect(issues).toEqual([{ path: "Size", kind: "unexpected", data: { expected: "36", actual: "37" } }]);
  });

  it("brings limits outside the bytes back inside", () => {
    expect(decode(Plain, plainBytes, 0, 1e9).issues).toEqual([]);
    expect(decode(Plain, plainBytes, 100, 50).value).toEqual({});
    expect(decode(Plain, plainBytes, -5, -1).value).toEqual({});
  });
});

group("variant", () => {
  const Either = struct("Either", "MS-SMB2 2.2", {
    Value: variant({ one: { Long: u32() }, two: { Low: u16(), High: u16() } }, (peek) => (peek.u16(4) === 2 ? "two" : "one")),
    Kind: u16(),
  });
  it("gives the same bytes the meaning that another field asks for", () => {
    expect(decode(Either, fromHex("01000200 0100"), 0, 6).value).toEqual({ Long: 0x20001, Kind: 1 });
    expect(decode(Either, fromHex("01000200 0200"), 0, 6).value).toEqual({ Low: 1, High: 2, Kind: 2 });
  });
  it("has offsets of all meanings", () => {
    expect(Either.at).toEqual({ Long: 0, Low: 0, High: 2, Kind: 4 });
    expect(Either.size).toBe(6);
    expectTypeOf(Either.at.High).toEqualTypeOf<number>();
  });
  it("peeks at nothing beyond the end", () => {
    expect(decode(Either, fromHex("01000200 0200"), 0, 5).value).toEqual({ Long: 0x20001 });
  });
});

group("array", () => {
  const Counted = struct("Counted", "MS-SMB2 2.2", { Count: u16() }, { Items: array(u16({ names: Colours }), (m) => m.Count) });
  it("reads as many elements as the count says and names them", () => {
    const { value, issues } = decode(Counted, fromHex("0200 0100 0900 ffff"), 0, 8);
    expect(value.Items).toEqual([1, 9]);
    expect(issues).toEqual([]);
    const node = describe(Counted, fromHex("0200 0100 0900 ffff"), 0, 8);
    expect(findField(node, "Items")).toMatchObject({ value: "RED, 0x0009", range: { start: 2, end: 6 } });
    expect(findField(node, "Items[1]")).toMatchObject({ raw: 9, range: { start: 4, end: 6 } });
  });
  it("keeps whole elements of a cut one", () => {
    const { value, issues } = decode(Counted, fromHex("0300 0100 02"), 0, 5);
    expect(value.Items).toEqual([1]);
    expect(issues).toEqual([{ path: "Items", kind: "truncated", data: { have: 3, need: 6 } }]);
  });
  it("has no value when no element is there, and an empty one when the count is 0", () => {
    expect(decode(Counted, fromHex("0300"), 0, 2).value).toEqual({ Count: 3 });
    expect(decode(Counted, fromHex("0000"), 0, 2).value).toEqual({ Count: 0, Items: [] });
  });
  it("stops at the cap and says so", () => {
    const many = new Uint8Array(2 + 2 * 5000);
    many.set([0x88, 0x13]);
    const { value, issues } = decode(Counted, many, 0, many.length);
    expect(value.Items).toHaveLength(MAX_ELEMENTS);
    expect(issues).toEqual([{ path: "Items", kind: "too-many", data: { count: 5000, limit: MAX_ELEMENTS } }]);
  });
});

group("parts by offset", () => {
  const Buffers = struct(
    "Buffers",
    "MS-SMB2 2.2",
    { Offset: u16(), Length: u16() },
    {
      Name: utf16({ length: (m) => m.Length, atHeader: (m) => m.Offset }),
      Rest: rest(),
    },
  );
  it("counts offsets from the header, not from the structure", () => {
    const bytes = fromHex("eeee 0800 0400 0000 41004200 ff");
    const { value, issues } = decode(Buffers, bytes, 2, bytes.length, { header: 0 });
    expect(value).toEqual({ Offset: 8, Length: 4, Name: "AB", Rest: { start: 12, end: 13 } });
    expect(issues).toEqual([]);
  });
  it("reports an offset into the header", () => {
    const bytes = fromHex("41004200 0000 0200");
    expect(decode(Buffers, bytes, 4, 8, { header: 0 }).issues).toEqual([{ path: "Name", kind: "overlap", data: { offset: 0 } }]);
  });
  it("reports an offset into the structure's own fixed fields", () => {
    expect(decode(Buffers, fromHex("0200 0200"), 0, 4).issues).toEqual([{ path: "Name", kind: "overlap", data: { offset: 2 } }]);
  });
  it("reports a buffer beyond the end, and has no value when nothing of it is there", () => {
    const bytes = fromHex("6000 0400");
    const { value, issues } = decode(Buffers, bytes, 0, 4, { wireEnd: 4 });
    expect(value).toEqual({ Offset: 0x60, Length: 4 });
    expect(issues).toEqual([{ path: "Name", kind: "outside-message", data: { have: 0, need: 4 } }]);
  });
  it("ignores the offset of an empty buffer", () => {
    const { value, issues } = decode(Buffers, fromHex("ffff 0000"), 0, 4, { wireEnd: 4 });
    expect(value).toEqual({ Offset: 0xffff, Length: 0 });
    expect(issues).toEqual([]);
  });
  it("reads the front of cut text and names an odd length", () => {
    const { value, issues } = decode(Buffers, fromHex("0400 0500 4100 42"), 0, 7);
    expect(value.Name).toBe("A");
    expect(issues.map((issue) => issue.kind)).toEqual(["truncated", "odd-length"]);
  });
  it("shows hostile text escaped and keeps it raw in the value", () => {
    const bytes = fromHex("0400 0400 2e20 0a00");
    expect(decode(Buffers, bytes, 0, bytes.length).value.Name).toBe("\u202e\n");
    expect(findField(describe(Buffers, bytes, 0, bytes.length), "Name")?.value).toBe("\\u{202e}\\u{a}");
  });
  it("shows the first bytes of a long buffer and its length", () => {
    const Blob = struct("Blob", "MS-SMB2 2.2", { Length: u8() }, { Data: blob({ length: (m) => m.Length }) });
    const bytes = Uint8Array.from([40, ...new Array(40).fill(0xab)]);
    expect(findField(describe(Blob, bytes, 0, 41), "Data")?.value).toBe(`${"ab".repeat(32)}… (40)`);
  });
  it("counts from the structure where that is asked for", () => {
    const Local = struct("Local", "MS-SMB2 2.2", { Offset: u8() }, { Text: ascii({ length: () => 2, atStruct: (m) => m.Offset }) });
    expect(decode(Local, fromHex("ee 02 ff 4142"), 1, 5, { header: 0 }).value.Text).toBe("AB");
  });
});

group("choose and list", () => {
  const Numbers = struct("Numbers", "MS-SMB2 2.2.3", { Count: u16() }, { Values: array(u16(), (m) => m.Count) });
  const Label = struct("Label", "MS-SMB2 2.2.4", { Short: u16() });
  const Context = struct(
    "Context",
    "MS-SMB2 2.2",
    { Type: u16({ names: Colours }), Length: u16() },
    { Data: choose({ on: (m) => m.Type, length: (m) => m.Length }, { 1: Numbers, 2: Label }) },
  );
  const All = struct(
    "All",
    "MS-SMB2 2.2",
    { Count: u8(), At: u8() },
    {
      Contexts: list(Context, { count: (m) => m.Count, atHeader: (m) => m.At, align: 8 }),
    },
  );
  const bytes = fromHex("0302 0100 0400 0100 0700 0200 0200 0900 0000 0300 0200 abcd");

  it("reads aligned elements and lends the fields of their data", () => {
    const { value, issues } = decode(All, bytes, 0, bytes.length);
    expect(value.Contexts).toEqual([
      { Type: 1, Length: 4, Data: { start: 6, end: 10 }, Count: 1, Values: [7] },
      { Type: 2, Length: 2, Data: { start: 14, end: 16 }, Short: 9 },
      { Type: 3, Length: 2, Data: { start: 22, end: 24 } },
    ]);
    expect(issues).toEqual([]);
    const first = value.Contexts?.[0];
    expectTypeOf(first?.Values).toEqualTypeOf<readonly number[] | undefined>();
    expectTypeOf(first?.Short).toEqualTypeOf<number | undefined>();
  });
  it("names fields by element, with the section of the structure that declares them", () => {
    const node = describe(All, bytes, 0, bytes.length);
    expect(findField(node, "Contexts")?.value).toBe("3");
    expect(findField(node, "Contexts[0]")).toMatchObject({ value: "RED", range: { start: 2, end: 10 } });
    expect(findField(node, "Contexts[0].Values[0]")).toMatchObject({ value: "7", section: "MS-SMB2 2.2.3" });
    expect(findField(node, "Contexts[1].Short")).toMatchObject({ value: "9", section: "MS-SMB2 2.2.4" });
    expect(findField(node, "Contexts[2].Data")).toMatchObject({ value: "abcd" });
    expect(findField(node, "Contexts[0].Data")).toBeUndefined();
  });
  it("takes the length of the data as the end of what is in it", () => {
    const lying = fromHex("0102 0100 0400 0900 0700 0800 0900");
    const { value, issues } = decode(All, lying, 0, lying.length);
    expect(value.Contexts?.[0]?.Values).toEqual([7]);
    expect(issues).toEqual([{ path: "Contexts[0].Values", kind: "outside-message", data: { have: 2, need: 18 } }]);
  });
  it("ends at the first element that is not whole", () => {
    const { value, issues } = decode(All, bytes, 0, 13);
    expect(value.Contexts).toHaveLength(2);
    expect(issues).toEqual([{ path: "Contexts[1].Length", kind: "truncated", data: { have: 1, need: 2 } }]);
  });
  it("keeps the issue of a buffer that gives way to its fields", () => {
    const long = fromHex("0102 0200 0900 0700");
    const inner = findField(describe(All, long, 0, long.length, { wireEnd: long.length }), "Contexts[0]");
    expect(inner?.issues).toEqual([{ path: "Contexts[0].Data", kind: "outside-message", data: { have: 2, need: 9 } }]);
  });
});

group("flagNames", () => {
  it("gives short names, then the bits without name", () => {
    expect(flagNames(Bits, 0x8009)).toEqual(["LOW", "TWO", "0x8000"]);
    expect(flagNames(Bits, 0x04)).toEqual([]);
    expect(flagNames(Bits, 0)).toEqual([]);
  });
  it("knows the highest bit", () => {
    const High = flagSet("", { TOP: 0x80000000 });
    expect(flagNames(High, 0x80000000)).toEqual(["TOP"]);
    expect(flagNames(High, 0x80000001)).toEqual(["TOP", "0x1"]);
  });
});
