import * as vscode from "vscode";
import type { TextTrace } from "../core/index.ts";
import type { CaptureView, ProgressView, StateView } from "../protocol/views.ts";
import type { OpenAnswer, WorkerRequestName, WorkerRequests } from "../protocol/worker.ts";
import { type AnalysisListener, AnalysisWorker } from "./analysisWorker.ts";
import { captureInput } from "./captureBytes.ts";
import { displayLanguage } from "./displayLanguage.ts";
import { smbPorts } from "./settings.ts";
import { crashedState, unreadableState } from "./statePages.ts";
import { stateTrace } from "./stateTrace.ts";

/** How far the reading of a capture is, as the page shows it. */
export type CaptureStatus =
  | { readonly type: "progress"; readonly progress: ProgressView }
  | { readonly type: "state"; readonly state: StateView }
  | { readonly type: "capture"; readonly capture: CaptureView };

/** Traces of single connections kept beside that of the whole capture. */
const KEPT_CONNECTION_TRACES = 8;

/** One capture that is open, with the worker that holds its tables. All editors and text traces of the file share it. */
export class CaptureDocument {
  readonly uri: vscode.Uri;
  private readonly script: string;
  private readonly log: vscode.LogOutputChannel;
  private readonly changed = new vscode.EventEmitter<CaptureStatus>();
  private readonly traces = new Map<number, Promise<TextTrace>>();
  private worker: AnalysisWorker | undefined;
  private reading: Promise<void> = Promise.resolve();
  private current: CaptureStatus = startOfReading();
  private answer: OpenAnswer | undefined;
  private readAt = Date.now();
  private disposed = false;

  /** Every change of {@link status}; the last of a reading is `state` or `capture`. */
  readonly onDidChange = this.changed.event;

  constructor(uri: vscode.Uri, script: string, log: vscode.LogOutputChannel) {
    this.uri = uri;
    this.script = script;
    this.log = log;
  }

  get status(): CaptureStatus {
    return this.current;
  }

  /** What the reading gave; undefined until it has ended. */
  get result(): OpenAnswer | undefined {
    return this.answer;
  }

  /** When the capture was read last, in milliseconds since 1970. */
  get modified(): number {
    return this.readAt;
  }

  /** Reads the capture from its beginning; a reading under way is given up. */
  analyse(): Promise<void> {
    if (this.disposed) return this.reading;
    this.worker?.dispose();
    this.traces.clear();
    this.answer = undefined;
    this.set(startOfReading());
    const worker = new AnalysisWorker(
      this.script,
      this.listener(() => this.worker === worker),
    );
    this.worker = worker;
    this.reading = this.read(worker);
    return this.reading;
  }

  /** Ends the reading; what was read by then is shown. */
  stop(): void {
    this.worker?.stop();
  }

  /** Asks the worker once the capture is read. */
  async ask<Name extends WorkerRequestName>(name: Name, request: WorkerRequests[Name]["request"]): Promise<WorkerRequests[Name]["answer"]> {
    await this.reading;
    if (this.worker === undefined) throw new Error("The capture was closed.");
    return this.worker.request(name, request);
  }

  /** The text trace of the whole capture (0) or of one connection; that of a capture without result tells its state. */
  async trace(connection = 0): Promise<TextTrace> {
    await this.reading;
    if (this.current.type === "state") return stateTrace(this.current.state);
    const known = this.traces.get(connection);
    if (known !== undefined) return known;
    const asked = this.ask("trace", { connection }) as Promise<TextTrace>;
    this.keep(connection, asked);
    return asked;
  }

  dispose(): void {
    this.disposed = true;
    this.worker?.dispose();
    this.worker = undefined;
    this.traces.clear();
    this.changed.dispose();
  }

  private async read(worker: AnalysisWorker): Promise<void> {
    try {
      const input = await captureInput(this.uri);
      const name = this.uri.path.slice(this.uri.path.lastIndexOf("/") + 1);
      const answer = await worker.request("open", { ...input, name, language: displayLanguage(), ports: smbPorts(this.uri) });
      if (this.worker !== worker) return;
      this.readAt = Date.now();
      this.answer = answer;
      const { frames, bytes, milliseconds, connections } = answer.statistics;
      this.log.info(
        `${this.uri.toString(true)}: ${frames} frames, ${connections} connections, ${bytes} bytes in ${Math.round(milliseconds)} ms`,
      );
      this.set(statusOf(answer));
    } catch (error) {
      if (this.worker === worker) this.fail(error, unreadableState);
    }
  }

  private listener(isCurrent: () => boolean): AnalysisListener {
    return {
      progress: (progress) => {
        if (isCurrent() && this.answer === undefined) this.set({ type: "progress", progress });
      },
      log: (level, text) => this.log[level](text),
      crashed: (reason) => {
        if (isCurrent()) this.fail(reason, crashedState);
      },
    };
  }

  private fail(error: unknown, page: (reason: string) => StateView): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.log.error(`${this.uri.toString(true)}: ${error instanceof Error ? (error.stack ?? reason) : reason}`);
    this.readAt = Date.now();
    // A crash rejects the open request too: the page that came first says more.
    if (this.current.type !== "state") this.set({ type: "state", state: page(reason) });
  }

  private set(status: CaptureStatus): void {
    this.current = status;
    this.changed.fire(status);
  }

  private keep(connection: number, trace: Promise<TextTrace>): void {
    this.traces.set(connection, trace);
    trace.catch(() => this.traces.delete(connection));
    const oldest = [...this.traces.keys()].filter((key) => key !== 0);
    if (oldest.length > KEPT_CONNECTION_TRACES && oldest[0] !== undefined) this.traces.delete(oldest[0]);
  }
}

function statusOf(answer: OpenAnswer): CaptureStatus {
  if (answer.capture !== null) return { type: "capture", capture: answer.capture };
  return { type: "state", state: answer.state ?? unreadableState("") };
}

function startOfReading(): CaptureStatus {
  return { type: "progress", progress: { percent: 0, text: vscode.l10n.t("Reading the capture"), frames: "", connections: "", found: [] } };
}
