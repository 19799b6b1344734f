import { describe, expect, it } from "vitest";
import type { Capture, Issue } from "../../src/core/index.ts";
import { banners } from "../../src/host/views/banners.ts";
import { captureSummary } from "../../src/host/views/captureView.ts";
import { progressView } from "../../src/host/views/progressView.ts";
import { stateView, unreadableState } from "../../src/host/views/stateView.ts";
import { textsOf } from "../../src/host/views/textsOf.ts";
import { emptyCapture } from "../support/handMadeCapture.ts";

const en = textsOf("en");
const ja = textsOf("ja");
const PORTS = [445, 139];

function state(changes: Partial<Capture>, texts = en) {
  const view = stateView(emptyCapture(changes), 0, PORTS, texts);
  if (view === null) throw new Error("No state page.");
  return view;
}

function issue(kind: Issue["kind"], data: Record<string, string | number> = {}, offset = 0): Issue {
  return { kind, offset, data };
}

describe("no SMB", () => {
  const base = Date.UTC(2026, 10, 25, 9, 14, 2) / 1000;
  const read = {
    frames: 12480,
    baseSeconds: base,
    lastTime: 165e9,
    tcpConnections: 86,
    tcpPorts: [
      { port: 443, connections: 61 },
      { port: 389, connections: 14 },
      { port: 88, connections: 9 },
      { port: 22, connections: 2 },
    ],
    quicFrames: 12,
  };

  it("says what was read before it advises", () => {
    const view = state(read);
    expect(view.title).toBe("No SMB in this capture.");
    expect(view.text).toBe("The file was read to its end. None of its TCP connections speaks SMB2, SMB3 or SMB1.");
    expect(view.sections[0]?.rows).toEqual([
      { name: "Frames", value: "12,480, from 09:14:02 to 09:16:47 UTC" },
      { name: "TCP connections", value: "86, on ports 443 (61), 389 (14), 88 (9), 22 (2)" },
      { name: "Ports 445 and 139", value: "None. Not even a connection attempt." },
      { name: "QUIC on UDP port 443", value: "12 frames. SMB over QUIC is encrypted and looks the same." },
    ]);
    expect(view.sections[1]?.code).toContain("tcpdump -i any -s 0 -w smb.pcap tcp port 445");
    expect(view.buttons.map(({ action }) => action)).toEqual(["open-another", "other-port"]);
  });

  it("does not claim that nobody tried port 445 when the list of ports is cut", () => {
    const ports = state({ ...read, tcpConnections: 500 }).sections[0]?.rows[2];
    expect(ports?.value).toBe("Not among the ports used most");
  });

  it("tells of attempts", () => {
    const tcpPorts = [{ port: 445, connections: 3 }];
    expect(state({ ...read, tcpConnections: 3, tcpPorts }).sections[0]?.rows[2]?.value).toBe(
      "Connections to port 445 (3), without an SMB message",
    );
  });

  it("names ports of the settings", () => {
    const view = stateView(emptyCapture(read), 0, [445, 139, 8445], en);
    expect(view?.sections[0]?.rows[2]?.name).toBe("Ports 445, 139 and 8445");
  });

  it("does not say that a file was read to its end when it was not", () => {
    expect(state({ ...read, complete: false }).text).toMatch(/^The file was read up to frame 12,480\. /);
  });

  it("says that the file is damaged although a page stands in place of the banner", () => {
    const view = state({ ...read, size: 900, complete: false, issues: [issue("bad-record", {}, 700)] });
    expect(view.sections[0]?.heading).toBe("This file is damaged at byte 700: shown up to frame 12,480.");
    const none = state({ size: 900, complete: false, issues: [issue("bad-record", {}, 24)] });
    expect(none.title).toBe("No frames in this capture.");
    expect(none.text).toMatch(/^This file is damaged at byte 24: no frame could be read\. /);
  });

  it("speaks Japanese", () => {
    const view = state(read, ja);
    expect(view.title).toBe("このキャプチャに SMB の通信はありません。");
    expect(view.sections[0]?.rows[0]?.value).toBe("12,480、09:14:02 から 09:16:47 まで (UTC)");
  });

  it("is no page where there is SMB", () => {
    expect(stateView(emptyCapture({ frames: 5 }), 1, PORTS, en)).toBeNull();
  });
});

describe("files that are no readable capture", () => {
  it("shows the first bytes of a file that is none, and how to open it", () => {
    const view = state({ format: null, size: 90, issues: [issue("not-a-capture", { magic: "7b22666f6f223a31" })] });
    expect(view.title).toBe("This file is no network capture.");
    expect(view.text).toContain("7b 22 66 6f 6f 22 3a 31");
    expect(view.buttons.map(({ action }) => action)).toEqual(["open-another", "open-as-text"]);
  });

  it("knows an empty file", () => {
    expect(state({ format: null, size: 0, issues: [issue("empty-file")] }).title).toBe("This file is empty.");
  });

  it("gives the command that unpacks or converts", () => {
    const code = (format: string) => state({ format: null, issues: [issue("unsupported-format", { format })] }).sections.at(-1)?.code;
    expect(code("gzip")).toBe("gzip -dk capture.pcapng.gz");
    expect(code("etl")).toBe("pktmon etl2pcap capture.etl --out capture.pcapng");
    expect(code("nettl")).toBe("editcap -F pcapng capture.trc capture.pcapng");
    expect(code("toString")).toBe("editcap -F pcapng capture capture.pcapng");
  });

  it("shows what the system said, escaped", () => {
    expect(unreadableState("EACCES: \u202edenied", en).text).toBe("The system said: EACCES: \\u{202e}denied");
    expect(state({ format: null, issues: [issue("read-failed", { reason: "EIO" })] }).text).toBe("The system said: EIO");
  });

  it("tells a header without frames from a file without SMB", () => {
    expect(state({}).title).toBe("No frames in this capture.");
  });

  it("says that frames cannot be read rather than that there is no SMB in them", () => {
    const closed = state({ frames: 8, issues: [issue("encrypted-frames", { layer: "802.11", frames: 5 })] });
    expect(closed.title).toBe("Most frames of this capture cannot be read.");
    const part = state({ frames: 8, issues: [{ kind: "bad-record", frame: 8, offset: 100, data: { length: 9 } }], complete: false });
    expect(part.title).toBe("No SMB in what could be read of this capture.");
  });

  it("names a link type that is not read", () => {
    const view = state({ frames: 8, issues: [issue("link-type-unsupported", { linkType: 105, frames: 8 })] });
    expect(view.title).toBe("The link type of this capture is not read.");
    expect(view.text).toContain("IEEE 802.11");
  });
});

describe("banners", () => {
  const capture = (...issues: Issue[]) => emptyCapture({ size: 3352, bytesRead: 3188, frames: 16, complete: false, issues });

  it("says where the damage is and what it means for the verdict", () => {
    expect(banners(capture(issue("bad-record", { length: 1e9 }, 3188)), true, en)).toEqual([
      {
        bold: "This file is damaged at byte 3,188: shown up to frame 16.",
        text: "The last 164 bytes could not be read. What follows rests on the 16 frames before them. A proved verdict needs no later frame.",
      },
    ]);
    expect(banners(capture(issue("bad-record", {}, 3188)), false, en)[0]?.text).not.toContain("proved");
    expect(banners(capture(issue("bad-record", {}, 3188)), true, ja)[0]?.bold).toBe(
      "このファイルは 3,188 バイト目で壊れています。フレーム 16 まで表示しています。",
    );
  });

  it("tells a cut file, a stop and a snap length apart", () => {
    const bold = (one: Issue) => banners(capture(one), false, en)[0]?.bold;
    expect(bold(issue("file-cut", { have: 20, need: 90 }, 3300))).toBe(
      "This file ends inside a frame at byte 3,300: shown up to frame 16.",
    );
    expect(bold(issue("cancelled"))).toBe("Stopped at 95%: shown up to frame 16.");
    expect(bold(issue("snap-length", { snapLength: 128, frames: 9 }))).toBe("Frames were cut at 128 bytes when captured (9 frames).");
    expect(bold(issue("snap-length", { snapLength: 0, frames: 1 }))).toBe("Frames were cut when captured (1 frame).");
  });

  it("shows few, each once", () => {
    const many = [1, 1, 2, 3, 4, 5, 6].map((linkType) => issue("link-type-unsupported", { linkType, frames: 2 }));
    expect(banners(capture(...many), false, en)).toHaveLength(4);
  });

  it("has none for a whole file", () => {
    expect(banners(capture(), true, en)).toEqual([]);
  });
});

describe("summary of a capture", () => {
  it("names format, link types, frames and time", () => {
    const interfaces = [1, 1, 113].map((linkType) => ({
      linkType,
      timestampResolution: 1e-9,
      snapLength: 0,
      name: null,
      description: null,
      filter: null,
    }));
    expect(captureSummary(emptyCapture({ format: "pcapng", interfaces, frames: 1, lastTime: 12_718_000 }), en)).toBe(
      "pcapng, Ethernet, Linux cooked, 1 frame, 12.7 ms",
    );
  });
});

describe("progress", () => {
  const half = { bytesRead: 1.104e9, size: 2.4e9, frames: 1204331, connections: 312, failed: [], begun: [], findings: [] };

  it("gives figures with the percent, and the time that is left", () => {
    const view = progressView({ ...half, milliseconds: 17_000 }, en);
    expect(view).toMatchObject({
      percent: 46,
      frames: "1,204,331",
      connections: "312",
      text: "46%, 1.1 of 2.4 GB, 65 MB/s. About 20 seconds left.",
    });
    expect(progressView({ ...half, milliseconds: 17_000 }, ja).text).toBe("46%、2.4 GB 中 1.1、65 MB/秒。残り約 20 秒。");
  });

  it("estimates nothing from a first moment", () => {
    expect(progressView({ ...half, milliseconds: 200 }, en).text).toBe("46%, 1.1 of 2.4 GB.");
  });

  it("stays within 100 when a file grew, and stands an empty one", () => {
    expect(progressView({ ...half, bytesRead: 3e9, milliseconds: 5000 }, en).percent).toBe(100);
    expect(progressView({ ...half, bytesRead: 0, size: 0, milliseconds: 5000 }, en).percent).toBe(100);
  });
});
