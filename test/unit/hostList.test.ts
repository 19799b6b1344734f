import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/core/index.ts";
import { parseFilter } from "../../src/host/connectionFilter.ts";
import { ConnectionOrder } from "../../src/host/connectionOrder.ts";
import { connectionRow } from "../../src/host/views/connectionRow.ts";
import { textsOf } from "../../src/host/views/textsOf.ts";
import { emptyCapture } from "../support/handMadeCapture.ts";
import { connection, connectionList } from "../support/handMadeConnection.ts";

const texts = textsOf("en");

function list(...outcomes: readonly Connection["outcome"][]): ConnectionOrder {
  return new ConnectionOrder(connectionList(outcomes.map((outcome, index) => connection({ id: index + 1, outcome }))));
}

describe("order of connections", () => {
  const order = list("healthy", "warning", "validated", "failed", "unknown", "warning", "failed");

  it("puts failed first, then warnings, cannot tell, healthy; within these the earlier one", () => {
    expect([...order.ids]).toEqual([4, 7, 2, 6, 5, 1, 3]);
  });

  it("counts what stands under each chip, and finds it", () => {
    expect(order.counts).toEqual({ all: 7, failed: 2, warnings: 2, unknown: 1, healthy: 2 });
    expect([...order.under("warnings")]).toEqual([2, 6]);
    expect([...order.under("unknown")]).toEqual([5]);
    expect([...order.under("healthy")]).toEqual([1, 3]);
  });

  it("steps through what was found and around the end", () => {
    expect([4, 7, 2, 6].map((from) => order.step(from, 1))).toEqual([7, 2, 6, 4]);
    expect(order.step(4, -1)).toBe(6);
  });

  it("steps from a healthy connection to the first, and back to the last finding", () => {
    expect([order.step(1, 1), order.step(1, -1), order.step(0, 1)]).toEqual([4, 6, 4]);
    expect(list("healthy").step(1, 1)).toBe(0);
  });
});

describe("filter", () => {
  const row = connectionRow(connection({ dialect: 0x0302 }), undefined, emptyCapture(), texts);
  const passes = (text: string) => parseFilter(text)?.({ row, hasRule: (rule) => "vni-server-guid-differs".includes(rule) });

  it("asks for nothing when there is nothing in it", () => {
    expect(parseFilter("  ")).toBeNull();
  });

  it("finds plain words anywhere in the row, all of them", () => {
    expect(passes("TESTER healthy")).toBe(true);
    expect(passes("tester failed")).toBe(false);
    expect(passes("198.51.100.20:445")).toBe(true);
  });

  it("takes a named dialect for itself alone and the beginning of one for all", () => {
    expect([passes("dialect:3.0.2"), passes("dialect:3.0"), passes("dialect:3"), passes("dialect:2.1")]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("looks in one column where a prefix says so", () => {
    expect([passes("client:192.0.2"), passes("client:198.51"), passes("server:198.51"), passes('user:"workgroup\\t"')]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it("finds the rules of a connection", () => {
    expect([passes("rule:guid"), passes("rule:vni-client")]).toEqual([true, false]);
  });

  it("hides nothing while a value is still to be typed", () => {
    expect(passes("dialect:")).toBe(true);
  });

  it("takes an unknown prefix, an address with colons and names of Object for words", () => {
    expect([passes("foo:bar"), passes("constructor:x"), passes("20:445")]).toEqual([false, false, true]);
  });
});

describe("row", () => {
  const capture = emptyCapture({ baseSeconds: Date.UTC(2026, 10, 25, 0, 20, 10) / 1000 });

  it("shows text of the capture escaped", () => {
    const hostile = connection();
    const sessions = hostile.sessions.map((session) => ({ ...session, user: "a\u202eb\u0000" }));
    expect(connectionRow({ ...hostile, sessions }, undefined, capture, texts).user).toBe("WORKGROUP\\a\\u{202e}b\\u{0}");
  });

  it("says how the messages were protected", () => {
    const signing = (changes: Partial<Connection>) => connectionRow(connection(changes), undefined, capture, texts).signing;
    const [session] = connection().sessions;
    const unsigned = { ...(session as NonNullable<typeof session>), signed: false };
    expect(signing({})).toBe("Signed");
    expect(signing({ sessions: [unsigned] })).toBe("Not signed");
    expect(signing({ sessions: [...connection().sessions, unsigned] })).toBe("Partly signed");
    expect(signing({ encryptedMessages: 1 })).toBe("Encrypted");
    expect(signing({ sessions: [] })).toBe("–");
  });

  it("gives the reason where nothing can be told, in both languages", () => {
    const unknown = connection({ outcome: "unknown", reason: "encrypted" });
    expect(connectionRow(unknown, undefined, capture, texts).text).toBe("Cannot tell: the exchange is encrypted");
    expect(connectionRow(unknown, undefined, capture, textsOf("ja")).text).toMatch(/^判定できない: /);
  });

  it("tells a second view of a connection from the connection", () => {
    const copy = connection({ copyOf: 1 });
    expect(connectionRow(copy, undefined, capture, texts).text).toBe("Healthy (seen again on another interface)");
  });

  it("keeps the capital of a wire name in the middle of a sentence", () => {
    const unknown = connection({ outcome: "unknown", reason: "negotiate-missing", dialect: null });
    const row = connectionRow(unknown, undefined, capture, texts);
    expect([row.text, row.dialect, row.start]).toEqual(["Cannot tell: NEGOTIATE is not in this capture", "–", "00:20:10.000"]);
  });
});
