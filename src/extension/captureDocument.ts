import * as vscode from "vscode";
import type { TextTrace } from "../core/index.ts";
import type { CaptureView, ProgressView, StateView } from "../protocol/views.ts";
import type { OpenAnswer, RuleChoice, WorkerRequestName, WorkerRequests } from "../protocol/worker.ts";
import { type AnalysisListener, AnalysisWorker } from "./analysisWorker.ts";
import { CaptureTooLarge, captureInput } from "./captureBytes.ts";
import { CaptureFile } from "./captureFile.ts";
import { displayLanguage } from "./displayLanguage.ts";
import { findRuleChoice } from "./ruleChoice.ts";
import { smbPorts } from "./settings.ts";
import { SettingsFileWatch } from "./settingsFileWatch.ts";
import { crashedState, tooLargeState, unreadableState } from "./statePages.ts";
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
  /** The file that was read, and what became of it since. */
  readonly file: CaptureFile;
  private readonly script: string;
  private readonly log: vscode.LogOutputChannel;
  private readonly changed = new vscode.EventEmitter<CaptureStatus>();
  private readonly traces = new Map<number, Promise<TextTrace>>();
  private readonly settingsFile: SettingsFileWatch;
  private rules: RuleChoice | undefined;
  private worker: AnalysisWorker | undefined;
  private reading: Promise<void> = Promise.resolve();
  private current: CaptureStatus;
  private answer: OpenAnswer | undefined;
  private readAt = Date.now();
  /** The file is on its way from a file system that only VS Code can read. */
  private fetching = false;
  private disposed = false;

  /** Every change of {@link status}; the last of a reading is `state` or `capture`. */
  readonly onDidChange = this.changed.event;

  constructor(uri: vscode.Uri, script: string, log: vscode.LogOutputChannel) {
    this.uri = uri;
    this.file = new CaptureFile(uri);
    this.settingsFile = new SettingsFileWatch(uri, () => void this.settle());
    this.current = startOfReading(uri);
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
    this.set(startOfReading(this.uri));
    const worker = new AnalysisWorker(
      this.script,
      this.listener(() => this.worker === worker),
    );
    this.worker = worker;
    this.reading = this.read(worker);
    return this.reading;
  }

  /** Tells what was read by the settings of the rules as they are now; nothing is read again. */
  async settle(): Promise<void> {
    await this.reading;
    const { worker } = this;
    if (worker === undefined || this.answer === undefined) return;
    const before = this.rules;
    const rules = await this.findRules();
    if (JSON.stringify(rules) === JSON.stringify(before)) return;
    try {
      const answer = await worker.request("rules", rules);
      if (this.worker !== worker || this.rules !== rules) return;
      this.traces.clear();
      this.take(answer);
    } catch (error) {
      this.log.error(`${this.uri.toString(true)}: ${String(error)}`);
    }
  }

  /** Ends the reading; what was read by then is shown. */
  stop(): void {
    if (!this.fetching) {
      this.worker?.stop();
      return;
    }
    this.fetching = false;
    this.worker?.dispose();
    this.worker = undefined;
    this.fail(new Error(vscode.l10n.t("You stopped it before the whole file was there.")), unreadableState);
  }

  /** Waits for the end of the reading under way. */
  async whenRead(): Promise<void> {
    await this.reading;
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
    this.file.dispose();
    this.settingsFile.dispose();
    this.changed.dispose();
  }

  private async read(worker: AnalysisWorker): Promise<void> {
    try {
      const file = await this.file.mark();
      this.fetching = this.uri.scheme !== "file";
      const input = await captureInput(this.uri, file?.size ?? 0).finally(() => {
        if (this.worker === worker) this.fetching = false;
      });
      const name = this.uri.path.slice(this.uri.path.lastIndexOf("/") + 1);
      const rules = await this.findRules();
      const answer = await worker.request("open", { ...input, name, language: displayLanguage(), ports: smbPorts(this.uri), rules });
      if (this.worker !== worker) return;
      const { frames, bytes, milliseconds, connections } = answer.statistics;
      this.log.info(
        `${this.uri.toString(true)}: ${frames} frames, ${connections} connections, ${bytes} bytes in ${Math.round(milliseconds)} ms`,
      );
      this.take(answer);
      void this.file.hasRead(bytes);
    } catch (error) {
      if (this.worker === worker) this.fail(error, error instanceof CaptureTooLarge ? tooLargeState : unreadableState);
    }
  }

  private take(answer: OpenAnswer): void {
    this.readAt = Date.now();
    this.answer = answer;
    this.set(statusOf(answer));
  }

  private async findRules(): Promise<RuleChoice> {
    const { choice, file, unknown } = await findRuleChoice(this.uri);
    this.settingsFile.follow(file);
    for (const name of unknown) this.log.warn(`${file?.toString(true)}: there is no setting ${name}`);
    if (choice.trouble !== "") this.log.warn(choice.trouble);
    this.rules = choice;
    return choice;
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

function startOfReading({ scheme }: vscode.Uri): CaptureStatus {
  const text =
    scheme === "file"
      ? vscode.l10n.t("Reading the capture")
      : vscode.l10n.t("Fetching the whole file: its file system ({0}) gives no part of it alone.", scheme);
  return { type: "progress", progress: { percent: 0, text, frames: "0", connections: "0", found: [] } };
}
