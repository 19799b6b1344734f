import { describe, expect, it } from "vitest";
import { type Issue, type IssueKind, issueSentence, issueText } from "../../src/core/index.ts";

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const CAPTURE = { frames: 16, bytesRead: 3188, size: 6376 };

const ISSUES: Readonly<Record<IssueKind, Issue>> = {
  "file-cut": { kind: "file-cut", frame: 16, offset: 3188, data: { have: 12, need: 60 } },
  "bad-record": { kind: "bad-record", frame: 16, offset: 3188, data: { length: 4_000_000_000 } },
  "bad-block": { kind: "bad-block", frame: 16, offset: 3188, data: { length: 3 } },
  "bytes-skipped": { kind: "bytes-skipped", frame: 16, offset: 3188, data: { bytes: 52, places: 3 } },
  "another-capture": { kind: "another-capture", frame: 16, offset: 3188, data: { format: "netmon-2" } },
  "zeros-at-end": { kind: "zeros-at-end", frame: 16, offset: 3188, data: { bytes: 4096 } },
  "wrong-block-length": { kind: "wrong-block-length", data: { blocks: 7 } },
  "interface-missing": { kind: "interface-missing", data: { frames: 1200 } },
  "frames-dropped": { kind: "frames-dropped", data: { frames: 1234 } },
  "link-type-unsupported": { kind: "link-type-unsupported", data: { linkType: 127, frames: 1200 } },
  "encrypted-frames": { kind: "encrypted-frames", data: { layer: "802.11", frames: 1200 } },
  "fragments-incomplete": { kind: "fragments-incomplete", data: { datagrams: 1200 } },
  "snap-length": { kind: "snap-length", data: { snapLength: 128, frames: 42 } },
  "unsupported-format": { kind: "unsupported-format", offset: 0, data: { format: "gzip" } },
  "empty-file": { kind: "empty-file", offset: 0 },
  "not-a-capture": { kind: "not-a-capture", offset: 0, data: { magic: "7f454c46" } },
  "read-failed": { kind: "read-failed", offset: 3188, data: { reason: "EIO" } },
  "internal-error": { kind: "internal-error", frame: 16, offset: 3188, data: { reason: "Invalid array length" } },
  cancelled: { kind: "cancelled", frame: 16, offset: 3188 },
  "table-full": { kind: "table-full", data: { table: "connections", limit: 1_000_000 } },
  "connections-ended-early": { kind: "connections-ended-early", data: { connections: 1200, limit: 32_768 } },
  "holes-given-up": { kind: "holes-given-up", data: { streams: 1200, limit: 64 } },
  "file-changed": { kind: "file-changed", offset: 3188 },
  "packed-cut": { kind: "packed-cut", frame: 16, offset: 3188, data: { format: "gzip" } },
  "packed-damaged": { kind: "packed-damaged", frame: 16, offset: 3188, data: { format: "zstd", reason: "checksum" } },
  "packed-trailing": { kind: "packed-trailing", frame: 16, offset: 3188, data: { format: "gzip", bytes: 12 } },
  "packed-limit": { kind: "packed-limit", frame: 16, offset: 3188, data: { format: "gzip", reason: "ratio" } },
  "packed-unsupported": { kind: "packed-unsupported", frame: 0, offset: 3188, data: { format: "zstd", reason: "window" } },
  "packed-twice": { kind: "packed-twice", offset: 0, data: { outer: "gzip", inner: "xz" } },
};

/** What each sentence must name: where it happened, or what was found there. */
const NAMED: Readonly<Record<IssueKind, string>> = {
  "file-cut": "3,188",
  "bad-record": "3,188",
  "bad-block": "3,188",
  "bytes-skipped": "3,188",
  "another-capture": "netmon-2",
  "zeros-at-end": "4,096",
  "wrong-block-length": "7",
  "interface-missing": "1,200",
  "frames-dropped": "1,234",
  "link-type-unsupported": "802.11 radiotap",
  "encrypted-frames": "Wi-Fi (802.11)",
  "fragments-incomplete": "1,200",
  "snap-length": "128",
  "unsupported-format": "gzip",
  "empty-file": "",
  "not-a-capture": "7f 45 4c 46",
  "read-failed": "EIO",
  "internal-error": "16",
  cancelled: "50%",
  "table-full": "1,000,000",
  "connections-ended-early": "1,200",
  "holes-given-up": "1,200",
  "file-changed": "3,188",
  "packed-cut": "3,188",
  "packed-damaged": "3,188",
  "packed-trailing": "12",
  "packed-limit": "3,188",
  "packed-unsupported": "3,188",
  "packed-twice": "xz",
};

describe.each(Object.values(ISSUES).map((issue) => [issue.kind, issue] as const))("%s", (kind, issue) => {
  it("says in both languages what happened where, and what to do", () => {
    const english = issueText(issue, CAPTURE, "en");
    const japanese = issueText(issue, CAPTURE, "ja");
    for (const text of [english.what, english.todo]) {
      expect(text).not.toMatch(JAPANESE);
      expect(text).not.toBe("");
    }
    for (const text of [japanese.what, japanese.todo]) expect(text).toMatch(JAPANESE);
    expect(english.what).toContain(NAMED[kind]);
    expect(japanese.what).toContain(NAMED[kind]);
    for (const text of [english.what, english.todo, japanese.what, japanese.todo]) expect(text).not.toMatch(/undefined|NaN|null/);
  });
});

describe("issueText", () => {
  it("says how a file of another format is converted", () => {
    const todo = (format: string) => issueText({ kind: "unsupported-format", data: { format } }, CAPTURE, "en").todo;
    expect(todo("gzip")).toContain("gzip -dk");
    expect(todo("etl")).toContain("pktmon etl2pcap");
    expect(todo("nettl")).toContain("editcap");
    expect(todo("message-analyzer")).toContain(".etl");
    expect(todo("pcap-navtel")).toContain("new capture");
    expect(todo("toString")).toContain("editcap");
    expect(todo("cbpf-savefile")).toBe("It holds no frames. Give the capture itself.");
  });

  it("names no snap length where the file names none that cuts", () => {
    for (const snapLength of [0, 65_535, 262_144]) {
      expect(issueText({ kind: "snap-length", data: { snapLength, frames: 3 } }, CAPTURE, "en").what).toBe(
        "Frames were cut when captured (3 frames).",
      );
    }
  });

  it("says of damage whether it is at one place", () => {
    const what = (places: number) => issueText({ kind: "bytes-skipped", offset: 10, data: { bytes: 5, places } }, CAPTURE, "en").what;
    expect(what(1)).toBe("The file is damaged at byte 10: 5 bytes there were skipped.");
    expect(what(2)).toContain("at 2 places");
  });

  it("names the switch of the program that cut the frames", () => {
    const todo = (program: string) => issueText({ kind: "snap-length", data: { snapLength: 128, frames: 3, program } }, CAPTURE, "en").todo;
    expect(todo("pktmon")).toMatch(/pktmon start -c --pkt-size 0\.$/);
    expect(todo("pktmon")).not.toContain("tcpdump");
    expect(todo("")).toContain("tcpdump -s 0");
  });

  it("escapes what the system said", () => {
    const issue: Issue = { kind: "read-failed", offset: 0, data: { reason: "a\u202eb\u0000" } };
    expect(issueSentence(issue, CAPTURE, "en")).toContain("a\\u{202e}b\\u{0}");
  });

  it("joins both sentences as the language does", () => {
    const issue = ISSUES["empty-file"];
    expect(issueSentence(issue, CAPTURE, "en")).toMatch(/^This file is empty\. The capture/);
    expect(issueSentence(issue, CAPTURE, "ja")).toMatch(/^このファイルは空です。キャプチャが/);
  });
});
