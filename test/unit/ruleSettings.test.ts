import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { toJson } from "../../src/core/report/toJson.ts";
import { toMarkdown } from "../../src/core/report/toMarkdown.ts";
import { toSarif } from "../../src/core/report/toSarif.ts";
import { toText } from "../../src/core/report/toText.ts";
import type { ConnectionDetail } from "../../src/core/rules/analysis.ts";
import { connectionOutcome } from "../../src/core/rules/connectionOutcome.ts";
import { RULES } from "../../src/core/rules/list.ts";
import {
  applyRuleSettings,
  applyRuleSettingsToDetail,
  connectionUnder,
  FINDINGS_OFF,
  findingUnder,
  RULE_LEVELS,
  type RuleSettings,
} from "../../src/core/rules/ruleSettings.ts";
import { validationVerdicts } from "../../src/core/rules/validateComparison.ts";
import { type Analysed, analyseBytes } from "../support/analyseBytes.ts";
import { captureOf, caseNames, putTogether, takeApart } from "../support/capturesOnDisk.ts";

const SIGNING = "signing-not-required";
const CHANGED = "vni-server-capabilities-differ";

/** One capture of several, one behind the other; a connection each. */
async function joined(...names: readonly string[]): Promise<Uint8Array> {
  const parts = await Promise.all(names.map((name) => takeApart(captureOf(name))));
  const frames = parts.flatMap(({ frames: own }, part) => own.map((frame) => ({ ...frame, interfaceId: part })));
  return putTogether(
    frames,
    parts.flatMap(({ linkTypes }) => linkTypes.slice(0, 1)),
  );
}

describe("a connection that failed and one that is not signed", () => {
  let read: Analysed;
  beforeAll(async () => {
    read = await analyseBytes(await joined("ok_302_default.client", "tn_302_resp_caps_clear_dfs.client"));
  });

  const outcomes = (settings: RuleSettings) => {
    const { connections } = applyRuleSettings(read.analysis, settings);
    return Array.from({ length: connections.count }, (_, index) => {
      const { outcome, decidedBy, reason } = connections.get(index);
      expect(connections.outcome?.(index)).toBe(outcome);
      return [outcome, decidedBy, outcome === "unknown" ? reason : null];
    });
  };

  it("come out as they do without settings", () => {
    expect(outcomes({})).toEqual([
      ["warning", SIGNING, null],
      ["failed", CHANGED, null],
    ]);
  });

  it("are the same analysis where the settings change nothing", () => {
    expect(applyRuleSettings(read.analysis, {})).toBe(read.analysis);
    expect(applyRuleSettings(read.analysis, { [SIGNING]: "warning", "vni-hidden": "off" })).toBe(read.analysis);
  });

  it("are never healthy for what is turned off", () => {
    expect(outcomes({ [SIGNING]: "off", [CHANGED]: "off" })).toEqual([
      ["unknown", null, FINDINGS_OFF],
      ["unknown", null, FINDINGS_OFF],
    ]);
  });

  it("are what the validation says where a finding is made an information", () => {
    expect(outcomes({ [SIGNING]: "information", [CHANGED]: "warning" })).toEqual([
      ["validated", null, null],
      ["warning", CHANGED, null],
    ]);
  });

  it("move the findings that are off apart, and number the others anew", () => {
    const { findings, incidents, suppressed } = applyRuleSettings(read.analysis, { [CHANGED]: "off" });
    expect(findings.map(({ rule }) => rule)).toEqual([SIGNING]);
    expect(incidents).toMatchObject([{ rule: SIGNING, findings: [0], connections: [1] }]);
    expect(suppressed?.findings.map(({ rule, severity }) => [rule, severity])).toEqual([[CHANGED, "error"]]);
    expect(suppressed?.incidents).toMatchObject([{ rule: CHANGED, severity: "error", findings: [0], connections: [2] }]);
  });

  it("order the incidents by their new severities, and within one by their frames", () => {
    const rules = (settings: RuleSettings) =>
      applyRuleSettings(read.analysis, settings).incidents.map(({ rule, severity }) => [rule, severity]);
    expect(rules({ [SIGNING]: "error", [CHANGED]: "information" })).toEqual([
      [SIGNING, "error"],
      [CHANGED, "information"],
    ]);
    expect(rules({ [SIGNING]: "error" })).toEqual([
      [SIGNING, "error"],
      [CHANGED, "error"],
    ]);
  });

  it("leave what was read as it is", () => {
    const before = JSON.stringify([read.analysis.findings, read.analysis.incidents]);
    applyRuleSettings(read.analysis, { [SIGNING]: "error", [CHANGED]: "off" });
    expect(JSON.stringify([read.analysis.findings, read.analysis.incidents])).toBe(before);
  });

  it("say in every report how many findings are not shown", () => {
    const analysis = applyRuleSettings(read.analysis, { [CHANGED]: "off" });
    const subject = { name: "a.pcap", language: "en", settings: "/captures/.smb-lens.json" } as const;
    const said = `1 finding is not shown because of settings (/captures/.smb-lens.json): ${CHANGED}.`;
    expect(toText(analysis, subject).replace(/\s+/g, " ")).toContain(said);
    expect(toMarkdown(analysis, subject).replaceAll("\\", "")).toContain(said);
    expect(toText(analysis, { ...subject, language: "ja" }).replace(/\s+/g, "")).toContain(
      `設定(/captures/.smb-lens.json)により、検出1件を表示していません:${CHANGED}。`,
    );
    expect(JSON.parse(toJson(analysis, subject)).captures[0].suppressed).toEqual([{ rule: CHANGED, findings: 1 }]);
    expect(JSON.parse(toJson(read.analysis, subject)).captures[0]).not.toHaveProperty("suppressed");
  });

  it("are no longer said to hold no failure where one is off", () => {
    const subject = { name: "a.pcap", language: "en" } as const;
    expect(toText(applyRuleSettings(read.analysis, { [CHANGED]: "warning" }), subject)).toContain("No failed connection");
    for (const report of [toText, toMarkdown]) {
      expect(report(applyRuleSettings(read.analysis, { [CHANGED]: "off" }), subject)).not.toContain("No failed connection");
    }
  });

  it("are marked as suppressed in SARIF, with the severity of the settings for the rest", () => {
    const analysis = applyRuleSettings(read.analysis, { [CHANGED]: "off", [SIGNING]: "error" });
    const [run] = JSON.parse(toSarif(analysis, { name: "a.pcap", language: "en" })).runs;
    expect(run.results.map(({ ruleId, level, suppressions }: Record<string, unknown>) => [ruleId, level, suppressions])).toEqual([
      [SIGNING, "error", undefined],
      [CHANGED, "error", [{ kind: "external", status: "accepted" }]],
    ]);
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  it("are told so one by one", () => {
    const detail = read.details[1];
    if (detail === undefined) throw new Error("no connection");
    const told = applyRuleSettingsToDetail(detail, { [CHANGED]: "off" });
    expect([told.findings, told.suppressed?.map(({ rule }) => rule)]).toEqual([[], [CHANGED]]);
    expect(applyRuleSettingsToDetail(detail, { [CHANGED]: "warning" }).findings).toMatchObject([{ rule: CHANGED, severity: "warning" }]);
    expect(applyRuleSettingsToDetail(detail, { [SIGNING]: "off" })).toBe(detail);
  });

  it("are told so while the capture is still read", () => {
    const connection = read.analysis.connections.get(1);
    const told = (settings: RuleSettings) => connectionUnder(connection, settings).outcome;
    expect([told({}), told({ [CHANGED]: "warning" }), told({ [CHANGED]: "off" }), told({ [CHANGED]: "information" })]).toEqual([
      "failed",
      "warning",
      "unknown",
      "healthy",
    ]);
  });
});

describe("settings over every case", () => {
  let all: readonly (readonly [name: string, Analysed])[];
  beforeAll(async () => {
    all = await Promise.all(caseNames.map(async (name) => [name, await analyseBytes(captureOf(name))] as const));
  });

  /** What the rules of the list say of the outcome when each finding has its level. */
  function expected({ findings, verdicts, facts }: ConnectionDetail, settings: RuleSettings) {
    const told = findings.flatMap((finding) => findingUnder(finding, settings) ?? []);
    const hidden = findings.some((finding) => finding.severity !== "information" && findingUnder(finding, settings) === undefined);
    const { outcome, decidedBy } = connectionOutcome(told, verdicts, validationVerdicts(facts), facts);
    const isFound = outcome === "failed" || outcome === "warning";
    return hidden && !isFound ? ["unknown", null] : [outcome, decidedBy];
  }

  it("give each connection the outcome that its findings have then", () => {
    const level = fc.constantFrom(...RULE_LEVELS);
    const settings = fc.dictionary(fc.constantFrom(...RULES.map(({ id }) => id)), level, { maxKeys: RULES.length });
    fc.assert(
      fc.property(settings, (chosen) => {
        for (const [name, { analysis, details }] of all) {
          const { connections } = applyRuleSettings(analysis, chosen);
          for (const detail of details) {
            const { outcome, decidedBy } = connections.get(detail.connection.id - 1);
            expect([outcome, decidedBy], name).toEqual(expected(detail, chosen));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("lose no finding", () => {
    const off = Object.fromEntries(RULES.map(({ id }) => [id, "off" as const]));
    for (const [name, { analysis }] of all) {
      const { findings, incidents, suppressed } = applyRuleSettings(analysis, off);
      expect([findings, incidents], name).toEqual([[], []]);
      expect(suppressed?.findings ?? [], name).toEqual(
        analysis.incidents.flatMap((incident) => incident.findings.map((index) => analysis.findings[index])),
      );
    }
  });
});
