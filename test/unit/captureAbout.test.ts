import { describe, expect, test } from "vitest";
import { NoteCollector } from "../../src/core/capture/captureNotes.ts";
import { captureAbout } from "../../src/core/report/captureAbout.ts";
import { toJson } from "../../src/core/report/toJson.ts";
import { toText } from "../../src/core/report/toText.ts";
import { toTextTrace } from "../../src/core/report/toTextTrace.ts";
import { captureView } from "../../src/host/views/captureView.ts";
import { textsOf } from "../../src/host/views/textsOf.ts";
import { analyseBytes } from "../support/analyseBytes.ts";
import { conversation } from "../support/conversation.ts";
import { emptyCapture } from "../support/handMadeCapture.ts";

function allNotes(): NoteCollector {
  const notes = new NoteCollector();
  notes.program = "Dumpcap";
  notes.system = "Linux 6.1";
  notes.hardware = "VM";
  notes.localTime = true;
  notes.comment("section", 1, "of  the\nfile");
  notes.comment("frame", 12_345, "evil \u202e<b>");
  notes.comment("interface", 0, "LAN");
  notes.name("c0000207", "nas.example");
  notes.name("20010db8000000000000000000000001", "six");
  notes.secret(0x544c534b, new Uint8Array(5));
  notes.secret(0x99, new Uint8Array(3));
  notes.entry(3, "MESSAGE=x");
  notes.process({ path: "C:\\smb.exe", id: 4, localPort: 1, remotePort: 445, localAddress: "", remoteAddress: "" });
  notes.droppedInAll(0, 1234);
  return notes;
}

describe("what a capture says of itself", () => {
  test("in both languages, escaped", () => {
    const capture = emptyCapture({ notes: allNotes() });
    const rows = Object.fromEntries(captureAbout(capture, "en").map(({ label, values }) => [label, values]));
    expect(rows).toEqual({
      Program: ["Dumpcap"],
      System: ["Linux 6.1"],
      Hardware: ["VM"],
      Comments: ["of the file", "frame 12,345: evil \\u{202e}<b>", "interface 0: LAN"],
      "Not captured": ["1,234 frames, as the capturing program counted"],
      Times: [expect.stringContaining("local times")],
      Names: ["192.0.2.7 nas.example", "2001:db8::1 six"],
      Keys: [expect.stringContaining("TLS key log (1)"), expect.stringContaining("0x00000099 (1)")],
      Events: ["1 journal entry between the frames"],
      Processes: ["C:\\smb.exe (4)"],
    });
    for (const { label } of captureAbout(capture, "ja")) expect(label).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
    expect(captureAbout(capture, "ja")).toHaveLength(10);
  });

  test("bounded, however much it says", () => {
    const notes = new NoteCollector();
    for (let frame = 1; frame <= 3000; frame++) notes.comment("frame", frame, `${"😀".repeat(300)}${frame}`);
    const [row] = captureAbout(emptyCapture({ notes }), "en");
    expect(row?.values).toHaveLength(9);
    expect(row?.values.at(-1)).toBe("and 2,992 more");
    expect(row?.values[0]?.length).toBeLessThan(260);
    expect(row?.values[0]).toMatch(/😀…$/u);
  });

  test("stands in the text report, the text trace, JSON and the page; nothing where it says nothing", async () => {
    const { analysis, details } = await analyseBytes(conversation().negotiate().pcap());
    const subject = { name: "a.pcap", language: "en" } as const;
    const withNotes = { ...analysis, capture: { ...analysis.capture, notes: allNotes() } };
    const noRules = { levels: {}, origin: "", trouble: "" };
    const view = (capture: typeof analysis.capture) =>
      captureView(
        "a",
        { ...analysis, capture },
        noRules,
        { all: 1, failed: 0, warnings: 0, unknown: 1, healthy: 0 },
        { id: 1, proved: false },
        textsOf("en"),
      );
    for (const text of [toText(withNotes, subject), toTextTrace(withNotes, details, { ...subject, connection: 0 }).text]) {
      expect(text).toContain("\nAbout this capture\n  Program       Dumpcap\n");
      expect(text).toContain("\n                frame 12,345: evil \\u{202e}<b>\n");
    }
    expect(JSON.parse(toJson(withNotes, subject)).captures[0].notes).toMatchObject({
      program: "Dumpcap",
      comments: [{}, { about: "frame", number: 12_345 }, {}],
      names: [{ address: "192.0.2.7", name: "nas.example" }, {}],
      secrets: [{ type: "0x544c534b", length: 5 }, {}],
      dropped: 1234,
      localTime: true,
    });
    expect(view(withNotes.capture).about.map(({ label }) => label)).toContain("Program");
    expect(toText(analysis, subject)).not.toContain("About this capture");
    expect(toJson(analysis, subject)).not.toContain('"notes"');
    expect(view(analysis.capture).about).toEqual([]);
  });
});
