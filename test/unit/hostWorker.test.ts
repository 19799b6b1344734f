import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TextTrace } from "../../src/core/index.ts";
import type { ProgressView } from "../../src/protocol/views.ts";
import type { FromWorker, WorkerRequestName, WorkerRequests } from "../../src/protocol/worker.ts";
import { captureBytes } from "../support/openSession.ts";

const CAPTURE = fileURLToPath(new URL("../captures/tn_302_resp_caps_clear_dfs.client/capture.pcap", import.meta.url));

/** Asks a worker as the extension host does. */
class Asker {
  readonly worker: Worker;
  readonly progress: ProgressView[] = [];
  readonly exited: Promise<number>;
  onProgress: () => void = () => undefined;
  private readonly waiting = new Map<number, { resolve(answer: unknown): void; reject(reason: Error): void }>();
  private nextId = 1;

  constructor(script: string) {
    this.worker = new Worker(script);
    this.exited = new Promise((resolve) => this.worker.on("exit", resolve));
    this.worker.on("message", (message: FromWorker) => this.receive(message));
  }

  ask<Name extends WorkerRequestName>(name: Name, request: WorkerRequests[Name]["request"]): Promise<WorkerRequests[Name]["answer"]> {
    const id = this.nextId++;
    this.worker.postMessage({ type: "request", id, name, request });
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve: (answer) => resolve(answer as never), reject }));
  }

  open(path: string, language: "en" | "ja" = "en") {
    return this.ask("open", { path, bytes: null, name: "x.pcap", language, ports: [] });
  }

  private receive(message: FromWorker): void {
    if (message.type === "progress") {
      this.progress.push(message.progress);
      this.onProgress();
    }
    if (message.type !== "ok" && message.type !== "failed") return;
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.type === "ok") waiting?.resolve(message.answer);
    else waiting?.reject(new Error(message.message));
  }
}

let folder: string;
let script: string;
let asker: Asker;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "smb-lens-worker-"));
  script = join(folder, "worker.cjs");
  const entry = fileURLToPath(new URL("../../src/host/worker.node.ts", import.meta.url));
  await build({
    entryPoints: [entry],
    outfile: script,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "error",
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  asker = new Asker(script);
});
afterEach(async () => {
  await asker.worker.terminate();
});

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The frames of a capture again and again, so that reading takes a while. */
function longCapture(times: number): Uint8Array {
  const one = captureBytes("tn_302_resp_caps_clear_dfs.client");
  const frames = one.subarray(24);
  const long = new Uint8Array(24 + frames.length * times);
  long.set(one.subarray(0, 24));
  for (let time = 0; time < times; time++) long.set(frames, 24 + time * frames.length);
  return long;
}

describe("the analysis worker", () => {
  it("reads a capture and answers what the editor asks", async () => {
    const opened = await asker.open(CAPTURE);
    expect(opened.capture?.summary).toBe("pcap, Ethernet, 18 frames, 12.7 ms");
    expect(opened.incidents.map(({ rule }) => rule)).toEqual(["vni-server-capabilities-differ"]);
    expect((await asker.ask("rows", { chip: "failed", filter: "", start: 0, count: 10 })).rows.map(({ id }) => id)).toEqual([1]);
    expect((await asker.ask("overview", { connection: 1 })).facts.map(({ frame }) => frame)).toEqual([6, 15, 16]);
    expect((await asker.ask("comparison", { connection: 1, exchange: 0 })).comparison?.differences).toBe(1);
    expect(await asker.ask("step", { connection: 1, by: 1 })).toEqual({ connection: 1 });
  });

  it("writes the text trace with its problem, of the capture and of one connection", async () => {
    await asker.open(CAPTURE);
    const trace = (await asker.ask("trace", { connection: 0 })) as TextTrace;
    expect(trace.text).toContain("vni-server-capabilities-differ");
    expect(trace.problems.map(({ rule, frame }) => [rule, frame])).toEqual([["vni-server-capabilities-differ", 15]]);
    const one = (await asker.ask("trace", { connection: 1 })) as TextTrace;
    const [problem] = one.problems;
    expect(one.text.split("\n")[problem?.line ?? -1]?.slice(problem?.start, problem?.end)).toBe("0x0000004f");
  });

  it("exports in every format", async () => {
    await asker.open(CAPTURE);
    const text = async (format: "text" | "json" | "markdown" | "sarif") => (await asker.ask("export", { format })).text;
    expect(JSON.parse(await text("json")).captures[0].findings[0].rule).toBe("vni-server-capabilities-differ");
    expect(JSON.parse(await text("sarif")).version).toBe("2.1.0");
    expect(await text("text")).toContain("NEGOTIATE");
    expect(await text("markdown")).toContain("NEGOTIATE");
  });

  it("takes bytes where there is no path", async () => {
    const bytes = captureBytes("tn_302_resp_caps_clear_dfs.server");
    const opened = await asker.ask("open", { path: null, bytes, name: "server.pcap", language: "ja", ports: [] });
    expect(opened.capture?.name).toBe("server.pcap");
    expect(opened.capture?.list.chips[2]).toEqual({ id: "warnings", label: "警告", count: 1 });
  });

  it("stops between two chunks and keeps what was read", async () => {
    const path = file("long.pcap", longCapture(6000));
    asker.onProgress = () => asker.worker.postMessage({ type: "stop" });
    const opened = await asker.open(path);
    expect(asker.progress.length).toBeGreaterThan(0);
    expect(opened.statistics.bytes).toBeLessThan(6000 * 3328);
    expect(opened.statistics.frames).toBeGreaterThan(0);
    expect(opened.capture?.banners.map(({ bold }) => bold).join()).toMatch(/^Stopped at \d+%: shown up to frame [\d,]+\./);
    // What was read is asked for again, from the part of the file that was read.
    expect((await asker.ask("overview", { connection: 1 })).id).toBe(1);
  });

  it("answers other requests while it reads", async () => {
    const opening = asker.open(file("long.pcap", longCapture(3000)));
    await expect(asker.ask("overview", { connection: 1 })).rejects.toThrow("No capture has been read yet.");
    expect((await opening).statistics.frames).toBe(3000 * 18);
  });

  it("makes a page of a file that is none", async () => {
    expect((await asker.open(file("empty.pcap", new Uint8Array()))).state?.title).toBe("This file is empty.");
    const text = await asker.open(file("list.pcap", new TextEncoder().encode("apples, pears, and a melon")));
    expect(text.state?.title).toBe("This file is no network capture.");
    expect((await asker.open(folder)).state?.title).toBe("This file could not be read.");
    const missing = await asker.open(join(folder, "missing.pcap"));
    expect(missing.state?.text).toContain("ENOENT");
    expect((await asker.open(CAPTURE)).capture?.first).toBe(1);
  });

  it("refuses what does not exist, and goes on", async () => {
    await asker.open(CAPTURE);
    await expect(asker.ask("comparison", { connection: 99, exchange: 0 })).rejects.toThrow("Connection 99 does not exist");
    await expect(asker.ask("nonsense" as never, {} as never)).rejects.toThrow();
    expect((await asker.ask("rows", { chip: "all", filter: "", start: 0, count: 1 })).total).toBe(1);
  });

  it("ends by itself when it is closed", async () => {
    await asker.open(CAPTURE);
    asker.worker.postMessage({ type: "close" });
    expect(await asker.exited).toBe(0);
  });
});
