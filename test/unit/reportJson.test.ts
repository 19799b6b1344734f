import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse, type ByteSource, jsonCapture, memorySource, TOOL, toJson } from "../../src/core/index.ts";
import { jsonText } from "../../src/core/report/jsonText.ts";
import { readCase } from "../support/caseCapture.ts";

const CASE = "tn_302_resp_caps_clear_dfs.client";

async function reportOf(name: string, language: "en" | "ja" = "en") {
  const { analysis } = await readCase(name);
  return JSON.parse(toJson(analysis, { name: `captures/${name}`, language }));
}

describe("toJson", () => {
  it("has the shape of the contract, nothing more", async () => {
    const report = await reportOf(CASE);
    expect(Object.keys(report)).toEqual(["tool", "schema", "captures"]);
    expect(report.tool).toEqual({ name: "smb-lens", version: TOOL.version });
    expect(report.schema).toBe(1);
    const [capture] = report.captures;
    expect(Object.keys(capture)).toEqual(["path", "format", "frames", "interfaces", "issues", "connections", "findings", "incidents"]);
    expect(capture).toMatchObject({
      path: `captures/${CASE}`,
      format: "pcap",
      frames: 18,
      interfaces: [{ linkType: 1, timestampResolution: 1e-6 }],
      issues: [],
    });
  });

  it("tells a connection in the words of the protocol", async () => {
    const [capture] = (await reportOf(CASE)).captures;
    expect(capture.connections).toEqual([
      {
        id: 1,
        client: {
          address: "192.0.2.10",
          port: 55222,
          peer: {
            product: "Samba client (smbclient, libsmbclient)",
            certainty: "likely",
            evidence: [
              { frame: 4, field: "Capabilities", value: "0x0000007f" },
              { frame: 8, field: "Version", value: "6.1.0" },
            ],
          },
        },
        server: {
          address: "198.51.100.20",
          port: 445,
          peer: {
            product: "Samba (smbd)",
            certainty: "likely",
            evidence: [{ frame: 6, field: "ServerGuid", value: "7362616c-7672-0000-0000-000000000000" }],
          },
        },
        firstFrame: 1,
        lastFrame: 17,
        ended: { by: "client", how: "FIN", frame: 16 },
        dialect: "3.0.2",
        negotiate: {
          requestFrame: 4,
          responseFrame: 6,
          clientGuid: "930d91ab-a593-43da-a78d-0982e0e2dda0",
          serverGuid: "7362616c-7672-0000-0000-000000000000",
          clientCapabilities: 0x7f,
          serverCapabilities: 0x4e,
          clientSecurityMode: 1,
          serverSecurityMode: 1,
          clientDialects: ["2.0.2", "2.1", "3.0", "3.0.2"],
        },
        sessions: [
          {
            id: "0x00000000792c8778",
            user: "WORKGROUP\\tester",
            guest: false,
            anonymous: false,
            signed: true,
            encrypted: false,
            status: "STATUS_SUCCESS",
          },
        ],
        validateNegotiate: [
          { requestFrame: 14, responseFrame: 15, status: "STATUS_SUCCESS", requestSigned: true, responseSigned: true, verdict: "fails" },
        ],
        messages: 10,
        story: expect.objectContaining({ rule: "vni-server-capabilities-differ", certainty: "proved", frames: [6, 15, 16] }),
      },
    ]);
  });

  it("tells a finding with its proof, sections and remedies", async () => {
    const [capture] = (await reportOf(CASE)).captures;
    const [finding] = capture.findings;
    expect(finding).toMatchObject({ rule: "vni-server-capabilities-differ", severity: "error", connection: 1, frames: [15], count: 1 });
    expect(finding.evidence).toEqual([
      { frame: 6, field: "Capabilities", value: "0x0000004e", role: "expected" },
      { frame: 15, field: "Capabilities", value: "0x0000004f", role: "observed" },
      { frame: 16, value: "FIN", role: "effect" },
    ]);
    expect(finding.sections[0]).toMatchObject({ document: "MS-SMB2", number: "3.2.5.14.12" });
    expect(finding.sections[0].url).toMatch(/^https:\/\/learn\.microsoft\.com\//);
    expect(finding.remedies.at(-1)).toMatchObject({ id: "workaround-require-secure-negotiate", kind: "workaround" });
    expect(finding.message).toContain("[15]");
    expect(capture.incidents).toEqual([{ rule: finding.rule, findings: [0], connections: [1], count: 1, title: finding.title }]);
  });

  it("gives a reason where it cannot tell, and no user where none signed in by name", async () => {
    const [late] = (await reportOf("dv_mid_after_neg_ok")).captures;
    expect(late.connections[0]).toMatchObject({ dialect: null, negotiate: null });
    expect(late.connections[0].validateNegotiate[0]).toMatchObject({ verdict: "undetermined", reason: "negotiate-missing" });
    const [nmap] = (await reportOf("ok_nmap_scripts.client")).captures;
    expect(nmap.connections[0].sessions).toEqual([]);
  });

  it("speaks Japanese", async () => {
    const [capture] = (await reportOf(CASE, "ja")).captures;
    expect(capture.findings[0].title).toMatch(/書き換えられた/);
    expect(capture.findings[0].remedies[0].title).toMatch(/書き換え/);
  });

  it("says why a file is no capture", async () => {
    const analysis = await analyse(memorySource(new TextEncoder().encode("this is no capture")));
    const [capture] = JSON.parse(toJson(analysis, { name: "note.txt", language: "en" })).captures;
    expect(capture).toMatchObject({ format: null, frames: 0, connections: [], findings: [], incidents: [] });
    expect(capture.issues).toMatchObject([{ kind: "not-a-capture", offset: 0 }]);
    expect(capture.issues[0].message).toContain("74 68 69 73");
  });

  it("says why a file could not be read", async () => {
    const source: ByteSource = {
      size: 0,
      read: () => {
        throw new Error("there is no such file");
      },
    };
    const [capture] = JSON.parse(toJson(await analyse(source), { name: "a.pcap", language: "en" })).captures;
    expect(capture.issues[0].kind).toBe("read-failed");
    expect(capture.issues[0].message).toMatch(/^The file could not be read: there is no such file\./);
  });

  it("comes in pieces that are never larger than one connection or finding", async () => {
    const { analysis } = await readCase("ok_nmap_scripts.client");
    const pieces = [...jsonCapture(analysis, { name: "x", language: "en" })];
    expect(pieces.length).toBeGreaterThan(analysis.connections.count);
    expect(JSON.parse(pieces.join("")).connections).toHaveLength(analysis.connections.count);
  });

  it("keeps hostile text as it is and writes no invisible character", async () => {
    const { analysis } = await readCase(CASE);
    const name = "evil\u202egnp.pcap\u0007\u0085\u2028";
    const text = toJson(analysis, { name, language: "en" });
    for (const invisible of ["\u202e", "\u0007", "\u0085", "\u2028"]) expect(text.includes(invisible)).toBe(false);
    expect(JSON.parse(text).captures[0].path).toBe(name);
  });
});

describe("jsonText", () => {
  it("is JSON of the same value", () => {
    const value = { a: "\u{e0041}\u200b\ud800 日本語 é", b: [1, null, true] };
    const text = jsonText(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toContain("日本語 é");
    expect(text).toContain("\\udb40\\udc41\\u200b");
  });
});

describe("TOOL", () => {
  it("has the version of package.json", () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
    expect(TOOL.version).toBe(manifest.version);
    expect(Object.keys(manifest.bin)).toEqual([TOOL.name]);
  });
});
