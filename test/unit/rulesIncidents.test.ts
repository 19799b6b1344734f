import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/rules/finding.ts";
import { IncidentAccumulator } from "../../src/core/rules/incidents.ts";

function finding(over: Partial<Finding> = {}): Finding {
  return {
    rule: "vni-server-capabilities-differ",
    severity: "error",
    certainty: "proved",
    connection: 1,
    frames: [15],
    count: 1,
    data: { negotiateValue: "0x0000004e", validateValue: "0x0000004f" },
    evidence: [],
    sections: [],
    remedies: [],
    ...over,
  };
}

function ends(clientPort: number, clientAddress = "192.0.2.10", serverAddress = "198.51.100.20") {
  return { client: { address: clientAddress, port: clientPort }, server: { address: serverAddress, port: 445 } };
}

describe("IncidentAccumulator", () => {
  it("groups the same rule, ends and values whatever the client's port", () => {
    const accumulator = new IncidentAccumulator();
    accumulator.add(finding({ connection: 1 }), ends(50_001));
    accumulator.add(finding({ connection: 2, frames: [40], count: 2 }), ends(50_002));
    expect(accumulator.result().incidents).toEqual([
      { rule: "vni-server-capabilities-differ", severity: "error", findings: [0, 1], connections: [1, 2], count: 3 },
    ]);
  });

  it("tells other values, servers and clients apart", () => {
    const accumulator = new IncidentAccumulator();
    accumulator.add(finding(), ends(50_001));
    accumulator.add(finding({ data: { negotiateValue: "0x0000004b", validateValue: "0x0000004f" } }), ends(50_002));
    accumulator.add(finding(), ends(50_003, "192.0.2.11"));
    accumulator.add(finding(), ends(50_004, "192.0.2.10", "198.51.100.21"));
    expect(accumulator.result().incidents).toHaveLength(4);
  });

  it("looks at the server alone where the weakness is the server's", () => {
    const accumulator = new IncidentAccumulator();
    const weak = { rule: "signing-not-required", severity: "warning", data: {} } as const;
    accumulator.add(finding({ ...weak, connection: 1 }), ends(50_001, "192.0.2.10"));
    accumulator.add(finding({ ...weak, connection: 2 }), ends(50_002, "192.0.2.11"));
    expect(accumulator.result().incidents[0]?.connections).toEqual([1, 2]);
  });

  it("puts errors first, then warnings, then information, each by first frame", () => {
    const accumulator = new IncidentAccumulator();
    accumulator.add(finding({ rule: "capture-starts-late", severity: "information", frames: [1] }), ends(1));
    accumulator.add(finding({ rule: "signing-not-required", severity: "warning", frames: [2] }), ends(1));
    accumulator.add(finding({ frames: [30] }), ends(1));
    accumulator.add(finding({ rule: "vni-access-denied", frames: [20] }), ends(1));
    expect(accumulator.result().incidents.map((incident) => incident.rule)).toEqual([
      "vni-access-denied",
      "vni-server-capabilities-differ",
      "signing-not-required",
      "capture-starts-late",
    ]);
  });

  it("keeps a bounded number of whole findings, and every connection", () => {
    const accumulator = new IncidentAccumulator({ findingsPerIncident: 3, incidents: 10 });
    for (let connection = 1; connection <= 1000; connection++) {
      expect(accumulator.add(finding({ connection }), ends(connection))).toBe(connection <= 3);
    }
    const { findings, incidents } = accumulator.result();
    expect(findings).toHaveLength(3);
    expect(incidents[0]?.count).toBe(1000);
    expect(incidents[0]?.connections).toHaveLength(1000);
    expect(incidents[0]?.connections.at(-1)).toBe(1000);
  });

  it("counts incidents beyond the limit in one a rule", () => {
    const accumulator = new IncidentAccumulator({ findingsPerIncident: 3, incidents: 2 });
    for (let host = 1; host <= 50; host++) accumulator.add(finding({ connection: host }), ends(1, `192.0.2.${host}`));
    accumulator.add(finding({ connection: 51, rule: "vni-access-denied" }), ends(1));
    const { incidents } = accumulator.result();
    expect(incidents.map((incident) => incident.count)).toEqual([1, 1, 48, 1]);
  });
});
