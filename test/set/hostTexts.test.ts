import { describe, expect, it } from "vitest";
import { GlobalCapabilities } from "../../src/core/index.ts";
import { textsOf } from "../../src/host/views/textsOf.ts";

/** Arguments that let a text function give its whole text: names, a list of them, numbers. */
const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  titleDiffers: [2, 8, [{ peer: "client", field: "Guid" }]],
  titleFlags: [8, "server", "Capabilities", ["SMB2_GLOBAL_CAP_DFS"], ["SMB2_GLOBAL_CAP_LEASING"], true],
  flagsSet: [["DFS", "LEASING"], 2],
  flagsNotSet: [["DFS"], 0],
  signingNow: ["client", "0x0001"],
  // The message comes in the language of the text.
  fieldIn: ["Flags", "…"],
  left: [20],
  severalFrames: [[6, 8], true],
  count: [3, 10],
  limit: [1, 2000, 5000],
  notShown: [2],
};

/** By path, one list of arguments for each text of a function that has several. */
const VARIANTS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  ".banners.turnedOff": [[["vni-hidden", "signing-not-required"], ".smb-lens.json"]],
  ".messages.exchange": [
    [{ kind: "reauthentication" }],
    [{ kind: "binding" }],
    [{ kind: "reconnect", previousSessionId: "0x0000000000000001" }],
    ...[null, true, false].map((granted) => [{ kind: "durable", granted }]),
    [{ kind: "durable-reconnect", fileId: "0102" }],
  ],
};

function* leaves(value: unknown, path: string): Generator<readonly [string, string]> {
  if (typeof value === "string") yield [path, value];
  else if (typeof value === "function") {
    const name = path.split(".").at(-1) ?? "";
    const variants = VARIANTS[path] ?? [ARGUMENTS[name] ?? ["client", "server", 3, 4]];
    for (const variant of variants) yield [path, String(value(...variant))];
  } else for (const [key, inner] of Object.entries(value as object)) yield* leaves(inner, `${path}.${key}`);
}

const english = [...leaves(textsOf("en"), "")];
const japanese = [...leaves(textsOf("ja"), "")];
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** Texts that are a sign or a wire name in every language. */
const WITHOUT_WORDS = new Set([".language", ".common.none", ".common.comma", ".comparison.errorStatus"]);

describe("texts of the views", () => {
  it("are there in both languages under the same names", () => {
    expect(english.length).toBeGreaterThan(150);
    expect(japanese.map(([path]) => path).sort()).toEqual(english.map(([path]) => path).sort());
  });

  it("are never empty", () => {
    expect([...english, ...japanese].filter(([, text]) => text === "").map(([path]) => path)).toEqual([]);
  });

  it("are in their own language", () => {
    expect(english.filter(([, text]) => JAPANESE.test(text)).map(([path]) => path)).toEqual([]);
    expect(japanese.filter(([path, text]) => !WITHOUT_WORDS.has(path) && !JAPANESE.test(text)).map(([path]) => path)).toEqual([]);
  });

  it("do not shout, beg, or write undefined", () => {
    expect([...english, ...japanese].filter(([, text]) => /!|！|\bplease\b|undefined|NaN/i.test(text)).map(([path]) => path)).toEqual([]);
  });

  it("set Latin words apart in Japanese by a blank", () => {
    const glued = /[A-Za-z0-9][\u3040-\u30ff\u4e00-\u9fff]|[\u3040-\u30ff\u4e00-\u9fff][A-Za-z0-9]/;
    expect(japanese.filter(([, text]) => glued.test(text)).map(([path, text]) => `${path}: ${text}`)).toEqual([]);
  });

  it("explain every capability that has a name", () => {
    for (const language of ["en", "ja"] as const) {
      expect(Object.keys(textsOf(language).comparison.capabilities).sort()).toEqual(
        GlobalCapabilities.list.map(({ short }) => short).sort(),
      );
    }
  });
});
