import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { levelsFor, parseSettingsFile, SettingsFileError, turnOffIn } from "../../src/host/settingsFile.ts";

const RULE = "signing-not-required";
const OTHER = "vni-hidden";

describe("the settings file", () => {
  it("says one thing for all captures and another for a single one", () => {
    const file = parseSettingsFile(
      `\ufeff{ "$schema": "x", "rules": { "${RULE}": "off", "${OTHER}": "error" }, "captures": { "a/b.pcap": { "rules": { "${RULE}": "warning" } } } }`,
      "en",
    );
    expect(levelsFor(file, "a/b.pcap")).toEqual({ [RULE]: "warning", [OTHER]: "error" });
    expect(levelsFor(file, "b.pcap")).toEqual({ [RULE]: "off", [OTHER]: "error" });
    expect(file.unknown).toEqual([]);
  });

  it("names what is not known and passes it over", () => {
    const file = parseSettingsFile(
      `{ "rule": {}, "rules": { "no-such-rule": "off", "toString": "off" }, "captures": { "a.pcap": { "level": 1 } } }`,
      "en",
    );
    expect(file.unknown).toEqual(["captures.a.pcap.level", "rules.no-such-rule", "rules.toString", "rule"]);
    expect(levelsFor(file, "a.pcap")).toEqual({});
  });

  it.each([
    ["", /JSON/],
    ["{", /JSON/],
    ["[]", /object/],
    ["null", /object/],
    ['{ "rules": [] }', /rules is an object/],
    ['{ "rules": null }', /rules is an object/],
    [`{ "rules": { "${RULE}": "of" } }`, /is one of off, information, warning, error/],
    [`{ "rules": { "${RULE}": { "level": "off" } } }`, /is one of/],
    ['{ "captures": "a" }', /captures is an object/],
    ['{ "captures": { "a": [] } }', /captures\.a is an object/],
  ])("refuses %s and says why", (text, reason) => {
    expect(() => parseSettingsFile(text, "en")).toThrow(SettingsFileError);
    expect(() => parseSettingsFile(text, "en")).toThrow(reason);
    expect(() => parseSettingsFile(text, "ja")).toThrow(/。$/);
  });

  it("never takes a name for more than a name", () => {
    const file = parseSettingsFile('{ "captures": { "__proto__": { "rules": {} } }, "__proto__": { "rules": {} } }', "en");
    expect(levelsFor(file, "constructor")).toEqual({});
    expect(file.unknown).toEqual(["__proto__"]);
  });

  it("throws nothing but its own error, whatever the file holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseSettingsFile(text, "en");
        } catch (error) {
          expect(error).toBeInstanceOf(SettingsFileError);
        }
      }),
    );
  });
});

describe("turning a rule off for one capture", () => {
  it("begins a file", () => {
    expect(JSON.parse(turnOffIn(null, "a.pcap", RULE, "en"))).toEqual({ captures: { "a.pcap": { rules: { [RULE]: "off" } } } });
  });

  it("leaves everything else as it is", () => {
    const before = {
      rules: { [OTHER]: "error" },
      later: [1],
      captures: { "b.pcap": { rules: { [RULE]: "off" } }, "a.pcap": { rules: { [OTHER]: "off" } } },
    };
    const after = JSON.parse(turnOffIn(JSON.stringify(before), "a.pcap", RULE, "en"));
    expect(after).toEqual({
      ...before,
      captures: { ...before.captures, "a.pcap": { rules: { [OTHER]: "off", [RULE]: "off" } } },
    });
  });

  it("does it for a capture of any name", () => {
    for (const name of ["__proto__", "constructor", "a/b c.pcap", "日本.pcapng"]) {
      const text = turnOffIn(turnOffIn(null, name, RULE, "en"), name, OTHER, "en");
      expect(levelsFor(parseSettingsFile(text, "en"), name)).toEqual({ [RULE]: "off", [OTHER]: "off" });
    }
  });

  it("does not write over a file that it cannot read", () => {
    expect(() => turnOffIn("{ // comment\n}", "a.pcap", RULE, "en")).toThrow(SettingsFileError);
  });
});
