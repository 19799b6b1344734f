import { describe, expect, it } from "vitest";
import type { Analysis, Connection, ConnectionDetail, Finding } from "../../src/core/index.ts";
import { DetailCache } from "../../src/host/detailCache.ts";
import { FindingIndex } from "../../src/host/findingIndex.ts";
import { ProgressReporter } from "../../src/host/progressReporter.ts";
import { progressView } from "../../src/host/views/progressView.ts";
import { textsOf } from "../../src/host/views/textsOf.ts";
import type { ProgressView } from "../../src/protocol/views.ts";
import { connection, connectionDetail, connectionFacts, connectionList } from "../support/handMadeConnection.ts";

function detail(id: number): ConnectionDetail {
  return connectionDetail(connectionFacts({ id }), { id });
}

describe("cache of connections", () => {
  it("reads together what is asked for while a reading runs", async () => {
    const passes: (readonly number[])[] = [];
    const cache = new DetailCache(async (ids) => {
      passes.push(ids);
      await new Promise((resolve) => setImmediate(resolve));
      return ids.map(detail);
    });
    const got = await Promise.all([1, 2, 3, 3, 1].map((id) => cache.get(id)));
    expect(got.map((one) => one?.connection.id)).toEqual([1, 2, 3, 3, 1]);
    expect(passes).toEqual([[1], [2, 3, 1]]);
  });

  it("keeps eight, and gives up the one that was used least recently", async () => {
    let passes = 0;
    const cache = new DetailCache(async (ids) => {
      passes++;
      return ids.map(detail);
    });
    for (const id of [1, 2, 3, 4, 5, 6, 7, 8, 1, 9]) await cache.get(id);
    expect(passes).toBe(9);
    await cache.get(1);
    expect(passes).toBe(9);
    await cache.get(2);
    expect(passes).toBe(10);
  });

  it("rejects when the file cannot be read, and reads again later", async () => {
    let broken = true;
    const cache = new DetailCache(async (ids) => {
      if (broken) throw new Error("gone");
      return ids.map(detail);
    });
    await expect(cache.get(1)).rejects.toThrow("gone");
    broken = false;
    expect((await cache.get(1))?.connection.id).toBe(1);
  });

  it("gives nothing for a connection that does not exist", async () => {
    expect(await new DetailCache(async () => []).get(7)).toBeUndefined();
  });
});

function finding(rule: string, id: number, severity: Finding["severity"] = "error"): Finding {
  return { rule, severity, certainty: "proved", connection: id, frames: [1], count: 1, data: {}, evidence: [], sections: [], remedies: [] };
}

function analysis(connections: readonly Connection[], findings: readonly Finding[], incidents: Analysis["incidents"]): Analysis {
  return { connections: connectionList(connections), findings, incidents } as unknown as Analysis;
}

describe("index of findings", () => {
  const one = connection({ id: 1, outcome: "failed", decidedBy: "a" });
  const two = connection({ id: 2, outcome: "failed", decidedBy: "a" });
  const findings = [finding("b", 1, "warning"), finding("a", 1)];
  const index = new FindingIndex(
    analysis([one, two], findings, [
      { rule: "a", severity: "error", findings: [1], connections: [1, 2], count: 2 },
      { rule: "b", severity: "warning", findings: [0], connections: [1], count: 1 },
    ]),
  );

  it("finds the finding that decided, not another of the connection", () => {
    expect(index.decisive(one)).toBe(findings[1]);
  });

  it("lets one of the same incident stand in where a finding was not kept", () => {
    expect(index.decisive(two)).toBe(findings[1]);
  });

  it("finds the deciding one among several errors, and where only its incident tells", () => {
    const three = connection({ id: 3, outcome: "failed", decidedBy: "c" });
    const some = [finding("a", 1), finding("c", 1)];
    const incidents = [
      { rule: "a", severity: "error", findings: [0], connections: [1, 3], count: 2 },
      { rule: "c", severity: "error", findings: [1], connections: [1, 3], count: 2 },
    ] as const;
    expect(new FindingIndex(analysis([one, two, three], some, incidents)).decisive(three)).toBe(some[1]);
  });

  it("has none for a healthy connection", () => {
    expect(index.decisive(connection({ id: 1 }))).toBeUndefined();
  });

  it("knows all rules of a connection", () => {
    expect([1, 2, 3].map((id) => ["a", "b", "c"].filter((rule) => index.hasRule(id, rule)))).toEqual([["a", "b"], ["a"], []]);
  });
});

describe("progress messages", () => {
  function report(times: readonly number[], found: readonly (readonly Finding[])[]): ProgressView[] {
    const sent: ProgressView[] = [];
    const clock = [0, ...times];
    const reporter = new ProgressReporter(
      textsOf("en"),
      () => clock.shift() ?? 0,
      (view) => sent.push(view),
    );
    for (const [index] of times.entries()) {
      const connectionOf = (id: number) => connection({ id });
      reporter.report({ bytesRead: index, size: 100, frames: index, connections: 1, findings: found[index] ?? [], connectionOf });
    }
    return sent;
  }

  it("are at most ten a second", () => {
    expect(report([0, 50, 99, 100, 150, 199, 200, 350], []).map(({ frames }) => frames)).toEqual(["0", "3", "6", "7"]);
  });

  it("name every failed connection once, found between two messages too, and no warnings", () => {
    const sent = report([0, 50, 120], [[finding("x", 1)], [finding("y", 1), finding("z", 2), finding("w", 3, "warning")], []]);
    expect(sent.map(({ found }) => found.map(({ id, text, endpoints }) => [id, text, endpoints]))).toEqual([
      [[1, "x", "192.0.2.10:55222"]],
      [
        [1, "x", "192.0.2.10:55222"],
        [2, "z", "192.0.2.10:55222"],
      ],
    ]);
  });

  it("shows failed connections first, then the first ones of the capture, over or not", () => {
    const { client, server } = connection();
    const ends = { client, server };
    const failed = [{ finding: finding("broken", 2), client }];
    const begun = [
      { id: 1, ...ends, connection: connection({ id: 1, outcome: "warning", decidedBy: "weak" }) },
      { id: 2, ...ends, connection: connection({ id: 2, outcome: "failed", decidedBy: "broken" }) },
      { id: 3, ...ends, connection: null },
    ];
    const figures = { bytesRead: 1, size: 2, frames: 9, connections: 3, milliseconds: 0 };
    const view = progressView({ ...figures, failed, begun, findings: [finding("weak", 1, "warning")] }, textsOf("en"));
    expect(view.found.map(({ id, outcome, text }) => [id, outcome, text])).toEqual([
      [2, "failed", "broken"],
      [1, "warning", "weak"],
      [3, null, "Not over yet"],
    ]);
  });
});
