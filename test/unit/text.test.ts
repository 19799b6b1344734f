import { describe, expect, it } from "vitest";
import { decodeLatin1, decodeUtf8, decodeUtf16, escapeForDisplay } from "../../src/core/bytes/text.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf8 = (text: string) => new TextEncoder().encode(text);

describe("decodeUtf16", () => {
  it("reads little-endian units between start and end", () => {
    expect(decodeUtf16(bytes(0, 0x41, 0, 0x42, 0x30, 0), 1, 5)).toBe("A\u3042");
  });
  it("leaves out an odd last byte and keeps a lone surrogate", () => {
    expect(decodeUtf16(bytes(0x00, 0xd8, 0x41), 0, 3)).toBe("\ud800");
  });
  it("joins surrogate pairs", () => {
    expect(decodeUtf16(bytes(0x3d, 0xd8, 0x00, 0xde), 0, 4)).toBe("\u{1f600}");
  });
  it("reads more than one piece", () => {
    expect(decodeUtf16(new Uint8Array(20_000).fill(0x41), 0, 20_000)).toBe("\u4141".repeat(10_000));
  });
  it("reads nothing beyond the bytes", () => {
    expect(decodeUtf16(bytes(0x41, 0), 0, 0)).toBe("");
  });
});

describe("decodeLatin1", () => {
  it("gives one character a byte", () => {
    expect(decodeLatin1(bytes(0x41, 0xe9, 0x00), 0, 3)).toBe("A\u00e9\u0000");
  });
});

describe("decodeUtf8", () => {
  const samples = ["", "share", "é", "\u3042\u3044", "\u{1f600}", "\u{10ffff}", "\ud7ff\ue000", "a\u0080b"];
  it.each(samples)("reads what TextEncoder writes: %j", (text) => {
    expect(decodeUtf8(utf8(text), 0, utf8(text).length)).toBe(text);
  });
  it.each([
    ["overlong", [0xc0, 0x80], 2],
    ["overlong of three", [0xe0, 0x80, 0x80], 3],
    ["surrogate", [0xed, 0xa0, 0x80], 3],
    ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80], 4],
    ["cut", [0xe3, 0x81], 2],
    ["continuation alone", [0x80], 1],
  ])("replaces every byte of a sequence that is %s", (_, values, count) => {
    expect(decodeUtf8(bytes(...values, 0x41), 0, values.length + 1)).toBe(`${"\ufffd".repeat(count)}A`);
  });
  it("does not read a sequence across the end", () => {
    expect(decodeUtf8(utf8("\u3042"), 0, 2)).toBe("\ufffd\ufffd");
  });
});

describe("escapeForDisplay", () => {
  it("keeps what can be seen, backslashes and other scripts included", () => {
    const text = "\\\\server\\share $ 共有 é \u{1f600}";
    expect(escapeForDisplay(text)).toBe(text);
  });
  it.each([
    0x00, 0x07, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x9f, 0xad, 0x061c, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b,
    0x202c, 0x202d, 0x202e, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff, 0x3164, 0xfe0f, 0x034f, 0xe0041, 0xe0100, 0xd800, 0xdfff,
  ])("shows U+%s as its number", (codePoint) => {
    expect(escapeForDisplay(`a${String.fromCodePoint(codePoint)}b`)).toBe(`a\\u{${codePoint.toString(16)}}b`);
  });
  it("shows every one of several", () => {
    expect(escapeForDisplay("\u202egnp.exe\u0000")).toBe("\\u{202e}gnp.exe\\u{0}");
  });
});
