import { readFileSync } from "node:fs";
import { AnalysisSession } from "../../src/host/analysisSession.ts";
import { unpackFile } from "../../src/host/packed/unpackFile.node.ts";
import type { ProgressView } from "../../src/protocol/views.ts";
import type { OpenAnswer } from "../../src/protocol/worker.ts";

/** The bytes of a committed capture. */
export function captureBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../captures/${name}/capture.pcap`, import.meta.url)));
}

export interface OpenedSession {
  readonly session: AnalysisSession;
  readonly answer: OpenAnswer;
  readonly progress: readonly ProgressView[];
  readonly log: readonly string[];
}

/** A session over bytes, in a host whose clock counts every look at it as `tick` milliseconds. */
export async function openSession(
  bytes: Uint8Array,
  language: "en" | "ja" = "en",
  name = "capture.pcap",
  tick = 1,
): Promise<OpenedSession> {
  const progress: ProgressView[] = [];
  const log: string[] = [];
  let now = 0;
  const session = new AnalysisSession({
    openPath: () => {
      throw new Error("This host has no files.");
    },
    unpack: unpackFile,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => (now += tick),
    progress: (view) => progress.push(view),
    log: (level, text) => log.push(`${level} ${text}`),
  });
  const answer = await session.answer("open", { path: null, bytes, name, language, ports: [] });
  return { session, answer, progress, log };
}
