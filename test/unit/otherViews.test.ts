import { describe, expect, it } from "vitest";
import { analyseBytes } from "../support/analyseBytes.ts";
import { pcapFile } from "../support/captureBuilder.ts";
import { captureOf, putTogether, takeApart } from "../support/capturesOnDisk.ts";
import { be16, be32, concat } from "../support/encode.ts";
import type { Frame } from "../support/encodeFrame.ts";
import { bytesOf, ruleCaptures } from "../support/ruleCaptures.ts";
import { sideOf } from "../support/sidesOnDisk.ts";

const RULE = "path-negotiate-altered";
const TAMPERED = "ln_302_twoif_tampered.router";
const FIELD = "NegotiateContextList[0].Salt";

/** Both sides of a session whose client's salt was changed, the client's on interface 0, the server's on 1. */
async function bothSides(): Promise<readonly Frame[]> {
  const [client, server] = [await takeApart(sideOf("tp_311_req_salt", "client")), await takeApart(sideOf("tp_311_req_salt", "server"))];
  return [...client.frames, ...server.frames.map((frame) => ({ ...frame, interfaceId: 1 }))];
}

/** As a capture on both interfaces at once holds them. */
async function inOrder(): Promise<readonly Frame[]> {
  return (await bothSides()).toSorted((one, other) => one.time - other.time);
}

/** As tcpdump on "any" writes an Ethernet frame (LINKTYPE_LINUX_SLL2): the interface of the machine stands in the frame. */
function anyFrame({ bytes, time, interfaceId = 0 }: Frame): Frame {
  const header = concat(be16(0x0800), be16(0), be32(interfaceId + 2), be16(1), new Uint8Array([0, 6, 2, 0, 0, 0, 0, 1, 0, 0]));
  return { bytes: concat(header, bytes.subarray(14)), time };
}

async function alteredIn(capture: Uint8Array) {
  const { analysis, details } = await analyseBytes(capture);
  const findings = analysis.findings.filter(({ rule }) => rule === RULE);
  // Both passes say the same.
  expect(details.flatMap((detail) => detail.findings.filter(({ rule }) => rule === RULE))).toEqual(findings);
  return { analysis, findings };
}

describe("one connection at two points of a capture", () => {
  it.each([
    ["interface by interface", async () => putTogether(await bothSides(), [1, 1]), "#1", "#0", 18, 4],
    ["in the order of time", async () => putTogether(await inOrder(), [1, 1]), "#1", "#0", 9, 4],
    ["on any interface of the machine", async () => pcapFile((await inOrder()).map(anyFrame), { linkType: 276 }), "#0:3", "#0:2", 9, 4],
  ])("shows what was changed between them, %s", async (_, capture, point, otherPoint, frame, otherFrame) => {
    const { analysis, findings } = await alteredIn(await capture());
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: "error",
      certainty: "proved",
      frames: [frame],
      data: { point, otherPoint, arrived: true, response: false, fields: [FIELD] },
      evidence: [
        { frame, field: FIELD, role: "observed", value: expect.stringMatching(/ad$/) },
        { frame: otherFrame, field: FIELD, role: "expected", value: expect.stringMatching(/52$/) },
      ],
    });
    expect(analysis.connections.count).toBe(2);
    expect(analysis.incidents.find(({ rule }) => rule === RULE)?.connections).toEqual([findings[0]?.connection]);
    expect(analysis.connections.get((findings[0]?.connection ?? 0) - 1).outcome).toBe("failed");
  });

  it("is no second finding where the signed validation proves the same change", async () => {
    const { analysis, findings } = await alteredIn(captureOf(TAMPERED));
    expect(findings).toEqual([]);
    expect(analysis.findings.map(({ rule }) => rule)).toContain("vni-server-capabilities-differ");
    expect(analysis.otherViews?.get(1)).toMatchObject({
      point: "rc",
      otherPoint: "rs",
      altered: [{ field: "Capabilities", frame: 6, otherFrame: 28, value: "0x0000004b", otherValue: "0x0000004f" }],
    });
  });

  it("is compared, and found the same, where only a packet is missing at one of them", async () => {
    const { analysis, findings } = await alteredIn(await bytesOf(ruleCaptures[RULE]?.silent ?? ""));
    expect(findings).toEqual([]);
    expect([...(analysis.otherViews?.values() ?? [])]).toMatchObject([
      { altered: [], incomparable: null },
      { altered: [], incomparable: null },
    ]);
  });

  it("never shows more when the capture holds less", async () => {
    const frames = await inOrder();
    for (let end = 1; end < frames.length; end++) {
      for (const part of [frames.slice(0, end), frames.slice(end), frames.toSpliced(end - 1, 1)]) {
        const { findings } = await alteredIn(putTogether(part, [1, 1]));
        for (const { data } of findings) expect(data["fields"]).toEqual([FIELD]);
        expect(findings.length).toBeLessThanOrEqual(1);
      }
    }
  });

  it("is two connections where neither client nor server is the same", async () => {
    const [healthy, other] = [await takeApart(captureOf("ok_302_default.client")), await takeApart(captureOf("tn_302_resp_guid.client"))];
    const port = healthy.frames[0]?.bytes.slice(34, 36) ?? new Uint8Array(2);
    const begin = (healthy.frames[0]?.time ?? 0) - (other.frames[0]?.time ?? 0);
    const readdressed = other.frames.map((frame) => {
      const bytes = frame.bytes.slice();
      bytes.set(port, bytes[26] === 192 ? 34 : 36);
      return { ...frame, bytes, time: frame.time + begin, interfaceId: 1 };
    });
    const { analysis, findings } = await alteredIn(putTogether([...healthy.frames, ...readdressed], [1, 1]));
    expect(analysis.connections.count).toBe(2);
    expect(analysis.otherViews?.size).toBe(0);
    expect(findings).toEqual([]);
  });
});
