import { describe, expect, it } from "vitest";
import { readGuidText } from "../../src/core/bytes/guid.ts";
import { hex, hex64, hexBytes } from "../../src/core/bytes/hex.ts";
import { filetimeText } from "../../src/core/struct/integers.ts";
import { fromHex } from "../support/labMessages.ts";

describe("hex", () => {
  it("pads to the digits asked for and does not cut", () => {
    expect(hex(0x4e, 8)).toBe("0x0000004e");
    expect(hex(0xc0000022, 8)).toBe("0xc0000022");
    expect(hex(0x12345, 4)).toBe("0x12345");
    expect(hex(0xfedcba9876543210n, 16)).toBe("0xfedcba9876543210");
  });
  it("joins two words, signed or not, into 16 digits", () => {
    expect(hex64(0x792c8778, 0)).toBe("0x00000000792c8778");
    expect(hex64(-1, -2)).toBe("0xfffffffeffffffff");
  });
  it("writes bytes in their order", () => {
    expect(hexBytes(fromHex("00 0f a0 ff"), 1, 4)).toBe("0fa0ff");
  });
});

describe("readGuidText", () => {
  it("swaps the first three groups only", () => {
    expect(readGuidText(fromHex("ff 33221100 5544 7766 8899 aabbccddeeff"), 1)).toBe("00112233-4455-6677-8899-aabbccddeeff");
  });
});

describe("filetimeText", () => {
  it("writes 100 ns units as a date in UTC", () => {
    expect(filetimeText(116444736000000001n)).toBe("1970-01-01 00:00:00.0000001Z");
    expect(filetimeText(0x01dd7ae08666586en)).toMatch(/^2026-/);
  });
  it("gives the number where there is no date", () => {
    expect(filetimeText(0n)).toBe("0");
    expect(filetimeText(0xffffffffffffffffn)).toBe("18446744073709551615");
  });
});
