import {
  type Analysis,
  analyse,
  applyRuleSettings,
  applyRuleSettingsToDetail,
  type ByteSource,
  type Connection,
  type ConnectionDetail,
  hidesFailure,
  memorySource,
  type ReportSubject,
  readConnections,
  type TextTrace,
  toTextTrace,
} from "../core/index.ts";
import type { ProgressView } from "../protocol/views.ts";
import type { OpenAnswer, RuleChoice, WorkerRequestName, WorkerRequests } from "../protocol/worker.ts";
import { compareWith } from "./compareWith.ts";
import { ConnectionRows } from "./connectionRows.ts";
import { copyMessage } from "./copyMessage.ts";
import { DetailCache } from "./detailCache.ts";
import { exportReport, type ReportFormat } from "./exportReport.ts";
import { FindingIndex } from "./findingIndex.ts";
import { MessagePages } from "./messagePages.ts";
import { ProgressReporter } from "./progressReporter.ts";
import { captureView } from "./views/captureView.ts";
import { comparisonView } from "./views/comparisonView.ts";
import { incidentView } from "./views/incidentView.ts";
import { messageView } from "./views/messageView.ts";
import { overviewView } from "./views/overviewView.ts";
import { stateView, unreadableState } from "./views/stateView.ts";
import { tellingExchange } from "./views/tellingExchange.ts";
import type { HostTexts } from "./views/texts.ts";
import { textsOf } from "./views/textsOf.ts";

/** A source that holds something open. */
export interface OpenSource extends ByteSource {
  close?(): void | Promise<void>;
}

/** What a session needs of the host it runs in. */
export interface SessionHost {
  /** Opens a file of this host's file system; throws when it cannot be opened. */
  openPath(path: string): OpenSource | Promise<OpenSource>;
  /** The source, or what is in it where it is compressed. */
  unpack(source: OpenSource): OpenSource | Promise<OpenSource>;
  /** Lets messages come in between two chunks. */
  pause(): Promise<void>;
  /** Milliseconds, never backwards. */
  now(): number;
  progress(view: ProgressView): void;
  log(level: "info" | "warn" | "error", text: string): void;
}

type OpenRequest = WorkerRequests["open"]["request"];
type Request<Name extends WorkerRequestName> = WorkerRequests[Name]["request"];
type Answer<Name extends WorkerRequestName> = WorkerRequests[Name]["answer"];

/** A capture that was read, with all that its answers are made from. */
interface OpenCapture {
  readonly source: OpenSource;
  /** As it was read. */
  readonly read: Analysis;
  /** As the settings of the rules want it told. */
  readonly analysis: Analysis;
  readonly rules: RuleChoice;
  readonly name: string;
  readonly ports: readonly number[];
  readonly texts: HostTexts;
  /** How long the reading took. */
  readonly milliseconds: number;
  readonly findings: FindingIndex;
  readonly rows: ConnectionRows;
  readonly details: DetailCache;
  readonly messages: MessagePages;
}

const NO_CHOICE: RuleChoice = { levels: {}, origin: "", trouble: "" };

type ReadCapture = Pick<OpenCapture, "source" | "read" | "rules" | "name" | "ports" | "texts" | "milliseconds">;

/** Connections that the text trace of a whole capture shows in full. */
const MOST_NOTABLE = 200;
const MOST_HEALTHY = 100;
/** In larger captures the healthy connections stay out of the trace, in bytes. */
const SMALL_CAPTURE = 64 * 1024 * 1024;
/** Messages a connection in that trace, and in all of it: each may hold up to 64 KiB while the trace is written. */
const MOST_MESSAGES = 500;
const MOST_TRACED_MESSAGES = 20_000;
const MOST_ROWS = 1000;

/** Holds one analysed capture and answers what the editor asks of it. */
export class AnalysisSession {
  private readonly host: SessionHost;
  private signal = { aborted: false };
  private capture: OpenCapture | undefined;

  constructor(host: SessionHost) {
    this.host = host;
  }

  /** Answers one request; rejects with a reason for the log when it cannot. */
  async answer<Name extends WorkerRequestName>(name: Name, request: Request<Name>): Promise<Answer<Name>> {
    const answers: { readonly [Key in WorkerRequestName]: (request: Request<Key>) => Promise<Answer<Key>> } = {
      open: (open) => this.open(open),
      rules: async (rules) => this.settle(rules),
      rows: async (rows) => this.rows(rows),
      overview: ({ connection }) => this.overview(connection),
      comparison: (comparison) => this.comparison(comparison),
      messages: (messages) => this.opened().messages.answer(messages),
      message: (message) => this.message(message),
      copy: (copy) => this.copy(copy),
      trace: ({ connection }) => this.trace(connection),
      step: async ({ connection, by }) => ({ connection: this.opened().rows.order.step(connection, by) }),
      compare: (other) => this.compare(other),
      export: async ({ format }) => ({ text: await this.export(format) }),
    };
    if (!Object.hasOwn(answers, name)) throw new Error(`There is no request ${name}.`);
    return answers[name](request);
  }

  /** Ends the reading; `open` then answers with what was read. */
  stop(): void {
    this.signal.aborted = true;
  }

  /** Gives the capture and its file back. */
  async close(): Promise<void> {
    this.stop();
    const source = this.capture?.source;
    this.capture = undefined;
    await source?.close?.();
  }

  private async open(request: OpenRequest): Promise<OpenAnswer> {
    await this.close();
    this.signal = { aborted: false };
    const texts = textsOf(request.language);
    const source = await this.openSource(request);
    if (source instanceof Error) return unreadable(source.message, texts);
    const startedAt = this.host.now();
    const { name, ports, rules = NO_CHOICE } = request;
    const reporter = new ProgressReporter(texts, this.host.now, this.host.progress, rules.levels);
    const options = {
      ports,
      pause: () => this.host.pause(),
      onProgress: (progress: Parameters<ProgressReporter["report"]>[0]) => reporter.report(progress),
    };
    const read = await analyse(source, options, this.signal);
    this.capture = this.keep({ name, source, read, ports, texts, rules, milliseconds: this.host.now() - startedAt });
    this.logIssues(read);
    return this.openAnswer(this.capture);
  }

  private settle(rules: RuleChoice): OpenAnswer {
    this.capture = this.keep({ ...this.opened(), rules });
    return this.openAnswer(this.capture);
  }

  private async openSource({ path, bytes }: Pick<OpenRequest, "path" | "bytes">): Promise<OpenSource | Error> {
    try {
      return await this.host.unpack(path === null ? memorySource(bytes ?? new Uint8Array()) : await this.host.openPath(path));
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      this.host.log("error", reason.message);
      return reason;
    }
  }

  private keep(opened: ReadCapture): OpenCapture {
    const { source, read, rules, ports, texts } = opened;
    const analysis = applyRuleSettings(read, rules.levels);
    const findings = new FindingIndex(analysis);
    const options = { ports, pause: () => this.host.pause() };
    const inFull = async (ids: readonly number[], page?: number) => {
      const details = await readConnections(source, analysis, ids, page === undefined ? options : { ...options, page });
      return details.map((detail) => applyRuleSettingsToDetail(detail, rules.levels));
    };
    const details = new DetailCache(inFull);
    const readPage = async (id: number, page: number) => (page === 0 ? details.get(id) : (await inFull([id], page))[0]);
    const messages = new MessagePages(readPage, analysis.capture, texts);
    return { ...opened, analysis, findings, rows: new ConnectionRows(analysis, findings, texts), details, messages };
  }

  private openAnswer({ analysis, rules, name, ports, texts, findings, rows, milliseconds }: OpenCapture): OpenAnswer {
    const { capture, connections, incidents } = analysis;
    const state = stateView(capture, connections.count, [...new Set([445, 139, ...ports])], texts);
    const first = rows.order.ids[0] ?? 0;
    const worst = first === 0 ? undefined : connections.get(first - 1);
    const proved = worst?.outcome === "failed" && findings.decisive(worst)?.certainty === "proved";
    return {
      state,
      capture: state === null ? captureView(name, analysis, rules, rows.order.counts, { id: first, proved }, texts) : null,
      incidents: incidents.flatMap((incident) => incidentView(incident, analysis, texts) ?? []),
      statistics: { frames: capture.frames, bytes: capture.bytesRead, milliseconds, connections: connections.count },
    };
  }

  private rows({ chip, filter, start, count, find }: Request<"rows">): Answer<"rows"> {
    const { rows } = this.opened();
    const range = rows.range(chip, filter, start, Math.min(MOST_ROWS, count));
    return find === undefined ? range : { ...range, found: rows.indexOf(chip, filter, find) };
  }

  private async overview(id: number): Promise<Answer<"overview">> {
    const { analysis, findings, rows, texts, details } = this.opened();
    const detail = existing(await details.get(id), id);
    const noFailure = rows.order.counts.failed === 0 && !hidesFailure(analysis);
    return overviewView(detail, findings.decisive(connectionOf(analysis, id)), noFailure, texts);
  }

  private async comparison({ connection: id, exchange, best }: Request<"comparison">): Promise<Answer<"comparison">> {
    const { texts, details } = this.opened();
    const detail = existing(await details.get(id), id);
    return comparisonView(detail, best === true ? tellingExchange(detail.facts) : exchange, texts);
  }

  private async message({ connection, page, index }: Request<"message">): Promise<Answer<"message">> {
    const { messages, texts } = this.opened();
    return { message: messageView(await messages.page(connection, page), index, texts) };
  }

  private async copy({ connection, page, index, path, form }: Request<"copy">): Promise<Answer<"copy">> {
    const { messages, texts } = this.opened();
    return { text: copyMessage(await messages.page(connection, page), index, path, form, texts) };
  }

  private async trace(id: number): Promise<TextTrace> {
    const { analysis, source, ports, rules, details } = this.opened();
    const subject = { ...this.subject(), connection: id };
    if (id !== 0) return toTextTrace(analysis, [existing(await details.get(id), id)], subject);
    const options = { ports, messageLimit: MOST_MESSAGES, pause: () => this.host.pause() };
    const read = await readConnections(source, analysis, this.tracedIds(), options);
    const told = read.map((detail) => applyRuleSettingsToDetail(detail, rules.levels));
    return toTextTrace(analysis, told, subject);
  }

  /** What failed or has warnings, then, in a small capture, some of the others. */
  private tracedIds(): readonly number[] {
    const { analysis, rows } = this.opened();
    const { ids, counts } = rows.order;
    const notable = counts.failed + counts.warnings;
    const others = analysis.capture.bytesRead <= SMALL_CAPTURE ? MOST_HEALTHY : 0;
    const candidates = [...ids.subarray(0, Math.min(notable, MOST_NOTABLE)), ...ids.subarray(notable, notable + others)];
    let messages = 0;
    return candidates.filter((id) => {
      messages += Math.min(MOST_MESSAGES, connectionOf(analysis, id).messages);
      return messages <= MOST_TRACED_MESSAGES;
    });
  }

  private async compare(request: Request<"compare">): Promise<Answer<"compare">> {
    const { source, analysis, name, ports, texts } = this.opened();
    const other = await this.openSource(request);
    if (other instanceof Error) throw other;
    return compareWith({ source, analysis, name, ports, language: texts.language }, other, request.name, () => this.host.pause());
  }

  private async export(format: ReportFormat): Promise<string> {
    const analysis = format === "json" || format === "sarif" ? await this.withAllFindings() : this.opened().analysis;
    return exportReport(format, analysis, this.subject());
  }

  private subject(): ReportSubject {
    const { name, texts, rules } = this.opened();
    return { name, language: texts.language, settings: rules.origin };
  }

  /** The analysis with every finding kept whole, for programs; read again where the one for the screen left some out. */
  private async withAllFindings(): Promise<Analysis> {
    const { read, analysis, rules, source, ports } = this.opened();
    const isWhole = read.incidents.every(({ findings, connections }) => findings.length >= connections.length);
    if (isWhole || !read.capture.complete) return analysis;
    const whole = await analyse(source, { ports, findingsPerIncident: Number.POSITIVE_INFINITY, pause: () => this.host.pause() });
    return applyRuleSettings(whole, rules.levels);
  }

  private logIssues({ capture }: Analysis): void {
    for (const { kind, frame, offset, data } of capture.issues)
      this.host.log("warn", `${kind} ${JSON.stringify({ frame, offset, ...data })}`);
  }

  private opened(): OpenCapture {
    if (this.capture === undefined) throw new Error("No capture has been read yet.");
    return this.capture;
  }
}

function unreadable(reason: string, texts: HostTexts): OpenAnswer {
  const statistics = { frames: 0, bytes: 0, milliseconds: 0, connections: 0 };
  return { state: unreadableState(reason, texts), capture: null, incidents: [], statistics };
}

function connectionOf(analysis: Analysis, id: number): Connection {
  return analysis.connections.get(id - 1);
}

function existing(detail: ConnectionDetail | undefined, id: number): ConnectionDetail {
  if (detail === undefined) throw new Error(`Connection ${id} does not exist, or its file has changed.`);
  return detail;
}
