import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { type AnalysisListener, AnalysisWorker } from "../../src/extension/analysisWorker.ts";

const folder = mkdtempSync(join(tmpdir(), "smb-lens-worker-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A worker that answers by the name of the connection asked for; as little of the real one as a client needs. */
function script(name: string, answer: string): string {
  const file = join(folder, `${name}.cjs`);
  writeFileSync(
    file,
    `const { parentPort } = require("node:worker_threads");
parentPort.on("message", (message) => { if (message.type === "close") parentPort.close(); else { ${answer} } });`,
  );
  return file;
}

function listener() {
  return { progress: vi.fn(), log: vi.fn(), crashed: vi.fn() } satisfies AnalysisListener;
}

const overview = { connection: 1 };

test("each answer goes to its own request, whatever their order", async () => {
  const held = script(
    "order",
    `(globalThis.held ??= []).push(message);
     if (held.length === 2) for (const { id, request } of held.reverse()) parentPort.postMessage({ type: "ok", id, answer: request.connection });`,
  );
  const worker = new AnalysisWorker(held, listener());
  const answers = await Promise.all([worker.request("trace", { connection: 1 }), worker.request("trace", { connection: 2 })]);
  worker.dispose();
  expect(answers).toEqual([1, 2]);
});

test("an answer that comes in parts is put together, each part asked for", async () => {
  const inParts = script(
    "parts",
    `globalThis.said ??= [];
     if (message.type === "more") said.push(message.id);
     if (said.length < 2) parentPort.postMessage({ type: "part", id: message.id, spans: [said.length] });
     else parentPort.postMessage({ type: "ok", id: message.id, answer: { text: "x", spans: [2] } });`,
  );
  const worker = new AnalysisWorker(inParts, listener());
  const trace = await worker.request("trace", { connection: 0 });
  worker.dispose();
  expect(trace).toEqual({ text: "x", spans: [0, 1, 2] });
});

test("a request that failed is rejected with the worker's reason", async () => {
  const worker = new AnalysisWorker(
    script("fails", `parentPort.postMessage({ type: "failed", id: message.id, message: "no such connection" });`),
    listener(),
  );
  await expect(worker.request("overview", overview)).rejects.toThrow("no such connection");
  worker.dispose();
});

test("progress comes unasked, and a stop reaches the worker while it reads", async () => {
  const reading = script(
    "progress",
    `if (message.type === "stop") parentPort.postMessage({ type: "ok", id: globalThis.id, answer: "stopped" });
     else { globalThis.id = message.id; parentPort.postMessage({ type: "progress", progress: { percent: 40 } }); }`,
  );
  const listening = listener();
  const worker = new AnalysisWorker(reading, listening);
  const answer = worker.request("overview", overview);
  await vi.waitFor(() => expect(listening.progress).toHaveBeenCalledWith({ percent: 40 }));
  worker.stop();
  await expect(answer).resolves.toBe("stopped");
  worker.dispose();
});

test.each([
  ["throws", `throw new Error("out of luck");`, "out of luck"],
  ["exits", "process.exit(3);", "code 3"],
])("a worker that %s rejects what was asked and is reported once", async (name, fault, reason) => {
  const listening = listener();
  const worker = new AnalysisWorker(script(name, fault), listening);
  await expect(worker.request("overview", overview)).rejects.toThrow(reason);
  await expect(worker.request("overview", overview)).rejects.toThrow(reason);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(listening.crashed).toHaveBeenCalledTimes(1);
});

test("a worker that is not there is reported, not thrown", async () => {
  const listening = listener();
  const worker = new AnalysisWorker(join(folder, "missing.cjs"), listening);
  await expect(worker.request("overview", overview)).rejects.toThrow("missing.cjs");
  expect(listening.crashed).toHaveBeenCalledTimes(1);
});

test("closing rejects what was asked and is no crash, even of a worker that never rests", async () => {
  const listening = listener();
  const worker = new AnalysisWorker(script("busy", "for (;;);"), listening);
  const answer = worker.request("overview", overview);
  worker.dispose();
  await expect(answer).rejects.toThrow("closed");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(listening.crashed).not.toHaveBeenCalled();
});

test("the bytes of a capture move to the worker", async () => {
  const worker = new AnalysisWorker(
    script("bytes", `parentPort.postMessage({ type: "ok", id: message.id, answer: message.request.bytes.length });`),
    listener(),
  );
  const bytes = new Uint8Array(1000);
  await expect(worker.request("open", { path: null, bytes, name: "a.pcap", language: "en", ports: [] })).resolves.toBe(1000);
  expect(bytes.length).toBe(0);
  worker.dispose();
});
