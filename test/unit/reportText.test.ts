import { describe, expect, it } from "vitest";
import { type Analysis, networkNote, RULES, ruleListText, ruleText, toMarkdown, toText } from "../../src/core/index.ts";
import { displayWidth, padColumns, wrapText } from "../../src/core/report/textWidth.ts";
import { readCase } from "../support/caseCapture.ts";

const CASE = "tn_302_resp_caps_clear_dfs.client";

/** An analysis with one connection many times, as a capture of a file server has it. */
function multiplied(analysis: Analysis, count: number): Analysis {
  const { connections } = analysis;
  return {
    ...analysis,
    connections: {
      count,
      get: (index) => ({ ...connections.get(0), id: index + 1, outcome: index === count - 1 ? "failed" : "healthy" }),
      copyOf: () => 0,
      eachSession: () => {},
    },
  };
}

describe("toText", () => {
  it("begins with the file and the verdict", async () => {
    const { analysis } = await readCase(CASE);
    const lines = toText(analysis, { name: "trace.pcap", language: "en" }).split("\n");
    expect(lines[0]).toBe("SMB Lens   trace.pcap   pcap, Ethernet, 18 frames, 12.7 ms, 2026-11-23 00:20:10 UTC");
    expect(lines[2]).toBe("1 connection: 1 failed");
    expect(lines[4]).toBe("ERROR  vni-server-capabilities-differ    192.0.2.10:55222 -> 198.51.100.20:445    proved");
  });

  it("says what was seen, why it matters and what to do, each in its place", async () => {
    const { analysis } = await readCase(CASE);
    const text = toText(analysis, { name: "trace.pcap", language: "en" });
    for (const label of [
      "  What   The NEGOTIATE response [6]",
      "  So     ",
      "  Do     1  ",
      "         2  ",
      "  Open   ",
      "  See    [MS-SMB2] 3.2.5.14.12",
    ])
      expect(text).toContain(`\n${label}`);
    expect(text).toContain("smb-lens rules vni-server-capabilities-differ");
    for (const line of text.split("\n").slice(3, 20)) expect(displayWidth(line)).toBeLessThanOrEqual(118);
  });

  it("speaks Japanese in aligned columns", async () => {
    const { analysis } = await readCase(CASE);
    const text = toText(analysis, { name: "trace.pcap", language: "ja" });
    expect(text).toContain("\n接続 1 件: 失敗 1\n");
    expect(text).toMatch(/\n {2}事実 {3}NEGOTIATE 応答 \[6\]/);
    for (const line of text.split("\n").slice(3, 20)) expect(displayWidth(line)).toBeLessThanOrEqual(118);
  });

  it("lists the worst connections first and counts the healthy ones that it leaves out", async () => {
    const { analysis } = await readCase(CASE);
    const text = toText(multiplied(analysis, 5000), { name: "trace.pcap", language: "en" });
    const [, list = ""] = text.split("\nConnections\n");
    const lines = list.trimEnd().split("\n");
    expect(lines).toHaveLength(201);
    expect(lines[0]).toMatch(/^ {2}failed {3}5000 /);
    expect(lines.at(-1)).toBe("  ... and 4,800 more healthy connections");
    expect(text).toContain("5,000 connections: 1 failed, 4,999 healthy");
  });

  it("says that nothing failed, and that there is no SMB", async () => {
    const healthy = await readCase("ok_311_sig_aes-128-cmac.client");
    expect(toText(healthy.analysis, { name: "a", language: "en" })).toContain("\nNo failed connection. 1 connection: 1 healthy\n");
    const other = await readCase("ok_http_on_445.client");
    expect(toText(other.analysis, { name: "a", language: "en" })).toContain("\nNo SMB in this capture. 1 TCP connection was opened");
  });

  it("tells of damage before the findings, with what to do", async () => {
    const { analysis } = await readCase("dv_trunc_file_respcaps");
    const text = toText(analysis, { name: "a", language: "en" });
    expect(text.indexOf("Note   The file ends inside a record at byte 4,652")).toBeLessThan(text.indexOf("ERROR"));
    expect(text).toContain("copy it again");
  });

  it("shows a hostile name as text", async () => {
    const { analysis } = await readCase(CASE);
    const text = toText(analysis, { name: "x\u001b[31m\u202e.pcap", language: "en" });
    expect(text).toContain("x\\u{1b}[31m\\u{202e}.pcap");
  });
});

describe("toMarkdown", () => {
  it("is a page with the verdict, the evidence as a table and what to do", async () => {
    const { analysis } = await readCase(CASE);
    const page = toMarkdown(analysis, { name: "trace.pcap", language: "en" });
    expect(page).toMatch(/^# SMB Lens: trace\.pcap\n/);
    expect(page).toContain("**1 connection: 1 failed**");
    expect(page).toContain("| 6 | NEGOTIATE response | Capabilities | 0x0000004e | contradicts |");
    expect(page).toContain("| 15 | IOCTL response | Capabilities | 0x0000004f | observed |");
    expect(page).toContain("\n1. Take the device");
    expect(page).toMatch(/\(https:\/\/learn\.microsoft\.com\/[^)]+\)/);
    expect(page.indexOf("Require signing on both ends")).toBeLessThan(page.indexOf("Weakens security"));
  });

  it("lets nothing of a name act as markup", async () => {
    const { analysis } = await readCase(CASE);
    const page = toMarkdown(analysis, {
      name: "[a](javascript:1)<img src=x>|`b` www.evil.example http://evil.example *c*",
      language: "en",
    });
    expect(page.split("\n")[0]).toBe(
      "# SMB Lens: \\[a\\](javascript:1)\\<img src=x\\>\\|\\`b\\` www\\.evil.example http\\://evil.example \\*c\\*",
    );
  });

  it("keeps cells in their columns", async () => {
    const { analysis } = await readCase("ok_nmap_scripts.client");
    const rows = toMarkdown(analysis, { name: "a", language: "ja" })
      .split("\n")
      .filter((line) => line.startsWith("| "));
    expect(rows.length).toBeGreaterThan(14);
    for (const row of rows.slice(-14)) expect(row.replaceAll("\\|", "").split("|")).toHaveLength(9);
  });
});

describe("networkNote", () => {
  it("names both ends, what was seen and what to look for", async () => {
    const { analysis } = await readCase(CASE);
    const [finding] = analysis.findings;
    if (finding === undefined) throw new Error("no finding");
    const note = networkNote(finding, analysis.connections.get(0), "en");
    expect(note).toMatch(/^SMB: 192\.0\.2\.10 -> 198\.51\.100\.20, TCP 445\n/);
    expect(note).toContain("[15]");
    expect(note).toMatch(/Find the device between 192\.0\.2\.10 and 198\.51\.100\.20/);
    expect(note).toMatch(/\[MS-SMB2\] 3\.2\.5\.14\.12 https:/);
    expect(networkNote(finding, analysis.connections.get(0), "ja")).toMatch(/192\.0\.2\.10 と 198\.51\.100\.20 の間で/);
  });
});

describe("the text of rules", () => {
  it("lists every rule, one a line", () => {
    const lines = ruleListText(RULES, "en").split("\n");
    for (const rule of RULES) expect(lines.filter((line) => line.includes(`${rule.id} `))).toHaveLength(1);
  });

  it.each(["en", "ja"] as const)("explains each with its sections and the commands of its remedies (%s)", (language) => {
    for (const rule of RULES) {
      const text = ruleText(rule, language);
      expect(text.startsWith(rule.id)).toBe(true);
      for (const section of rule.sections) expect(text).toContain(section.split(" ").at(-1));
      if (rule.remedies.includes("require-signing")) expect(text).toContain("Set-SmbServerConfiguration -RequireSecuritySignature $true");
      if (rule.remedies.includes("workaround-require-secure-negotiate")) {
        expect(text.lastIndexOf("RequireSecuritySignature")).toBeLessThan(text.indexOf("RequireSecureNegotiate"));
      }
    }
  });
});

describe("wrapText", () => {
  it("breaks at blanks and keeps a section with its document", () => {
    expect(wrapText("one two three", 8)).toEqual(["one two", "three"]);
    expect(wrapText("see [MS-SMB2] 3.2.5.14.12 for it", 20)).toEqual(["see", "[MS-SMB2] 3.2.5.14.12", "for it"]);
  });

  it("breaks between wide characters, never before a closing mark or after an opening one", () => {
    expect(wrapText("あいうえお。かき", 10)).toEqual(["あいうえ", "お。かき"]);
    expect(wrapText("あいう「えお」", 8)).toEqual(["あいう", "「えお」"]);
  });

  it("loses nothing but blanks at the ends of lines", () => {
    const text = "サーバーの NEGOTIATE 応答 [6] が途中で書き換えられたため、クライアントが接続を切断しました ([MS-SMB2] 3.2.5.14.12)。";
    for (let columns = 10; columns < 120; columns += 7) {
      const lines = wrapText(text, columns);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }
  });

  it("keeps a word that is longer than the line whole, and gives one line for no text", () => {
    expect(wrapText("abcdefghij kl", 4)).toEqual(["abcdefghij", "kl"]);
    expect(wrapText("", 10)).toEqual([""]);
  });
});

describe("padColumns", () => {
  it("counts wide characters twice", () => {
    expect(padColumns("対処", 7)).toBe("対処   ");
    expect(padColumns("abc", 2)).toBe("abc");
  });
});
