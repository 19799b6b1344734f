import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { readConnections } from "../../src/core/readConnections.ts";
import { connectionOutcome } from "../../src/core/rules/connectionOutcome.ts";
import { judgeConnection } from "../../src/core/rules/engine.ts";
import { judgeForList } from "../../src/core/rules/judgeForList.ts";
import { isRoutine } from "../../src/core/rules/routineConnection.ts";
import { validationVerdicts } from "../../src/core/rules/validateComparison.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const LAB = path.resolve(ROOT, "../shared/captures/lab");
const lab = readable(LAB).map((file) => path.join(LAB, file));
const cases = readable(path.join(ROOT, "test/captures")).map((file) => path.join(ROOT, "test/captures", file));

test("of a routine connection the short judgement says what all rules say", async () => {
  let routine = 0;
  for (const file of [...cases, ...lab]) {
    const source = memorySource(readFileSync(file));
    const analysis = await analyse(source);
    const ids = Array.from({ length: analysis.connections.count }, (_, index) => index + 1);
    for (const { facts } of await readConnections(source, analysis, ids)) {
      if (!isRoutine(facts)) continue;
      routine++;
      expect(judgeForList(facts, () => false).findings, file).toEqual(judgeConnection(facts).findings);
      const whole = judgeConnection(facts);
      const validations = validationVerdicts(facts);
      expect(judgeForList(facts, () => true).outcome, file).toEqual(connectionOutcome(whole.findings, whole.outcomes, validations, facts));
      expect(judgeForList(facts, () => true).validations, file).toEqual(validations);
    }
  }
  expect(routine).toBeGreaterThan(2);
});

function readable(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.pcap(ng)?$/.test(file));
  } catch {
    return [];
  }
}
