import type { ByteSource } from "./bytes/byteSource.ts";
import type { CancelSignal } from "./bytes/cancelSignal.ts";
import { pointName } from "./model/capturePoint.ts";
import type { Connection } from "./model/connection.ts";
import type { ConnectionFacts } from "./model/connectionFacts.ts";
import { ConnectionTable } from "./model/connectionTable.ts";
import type { OtherView } from "./model/otherView.ts";
import type { Endpoint } from "./net/endpoint.ts";
import { readConnections } from "./readConnections.ts";
import type { Analysis } from "./rules/analysis.ts";
import { connectionOutcome } from "./rules/connectionOutcome.ts";
import type { Finding } from "./rules/finding.ts";
import { DEFAULT_INCIDENT_LIMITS, IncidentAccumulator } from "./rules/incidents.ts";
import { judgeForList } from "./rules/judgeForList.ts";
import { pathNegotiateAltered } from "./rules/path-negotiate-altered.ts";
import { validationVerdicts } from "./rules/validateComparison.ts";
import { Scan, SMB_PORTS, summarise } from "./scan.ts";
import type { MessageTable } from "./smb2/messageTable.ts";

export interface AnalyseOptions {
  /** Server ports besides 445 and 139. */
  readonly ports?: readonly number[] | undefined;
  /** Findings of one incident that are kept whole; of the rest only the connection is kept. 32 unless given; Infinity keeps all. */
  readonly findingsPerIncident?: number | undefined;
  /**
   * Takes every message. A table of a million messages is 36 MiB that somebody must want: filling it takes a fifth of the time of a
   * capture with many short connections.
   */
  readonly messages?: MessageTable | undefined;
  /** Called after every chunk of a MiB. */
  readonly onProgress?: ((progress: AnalyseProgress) => void) | undefined;
  /** Lets the host take messages between two chunks. */
  readonly pause?: (() => Promise<void>) | undefined;
}

export interface AnalyseProgress {
  readonly bytesRead: number;
  readonly size: number;
  readonly frames: number;
  /** SMB connections so far. */
  readonly connections: number;
  /** Findings that came since the last call. */
  readonly findings: readonly Finding[];
  /** The connection that a finding so far names. */
  readonly connectionOf?: (id: number) => Connection;
  /** The first connections of the capture, at most {@link MOST_BEGUN}, over or not. */
  readonly begun?: () => readonly BegunConnection[];
}

/** A connection as far as it is read. */
export interface BegunConnection {
  readonly id: number;
  readonly client: Endpoint;
  readonly server: Endpoint;
  /** The whole of it; null while it goes on. */
  readonly connection: Connection | null;
}

/** Connections that a host is told of while the capture is read: a screenful. */
const MOST_BEGUN = 16;

const NEVER: CancelSignal = { aborted: false };

/**
 * Reads a capture once and says what it shows. Never throws for what the file holds: a file that is damaged, cut or no capture gives
 * what was read before the trouble and an `Issue` for it; so does `signal`.
 */
export async function analyse(source: ByteSource, options: AnalyseOptions = {}, signal: CancelSignal = NEVER): Promise<Analysis> {
  const pass = new AnalysisPass(
    [...SMB_PORTS, ...(options.ports ?? [])],
    options.findingsPerIncident ?? DEFAULT_INCIDENT_LIMITS.findingsPerIncident,
    options.messages ?? null,
  );
  const connectionOf = (id: number) => pass.table.get(id - 1);
  let told = 0;
  const onChunk = (bytesRead: number, frames: number): Promise<void> | undefined => {
    if (options.onProgress !== undefined) {
      const findings = pass.incidents.findings;
      options.onProgress({
        bytesRead,
        size: source.size,
        frames,
        connections: pass.connectionCount,
        findings: findings.slice(told),
        connectionOf,
        begun: () => pass.begun(),
      });
      told = findings.length;
    }
    return options.pause?.();
  };
  const read = await pass.run(source, { onChunk }, signal);
  const capture = summarise(pass, read, source, pass.totals);
  const analysis = { capture, connections: pass.table, findings: [], incidents: [] };
  const otherViews = await judgeViews(source, analysis, pass, options, signal);
  return { capture, connections: pass.table, otherViews, ...pass.incidents.result() };
}

/**
 * Reads the connections again that two points of the capture show differently, and adds what the rules say of the difference. Hardly any
 * capture has such: it was taken on a router or proxy, or of several interfaces.
 */
async function judgeViews(
  source: ByteSource,
  analysis: Analysis,
  { table, incidents }: AnalysisPass,
  { ports, pause }: AnalyseOptions,
  signal: CancelSignal,
): Promise<ReadonlyMap<number, OtherView>> {
  if (table.differingViews.length === 0 || signal.aborted) return new Map();
  const pointOf = (id: number) => pointName(analysis.capture, table.pointOf(id));
  // Comparing takes the declarations of all messages, a third of the program: they are loaded for the few captures that need them.
  const { readOtherViews } = await import("./readOtherViews.ts");
  const otherViews = await readOtherViews(source, analysis, table.differingViews, pointOf, { ports, pause }, signal);
  const ids = [...otherViews.keys()].sort((one, other) => one - other);
  const details = await readConnections(source, { ...analysis, otherViews }, ids, { ports, pause, messageLimit: 1 }, signal);
  for (const { facts, findings, verdicts } of details) {
    for (const finding of findings) if (finding.rule === pathNegotiateAltered.id) incidents.add(finding, facts);
    table.judgeAgain(facts.id, connectionOutcome(findings, verdicts, validationVerdicts(facts), facts));
  }
  return otherViews;
}

class AnalysisPass extends Scan {
  readonly wantsAll = false;
  override readonly messages: MessageTable | null;
  readonly table: ConnectionTable;
  readonly incidents: IncidentAccumulator;
  private readonly firstEnds: { readonly client: Endpoint; readonly server: Endpoint }[] = [];
  private readonly firstOver: boolean[] = [];
  readonly totals = { encrypted: 0, compressed: 0, smb1: 0 };

  constructor(ports: readonly number[], findingsPerIncident: number, messages: MessageTable | null) {
    super(ports);
    this.messages = messages;
    this.table = new ConnectionTable(this.tracker.flows);
    this.incidents = new IncidentAccumulator({ ...DEFAULT_INCIDENT_LIMITS, findingsPerIncident });
  }

  get connectionCount(): number {
    return this.connections;
  }

  override nextId(flow: number, clientEnd: number): number {
    const id = super.nextId(flow, clientEnd);
    if (id <= MOST_BEGUN) this.firstEnds.push({ client: this.endpoint(flow, clientEnd), server: this.endpoint(flow, 1 - clientEnd) });
    return id;
  }

  begun(): readonly BegunConnection[] {
    return this.firstEnds.map((ends, index) => ({
      id: index + 1,
      ...ends,
      connection: this.firstOver[index] === true ? this.table.get(index) : null,
    }));
  }

  over(facts: ConnectionFacts, flow: number, clientEnd: number): boolean {
    if (facts.id <= MOST_BEGUN) this.firstOver[facts.id - 1] = true;
    const { outcome, findings, validations } = judgeForList(facts, (rule) => this.incidents.countWhenFull(rule, facts, facts.id));
    this.table.set(facts, flow, clientEnd, outcome, validations);
    for (const finding of findings) this.incidents.add(finding, facts);
    this.totals.encrypted += facts.encryptedMessages;
    this.totals.compressed += facts.compressedMessages;
    this.totals.smb1 += facts.smb1Messages;
    return true;
  }
}
