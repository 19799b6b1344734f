import { Worker } from "node:worker_threads";
import type { ProgressView } from "../protocol/views.ts";
import type { FromWorker, ToWorker, WorkerRequestName, WorkerRequests } from "../protocol/worker.ts";

/** What the worker says without being asked. */
export interface AnalysisListener {
  progress(progress: ProgressView): void;
  log(level: "info" | "warn" | "error", text: string): void;
  /** The worker ended although nobody asked it to; every open request has been rejected with the same reason. */
  crashed(reason: Error): void;
}

/** Time in milliseconds that a worker has to close its file by itself. */
const CLOSING = 1000;

interface Waiting {
  /** What came of a text trace before the answer. */
  readonly spans: unknown[];
  resolve(answer: unknown): void;
  reject(reason: Error): void;
}

/** Client of the worker that reads one capture, so that the extension host never stalls. */
export class AnalysisWorker {
  private readonly worker: Worker;
  private readonly listener: AnalysisListener;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private ended: Error | undefined;

  constructor(script: string, listener: AnalysisListener) {
    this.listener = listener;
    // Without execArgv of its own the worker would take the host's debugging flags over.
    this.worker = new Worker(script, { name: "smb-lens-analysis", execArgv: [] });
    this.worker.on("message", (message: FromWorker) => this.receive(message));
    this.worker.on("error", (error) => this.end(error));
    this.worker.on("exit", (code) => this.end(new Error(`The analysis worker ended with code ${code}.`)));
  }

  /** Asks and waits for the answer; rejects with the worker's reason, or when it has ended. */
  request<Name extends WorkerRequestName>(name: Name, request: WorkerRequests[Name]["request"]): Promise<WorkerRequests[Name]["answer"]> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    const id = this.nextId++;
    return new Promise<WorkerRequests[Name]["answer"]>((resolve, reject) => {
      this.waiting.set(id, { spans: [], resolve: (answer) => resolve(answer as WorkerRequests[Name]["answer"]), reject });
      this.send({ type: "request", id, name, request } as ToWorker);
    });
  }

  /** Ends the reading of the capture; `open` then answers with what was read. */
  stop(): void {
    this.send({ type: "stop" });
  }

  dispose(): void {
    if (this.ended !== undefined) return;
    this.ended = new Error("The capture was closed.");
    this.rejectAll(this.ended);
    this.worker.postMessage({ type: "close" } satisfies ToWorker);
    const ending = setTimeout(() => void this.worker.terminate(), CLOSING);
    this.worker.once("exit", () => clearTimeout(ending));
  }

  private send(message: ToWorker): void {
    if (this.ended === undefined) this.worker.postMessage(message, transferable(message));
  }

  private receive(message: FromWorker): void {
    if (this.ended !== undefined) return;
    switch (message.type) {
      case "progress":
        this.listener.progress(message.progress);
        break;
      case "log":
        this.listener.log(message.level, message.text);
        break;
      case "part":
        for (const span of message.spans) this.waiting.get(message.id)?.spans.push(span);
        this.send({ type: "more", id: message.id });
        break;
      case "ok":
        this.answer(message.id, message.answer);
        break;
      case "failed":
        this.take(message.id)?.reject(new Error(message.message));
        break;
    }
  }

  private answer(id: number, answer: unknown): void {
    const waiting = this.take(id);
    waiting?.resolve(waiting.spans.length > 0 ? withSpans(waiting.spans, answer as SpannedAnswer) : answer);
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  private end(reason: Error): void {
    if (this.ended !== undefined) return;
    this.ended = reason;
    this.rejectAll(reason);
    this.listener.crashed(reason);
  }

  private rejectAll(reason: Error): void {
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }
}

interface SpannedAnswer {
  readonly spans: readonly unknown[];
}

function withSpans(before: readonly unknown[], answer: SpannedAnswer): unknown {
  return { ...answer, spans: [...before, ...answer.spans] };
}

// The bytes of a capture can be large: they move to the worker and are not copied, where they have a buffer of their own.
function transferable(message: ToWorker): ArrayBuffer[] {
  if (message.type !== "request" || (message.name !== "open" && message.name !== "compare")) return [];
  const bytes = message.request.bytes;
  const own = bytes !== null && bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer;
  return own ? [bytes.buffer] : [];
}
