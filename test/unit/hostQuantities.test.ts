import { describe, expect, it } from "vitest";
import { formatClock, formatCount, formatSpan } from "../../src/core/index.ts";
import { boxDifference, hexValue, plainValue, upperHex } from "../../src/host/views/boxedValue.ts";
import { formatPart } from "../../src/host/views/quantities.ts";

describe("quantities", () => {
  it("groups digits by three", () => {
    expect([0, 999, 1000, 12480, 1204331].map(formatCount)).toEqual(["0", "999", "1,000", "12,480", "1,204,331"]);
  });

  it("writes a span in the unit that fits", () => {
    const spans = [300, 49_000, 12_718_000, 2_500_000_000, 192_000_000_000, 7_500_000_000_000];
    expect(spans.map((span) => formatSpan(span, "en"))).toEqual(["300 ns", "49 µs", "12.7 ms", "2.5 s", "3 min 12 s", "2 h 5 min"]);
    expect(formatSpan(192_000_000_000, "ja")).toBe("3 分 12 秒");
  });

  it("never says 60 seconds of a minute", () => {
    expect(formatSpan(119_700_000_000, "en")).toBe("2 min 0 s");
  });

  it("takes a time before its base for none", () => {
    expect(formatSpan(-5, "en")).toBe("0 ns");
  });

  it("writes a part in the unit of its whole", () => {
    expect(formatPart(1_100_000_000, 2_400_000_000)).toEqual(["1.1", "2.4 GB"]);
    expect(formatPart(100, 900)).toEqual(["100", "900 bytes"]);
    expect(formatPart(0, 0)).toEqual(["0", "0 bytes"]);
  });

  it("writes the time of day in UTC with milliseconds, over midnight too", () => {
    const base = Date.UTC(2026, 10, 25, 0, 20, 10) / 1000;
    expect(formatClock(base, 229_999_999)).toBe("00:20:10.229");
    expect(formatClock(Date.UTC(2026, 10, 25, 23, 59, 59) / 1000, 1_000_000_000)).toBe("00:00:00.000");
  });
});

describe("boxes around what differs", () => {
  it("boxes the one digit", () => {
    expect(boxDifference("0x0000004E", "0x0000004F")).toEqual([
      { before: "0x0000004", marked: "E", after: "", side: "was" },
      { before: "0x0000004", marked: "F", after: "", side: "now" },
    ]);
  });

  it("boxes from the first to the last differing digit", () => {
    const [was] = boxDifference("0x1200340F", "0x1900380F");
    expect(was).toEqual({ before: "0x1", marked: "20034", after: "0F", side: "was" });
  });

  it("boxes whole items of a list and leaves nothing boxed where they are missing", () => {
    expect(boxDifference("2.0.2, 2.1", "2.0.2, 2.1, 3.0, 3.0.2")).toEqual([
      { before: "2.0.2, 2.1", marked: "", after: "", side: "was" },
      { before: "2.0.2, 2.1, ", marked: "3.0, 3.0.2", after: "", side: "now" },
    ]);
    expect(boxDifference("2.0.2, 3.0.2", "2.0.2, 3.0, 3.0.2")[1]).toEqual({
      before: "2.0.2, ",
      marked: "3.0",
      after: ", 3.0.2",
      side: "now",
    });
  });

  it("puts every value together again", () => {
    for (const [one, other] of [
      ["2.0.2", "2.0.2, 2.1"],
      ["2.1, 2.1", "2.1"],
      ["", "2.1, 3.0"],
      ["aa", "a"],
      ["3.0, 2.1", "2.1, 3.0"],
    ] as const) {
      const together = boxDifference(one, other).map(({ before, marked, after }) => before + marked + after);
      expect(together).toEqual([one, other]);
    }
  });

  it("boxes nothing of equal values", () => {
    expect(boxDifference("same", "same")).toEqual([plainValue("same"), plainValue("same")]);
  });

  it("writes digits of numbers in upper case and leaves words alone", () => {
    expect(upperHex("0x0000004e")).toBe("0x0000004E");
    expect(upperHex("guest abc")).toBe("guest abc");
    expect(hexValue(-1, 8)).toBe("0xFFFFFFFF");
  });
});
