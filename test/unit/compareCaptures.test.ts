import { describe, expect, it } from "vitest";
import { type CaptureComparison, comparisonJson, comparisonText } from "../../src/core/index.ts";
import { type Cut, cutCapture, putTogether, takeApart } from "../support/capturesOnDisk.ts";
import { conversation } from "../support/conversation.ts";
import type { Frame } from "../support/encodeFrame.ts";
import { compareBytes, sideOf } from "../support/sidesOnDisk.ts";

const both = (session: string) => compareBytes(sideOf(session, "client"), sideOf(session, "server"));

/** `NEGOTIATE response Capabilities 0x4e 0x4f server->client` of every difference. */
function told({ pairs }: CaptureComparison): readonly string[] {
  return pairs.flatMap(({ differences }) =>
    differences.map(({ message, field, a, b, direction }) => `${message} ${field}: ${a} | ${b} ${direction}`),
  );
}

/** A capture with each of its frames changed. */
async function withFrames(capture: Uint8Array, change: (frame: Frame, index: number) => Frame): Promise<Uint8Array> {
  const { frames, linkTypes } = await takeApart(capture);
  return putTogether(frames.map(change), linkTypes);
}

describe("what was changed", () => {
  it.each([
    ["tn_302_resp_caps_clear_dfs", ["NEGOTIATE response Capabilities: 0x0000004e | 0x0000004f server->client"]],
    ["tn_302_req_caps_clear_largemtu", ["NEGOTIATE request Capabilities: 0x0000007f | 0x0000007b client->server"]],
    [
      "tu_311_resp_maxsize",
      [
        "NEGOTIATE response MaxTransactSize: 65536 | 8388608 server->client",
        "NEGOTIATE response MaxReadSize: 65536 | 8388608 server->client",
        "NEGOTIATE response MaxWriteSize: 65536 | 8388608 server->client",
      ],
    ],
    [
      "ts_210_resp_corrupt_sig",
      [
        "FSCTL_VALIDATE_NEGOTIATE_INFO response Header.Signature: 0ad0d2312f3c7482fcb4c9618426aabf | 0ad0d2312f667482fcb4c9618426aabf server->client",
      ],
    ],
    ["ta_302_rst_both_on_resp", []],
    ["ok_win_302_relay", []],
  ])("of %s", async (session, differences) => {
    expect(told(await both(session))).toEqual(differences);
  });

  it("is told of a salt by its own field", async () => {
    const [difference, ...others] = told(await both("tp_311_req_salt"));
    expect(difference).toMatch(/^NEGOTIATE request NegotiateContextList\[0\]\.Salt: \w{62}52 \| \w{62}ad client->server$/);
    expect(others).toEqual([]);
  });

  it("is told of a list as a whole, in NEGOTIATE and in every validate request", async () => {
    const lists = told(await both("tb_302_req_dialect_vni_same")).filter((line) => line.includes("Dialects"));
    expect(lists).toEqual([
      "NEGOTIATE request Dialects: 0x0202 0x0210 0x0300 0x0302 | 0x0202 0x0210 0x0300 client->server",
      ...new Array(2).fill(
        "FSCTL_VALIDATE_NEGOTIATE_INFO request Dialects: 0x0202 0x0210 0x0300 0x0302 | 0x0202 0x0210 0x0300 client->server",
      ),
    ]);
  });

  it("is told by its header where another structure came in its place", async () => {
    const lines = told(await both("te_302_file_closed_unsigned"));
    expect(lines).toContain("FSCTL_VALIDATE_NEGOTIATE_INFO response Header.Status: 0xc0000128 | 0x00000000 server->client");
    expect(lines).toContain("FSCTL_VALIDATE_NEGOTIATE_INFO response Body: SMB2 ERROR Response | SMB2 IOCTL Response server->client");
  });

  it("names the frames of both captures", async () => {
    const { pairs } = await both("tn_302_resp_caps_clear_dfs");
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({ a: 1, b: 1, differences: [{ frameA: 6, frameB: 6 }] });
  });

  it("is the same, turned round, where the server's side comes first", async () => {
    const turned = await compareBytes(sideOf("tn_302_resp_caps_clear_dfs", "server"), sideOf("tn_302_resp_caps_clear_dfs", "client"));
    expect(told(turned)).toEqual(["NEGOTIATE response Capabilities: 0x0000004f | 0x0000004e server->client"]);
    expect(turned.clientSide).toMatchObject({ side: "b", by: "response-times" });
  });

  it("is also seen in a message that is not compared by field", async () => {
    const start = () => conversation().negotiate().sessionSetup();
    const [a, b] = [start().treeConnect().pcap(), start().treeConnect({ shareFlags: 0x8000 }).pcap()];
    const { pairs } = await compareBytes(a, b);
    expect(pairs[0]?.changedMessages).toEqual([{ message: "TREE_CONNECT response", frameA: 11, frameB: 11, direction: "server->client" }]);
    expect(pairs[0]?.differences).toEqual([]);
  });
});

describe("what only one side holds", () => {
  it("is told, and that it never came by there", async () => {
    const [pair] = (await both("ta_302_rst_both_on_resp")).pairs;
    expect(pair?.onlyInA).toEqual([{ what: "RST", frame: 15, direction: "server->client", certain: true }]);
    expect(pair?.onlyInB[0]).toEqual({
      what: "FSCTL_VALIDATE_NEGOTIATE_INFO response",
      frame: 15,
      direction: "server->client",
      certain: true,
    });
  });

  it("may have been missed by a capture that starts late, ends early or lost packets", async () => {
    const whole = sideOf("tn_302_resp_caps_clear_dfs", "client");
    for (const cut of [{ from: 8 }, { to: 11 }, { without: [6] }] satisfies Cut[]) {
      const { pairs } = await compareBytes(whole, await cutCapture(whole, cut));
      expect(pairs, JSON.stringify(cut)).toHaveLength(1);
      expect(pairs[0]?.onlyInA.length, JSON.stringify(cut)).toBeGreaterThan(0);
      expect(pairs[0]?.onlyInA.filter(({ certain }) => certain)).toEqual([]);
    }
  });
});

describe("less of a capture", () => {
  it("shows no change that the whole does not show, wherever it is cut", async () => {
    const whole = sideOf("tb_302_req_dialect_vni_same", "client");
    const other = sideOf("tb_302_req_dialect_vni_same", "server");
    const all = new Set(told(await compareBytes(whole, other)));
    const { frames } = await takeApart(whole);
    const cuts: Cut[] = frames.flatMap((_, index) => [{ to: index + 1 }, { from: index + 1 }, { without: [index + 1] }]);
    for (const cut of [...cuts, ...[60, 100, 130, 150, 180, 200, 230].map((snapLength) => ({ snapLength }))]) {
      const part = await cutCapture(whole, cut);
      const comparison = await compareBytes(part, other);
      for (const line of told(comparison)) expect(all, JSON.stringify(cut)).toContain(line);
      expect(comparison.pairs.flatMap(({ changedMessages }) => changedMessages)).toEqual([]);
    }
  });

  it("cut short by the snap length is not comparable, never different", async () => {
    const cut = await cutCapture(sideOf("tn_302_resp_caps_clear_dfs", "server"), { snapLength: 160 });
    const comparison = await compareBytes(sideOf("tn_302_resp_caps_clear_dfs", "client"), cut);
    expect(told(comparison)).toEqual([]);
    expect(comparison.pairs[0]?.notComparable).toContainEqual({
      message: "NEGOTIATE response",
      frameA: 6,
      frameB: 6,
      direction: "server->client",
      cutIn: "b",
    });
  });
});

describe("the two clocks", () => {
  it("may be hours apart, which is told", async () => {
    const late = await withFrames(sideOf("tn_302_resp_caps_clear_dfs", "server"), (frame) => ({ ...frame, time: frame.time + 7_200_000 }));
    const comparison = await compareBytes(sideOf("tn_302_resp_caps_clear_dfs", "client"), late);
    expect(told(comparison)).toHaveLength(1);
    expect(Math.abs((comparison.clockOffset?.nanoseconds ?? 0) - 7_200e9)).toBeLessThan(1e6);
    expect(comparison.clientSide).toMatchObject({ side: "a", by: "response-times" });
  });

  it("tell nothing of the places where both captures are one: then the order counts", async () => {
    const capture = sideOf("ok_win_302_relay", "server");
    const { clientSide, clockOffset } = await compareBytes(capture, capture);
    expect(clientSide).toMatchObject({ side: "a", by: "argument-order" });
    expect(clockOffset?.nanoseconds).toBe(0);
  });
});

describe("one connection in two captures", () => {
  /** As a device with address translation passes it on. */
  const translated = (capture: Uint8Array) =>
    withFrames(capture, (frame) => {
      const bytes = frame.bytes.slice();
      const fromClient = bytes[26] === 192;
      bytes.set([203, 0, 113, 77], fromClient ? 26 : 30);
      bytes.set([0xd4, 0x31], fromClient ? 34 : 36);
      return { ...frame, bytes };
    });

  it.each(["tn_302_resp_caps_clear_dfs", "tp_311_req_salt", "tn_302_req_caps_clear_largemtu"])(
    "is found behind address translation (%s)",
    async (session) => {
      const comparison = await compareBytes(sideOf(session, "client"), await translated(sideOf(session, "server")));
      expect(comparison.pairs).toHaveLength(1);
      expect(comparison.pairs[0]?.matchedBy).not.toContain("addresses");
      expect(comparison.pairs[0]?.endpointsB.client).toEqual({ address: "203.0.113.77", port: 0xd431 });
      expect(told(comparison)).toEqual(told(await both(session)));
    },
  );

  it("is not taken for another one with the same addresses and ports", async () => {
    const other = await compareBytes(sideOf("tn_302_resp_caps_clear_dfs", "client"), await readdressed());
    expect(other.pairs).toEqual([]);
    expect([other.unpairedA, other.unpairedB]).toEqual([[1], [1]]);
  });

  /** Another session under the addresses and ports of the first, as an hour later. */
  async function readdressed(): Promise<Uint8Array> {
    const [first] = (await takeApart(sideOf("tn_302_resp_caps_clear_dfs", "client"))).frames;
    const port = first?.bytes.slice(34, 36) ?? new Uint8Array(2);
    return withFrames(sideOf("tn_302_req_caps_clear_largemtu", "server"), (frame) => {
      const bytes = frame.bytes.slice();
      bytes.set(port, bytes[26] === 192 ? 34 : 36);
      return { ...frame, bytes, time: frame.time + 3_600_000 };
    });
  }
});

describe("the reports", () => {
  const names = { a: "client.pcap", b: "server\u202e.pcap" };

  it("give the contract's JSON, and more", async () => {
    const report = JSON.parse(comparisonJson(await both("tn_302_resp_caps_clear_dfs"), names));
    expect(report.pairs).toMatchObject([
      {
        a: 1,
        b: 1,
        differences: [
          {
            message: "NEGOTIATE response",
            field: "Capabilities",
            a: "0x0000004e",
            b: "0x0000004f",
            frameA: 6,
            frameB: 6,
            direction: "server->client",
          },
        ],
      },
    ]);
    expect(report.captures).toEqual(names);
    expect(report.clientSide.side).toBe("a");
    expect(Math.abs(report.clockOffset.seconds)).toBeLessThan(0.001);
    expect(report.unpaired).toEqual({ a: [], b: [] });
  });

  it("say in words what was sent and what arrived", async () => {
    const comparison = await both("tn_302_resp_caps_clear_dfs");
    const english = comparisonText(comparison, names, "en");
    expect(english).toContain("1 connection was changed between the two places.");
    expect(english).toContain("NEGOTIATE response [A 6] [B 6]: changed between B and A");
    expect(english).toMatch(/in B, as sent {5}0x0000004f {2}DFS/);
    expect(english).toMatch(/in A, as arrived {2}0x0000004e {2}LEASING/);
    expect(english).not.toContain("\u202e");
    const japanese = comparisonText(comparison, names, "ja");
    expect(japanese).toContain("NEGOTIATE 応答 [A 6] [B 6]: B から A へ向かう途中で変更");
    expect(japanese).toContain("A (到着時)");
  });

  it("speak of what never came through, and of what nobody sent", async () => {
    const comparison = await both("ta_302_rst_both_on_resp");
    const english = comparisonText(comparison, names, "en").replace(/\s+/g, " ");
    expect(english).toContain("Nothing was changed");
    expect(english).toContain("[A 15] RST (server -> client): never came by where B was taken: something between the two places sent it");
    expect(english).toContain("[B 15] FSCTL_VALIDATE_NEGOTIATE_INFO response (server -> client): never came through to where A was taken");
    expect(comparisonText(comparison, names, "ja")).toContain("2 つの地点の間にある何かが送った");
  });

  it("say so where nothing is in both", async () => {
    const comparison = await compareBytes(sideOf("ok_win_302_relay", "client"), sideOf("tp_311_req_salt", "server"));
    expect(comparisonText(comparison, names, "en")).toContain("No connection is in both captures.");
    expect(comparisonText(comparison, names, "ja")).toContain("両方のキャプチャにある接続はありません。");
    expect(JSON.parse(comparisonJson(comparison, names)).pairs).toEqual([]);
  });
});
