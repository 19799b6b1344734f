import { describe, expect, test } from "vitest";
import type { ConnectionDetail } from "../../src/core/rules/analysis.ts";
import { RULES, ruleById } from "../../src/core/rules/list.ts";
import { analyseBytes } from "../support/analyseBytes.ts";
import { bytesOf, type RuleCapture, ruleCaptures } from "../support/ruleCaptures.ts";

// Through both passes, from the bytes of a file to the verdict.

async function connectionsOf(capture: RuleCapture): Promise<readonly ConnectionDetail[]> {
  const { details } = await analyseBytes(await bytesOf(capture));
  expect(details.length).toBeGreaterThan(0);
  return details;
}

function verdictsOf(rule: string, details: readonly ConnectionDetail[]) {
  return details.flatMap(({ verdicts }) => verdicts.filter((one) => one.rule === rule).map(({ verdict }) => verdict));
}

test("every rule has its entry, and every entry its rule", () => {
  expect(Object.keys(ruleCaptures).toSorted()).toEqual(RULES.map(({ id }) => id).toSorted());
});

describe.each(Object.entries(ruleCaptures))("%s", (id, entry) => {
  test("fires", async () => {
    const findings = (await connectionsOf(entry.fires)).flatMap((detail) => detail.findings).filter(({ rule }) => rule === id);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]).toMatchObject({ severity: ruleById(id)?.severity });
    if (entry.frames.length > 0) expect(findings[0]?.frames).toEqual(entry.frames);
  });

  test("is silent on a near miss", async () => {
    const details = await connectionsOf(entry.silent);
    expect(details.flatMap(({ findings }) => findings.map(({ rule }) => rule))).not.toContain(id);
  });

  test("says that it cannot tell where an operand is missing", async () => {
    if (entry.undetermined === null) {
      expect(["capture-truncated", "capture-starts-late"]).toContain(id);
      return;
    }
    const [capture, reason] = entry.undetermined;
    expect(verdictsOf(id, await connectionsOf(capture))).toContainEqual({ verdict: "undetermined", reason });
  });
});
