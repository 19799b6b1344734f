import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import { type CaptureOptions, generateCapture } from "../bench/generateCapture.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "smb-lens-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function generate(options: Partial<CaptureOptions>) {
  const file = path.join(folder, "capture");
  const truth = generateCapture(file, { profile: "bulk", seed: 7, size: 4e6, connections: 60, pcapng: false, ...options });
  return { truth, bytes: new Uint8Array(readFileSync(file)) };
}

test.each([
  { profile: "bulk" },
  { profile: "bulk", pcapng: true },
  { profile: "connections", connections: 400 },
  { profile: "filler" },
] as const)("a benchmark capture holds what its generator says: %o", async (options) => {
  const { truth, bytes } = generate(options);
  const { capture, connections, findings } = await analyse(memorySource(bytes), {
    findingsPerIncident: Number.POSITIVE_INFINITY,
  });
  expect(capture.issues).toEqual([]);
  expect({
    frames: capture.frames,
    messages: Array.from({ length: connections.count }, (_, index) => connections.get(index).messages).reduce((sum, one) => sum + one, 0),
    connections: connections.count,
  }).toEqual({
    frames: truth.frames,
    messages: truth.messages,
    connections: truth.connections,
  });
  expect(new Set(findings.map(({ connection }) => connection)).size).toBe(truth.failed);
});

test("the same seed makes the same bytes, another one others", () => {
  const options = { profile: "connections" } as const;
  expect(generate(options).bytes).toEqual(generate(options).bytes);
  expect(generate({ ...options, seed: 8 }).bytes).not.toEqual(generate(options).bytes);
});
