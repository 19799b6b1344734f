import { describe, expect, it } from "vitest";
import type { ConnectionFacts } from "../../src/core/model/connectionFacts.ts";
import { judgeConnection } from "../../src/core/rules/engine.ts";
import { RULES } from "../../src/core/rules/list.ts";
import { allRuleCases } from "../support/allRuleCases.ts";

const NEVER_UNDETERMINED = new Set(["capture-starts-late", "capture-truncated"]);

function findingOf(rule: string, facts: ConnectionFacts) {
  return judgeConnection(facts).findings.filter((finding) => finding.rule === rule);
}

describe.each(RULES.map((rule) => rule.id))("%s", (id) => {
  const own = allRuleCases[id];

  it("has a case that fires, a near miss and a cut one", () => {
    expect(Object.keys(own?.fires ?? {})).not.toEqual([]);
    expect(Object.keys(own?.silent ?? {})).not.toEqual([]);
    if (!NEVER_UNDETERMINED.has(id)) expect(Object.keys(own?.undetermined ?? {})).not.toEqual([]);
  });

  it.each(Object.entries(own?.fires ?? {}))("fires: %s", (_name, { facts, frames, evidence, certainty }) => {
    const findings = findingOf(id, facts);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.frames).toEqual(frames);
    const named = findings[0]?.evidence.map((piece) => piece.frame);
    for (const frame of evidence ?? []) expect(named).toContain(frame);
    if (certainty !== undefined) expect(findings[0]?.certainty).toBe(certainty);
  });

  it.each(Object.entries(own?.silent ?? {}))("is silent: %s", (_name, facts) => {
    expect(findingOf(id, facts)).toEqual([]);
  });

  it.each(Object.entries(own?.undetermined ?? {}))("cannot tell: %s", (_name, [facts, reason]) => {
    const outcome = judgeConnection(facts).outcomes.find((one) => one.rule === id);
    expect(outcome?.verdict).toEqual({ verdict: "undetermined", reason });
  });
});
