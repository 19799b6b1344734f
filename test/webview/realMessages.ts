import { readFileSync } from "node:fs";
import { AnalysisSession } from "../../src/host/analysisSession.ts";
import type { WorkerRequests } from "../../src/protocol/worker.ts";

/** Asks the host's own session about the messages of a committed capture: what the page shows of them is real. */
export type AskMessages = <Name extends "messages" | "message" | "copy">(
  name: Name,
  request: WorkerRequests[Name]["request"],
) => Promise<WorkerRequests[Name]["answer"]>;

const opened = new Map<string, Promise<AnalysisSession>>();

export function realMessages(name: string, language: "en" | "ja"): AskMessages {
  const key = `${name} ${language}`;
  const session = opened.get(key) ?? open(name, language);
  opened.set(key, session);
  return async (request, value) => (await session).answer(request, value);
}

async function open(name: string, language: "en" | "ja"): Promise<AnalysisSession> {
  const session = new AnalysisSession({
    openPath: () => {
      throw new Error("This host has no files.");
    },
    unpack: (source) => source,
    pause: () => Promise.resolve(),
    now: () => performance.now(),
    progress: () => undefined,
    log: () => undefined,
  });
  const bytes = new Uint8Array(readFileSync(new URL(`../captures/${name}/capture.pcap`, import.meta.url)));
  await session.answer("open", { path: null, bytes, name, language, ports: [] });
  return session;
}
