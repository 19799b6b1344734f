import { beforeAll, describe, expect, it } from "vitest";
import type { TextTrace } from "../../src/core/index.ts";
import { captureBytes, type OpenedSession, openSession } from "../support/openSession.ts";

const CLIENT_SIDE = "tn_302_resp_caps_clear_dfs.client";

describe("a capture whose rules are set otherwise", () => {
  const RULE = "vni-server-capabilities-differ";
  const off = { levels: { [RULE]: "off" }, origin: ".smb-lens.json", trouble: "" } as const;
  let opened: OpenedSession;
  beforeAll(async () => {
    opened = await openSession(captureBytes(CLIENT_SIDE), "en", "a.pcap");
  });

  it("is told anew without being read again, and back", async () => {
    const { session } = opened;
    const told = await session.answer("rules", off);
    expect(told.incidents).toEqual([]);
    expect(told.capture?.list.chips.map(({ id, count }) => [id, count])).toEqual([
      ["all", 1],
      ["failed", 0],
      ["warnings", 0],
      ["unknown", 1],
      ["healthy", 0],
    ]);
    expect(told.capture?.banners).toEqual([
      {
        bold: "1 finding is not shown because of settings",
        text: `Turned off in .smb-lens.json: ${RULE}.`,
        action: { action: "rule-settings", label: "Open the settings" },
      },
    ]);
    expect(told.capture?.announcement).toBe("1 finding is not shown because of settings");
    const again = await session.answer("rules", { levels: {}, origin: "", trouble: "" });
    expect(again.incidents.map(({ rule }) => rule)).toEqual([RULE]);
    expect(again.capture).toEqual(opened.answer.capture);
  });

  it("shows no finding that is off as if nothing were there", async () => {
    const { session } = opened;
    await session.answer("rules", off);
    const view = await session.answer("overview", { connection: 1 });
    expect([view.outcome, view.rule]).toEqual(["unknown", null]);
    expect(view.title).not.toMatch(/No failed|No problem/);
    expect(view.others[0]).toEqual({
      rule: RULE,
      outcome: "unknown",
      title: "Not shown because of settings: server Capabilities differ",
      frame: 0,
    });
    const trace = (await session.answer("trace", { connection: 0 })) as TextTrace;
    expect(trace.problems).toEqual([]);
    expect(trace.text).toContain(`1 finding is not shown because of settings (.smb-lens.json): ${RULE}.`);
    expect(trace.text).not.toContain("No failed connection");
    for (const format of ["text", "markdown"] as const) {
      const { text } = await session.answer("export", { format });
      expect(text.replaceAll("\\", "")).toContain("1 finding is not shown because of settings (.smb-lens.json)");
    }
    const { text } = await session.answer("export", { format: "json" });
    expect(JSON.parse(text).captures[0].suppressed).toEqual([{ rule: RULE, findings: 1 }]);
  });

  it("has the severity of the settings everywhere", async () => {
    const { session } = opened;
    const told = await session.answer("rules", { levels: { [RULE]: "warning" }, origin: "smbLens.rules", trouble: "" });
    expect(told.incidents.map(({ severity }) => severity)).toEqual(["warning"]);
    expect((await session.answer("overview", { connection: 1 })).outcome).toBe("warning");
    const { problems } = (await session.answer("trace", { connection: 1 })) as TextTrace;
    expect(problems.map(({ severity }) => severity)).toEqual(["warning"]);
  });

  it("says which settings file cannot be used", async () => {
    const told = await opened.session.answer("rules", { levels: {}, origin: "", trouble: ".smb-lens.json: It is no JSON." });
    expect(told.capture?.banners[0]).toMatchObject({
      bold: "The settings file cannot be used: it turns nothing off",
      text: ".smb-lens.json: It is no JSON.",
    });
  });

  it("is read with its settings from the beginning", async () => {
    const bytes = captureBytes(CLIENT_SIDE);
    const { session, progress } = await openSession(new Uint8Array());
    const answer = await session.answer("open", { path: null, bytes, name: "a.pcap", language: "en", ports: [], rules: off });
    expect(answer.incidents).toEqual([]);
    expect(progress.flatMap(({ found }) => found.map(({ outcome }) => outcome))).not.toContain("failed");
  });
});
