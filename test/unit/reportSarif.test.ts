import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { analyse, memorySource, sarifEnd, sarifRun, sarifStart, toSarif } from "../../src/core/index.ts";
import { artifactUri } from "../../src/core/report/toSarif.ts";
import { caseNames, readCase } from "../support/caseCapture.ts";

const CASE = "tn_302_resp_caps_clear_dfs.client";
const package_ = dirname(createRequire(import.meta.url).resolve("@microsoft/jest-sarif/package.json"));
const schema = JSON.parse(readFileSync(join(package_, "lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));

let validate: ReturnType<Ajv["compile"]>;

beforeAll(() => {
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(ajv);
  validate = ajv.compile(schema);
});

function expectValid(text: string): void {
  const log = JSON.parse(text);
  const isValid = validate(log);
  expect(validate.errors ?? []).toEqual([]);
  expect(isValid).toBe(true);
}

describe("the schema", () => {
  it("refuses what is no SARIF", () => {
    expect(validate({ version: "2.1.0", runs: [{ tool: {} }] })).toBe(false);
  });
});

describe("toSarif", () => {
  it.each(caseNames)("keeps to the published schema of SARIF 2.1.0: %s", async (name) => {
    const { analysis } = await readCase(name);
    expectValid(toSarif(analysis, { name: `/captures/${name}.pcap`, language: "en" }));
  });

  it("keeps to it for a file that is no capture, and says so", async () => {
    const analysis = await analyse(memorySource(new Uint8Array([1, 2, 3, 4])));
    const text = toSarif(analysis, { name: "x.bin", language: "ja" });
    expectValid(text);
    const [invocation] = JSON.parse(text).runs[0].invocations;
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications[0].message.text).toContain("ネットワーク キャプチャではありません");
  });

  it("keeps to it for several captures in one log", async () => {
    const one = await readCase(CASE);
    const other = await readCase("ok_302_default.client");
    const runs = [one, other].map(({ analysis }, index) => [...sarifRun(analysis, { name: `${index}.pcap`, language: "en" })].join(""));
    const text = sarifStart() + runs.join(",\n") + sarifEnd();
    expectValid(text);
    expect(JSON.parse(text).runs).toHaveLength(2);
  });

  it("places a result on the capture, with frame and connection, and each piece of evidence beside it", async () => {
    const { analysis } = await readCase(CASE);
    const [run] = JSON.parse(toSarif(analysis, { name: "a b#c.pcap", language: "en" })).runs;
    const [result] = run.results;
    expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({ id: result.ruleId, defaultConfiguration: { level: "error" } });
    expect(run.tool.driver.rules[0].helpUri).toMatch(/^https:\/\/learn\.microsoft\.com\//);
    expect(result).toMatchObject({ ruleId: "vni-server-capabilities-differ", level: "error" });
    expect(result.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: "a%20b%23c.pcap", index: 0 } }, properties: { frame: 15, connection: 1 } },
    ]);
    expect(result.relatedLocations.map(({ properties }: { properties: unknown }) => properties)).toEqual([
      { frame: 6, role: "expected" },
      { frame: 15, role: "observed" },
      { frame: 16, role: "effect" },
    ]);
    expect(result.partialFingerprints).toEqual({
      "smbLens/v1": "vni-server-capabilities-differ|192.0.2.10|198.51.100.20:445|0x0000004e|0x0000004f",
    });
  });
});

describe("artifactUri", () => {
  it.each([
    ["/a/b c.pcap", "file:///a/b%20c.pcap"],
    ["C:\\x\\y.pcap", "file:///C:/x/y.pcap"],
    ["\\\\server\\share\\y.pcap", "file://server/share/y.pcap"],
    ["dir/z?.pcap", "dir/z%3F.pcap"],
    ["a:b.pcap", "./a:b.pcap"],
    ["\ud800.pcap", "%EF%BF%BD.pcap"],
  ])("%s", (path, uri) => {
    expect(artifactUri(path)).toBe(uri);
  });
});
