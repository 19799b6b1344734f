import { hex64 } from "../bytes/hex.ts";
import type { FlowTable } from "../net/flowTable.ts";
import type { SenderCounts } from "../net/tcpSender.ts";
import type { SessionVisitor } from "./channels.ts";
import type { Connection, NegotiateSummary, Outcome, SessionSummary, TcpCounts, ValidationSummary } from "./connection.ts";
import type { ConnectionFacts, NegotiateFacts, SessionFacts, TreeConnectFacts, ValidationFacts } from "./connectionFacts.ts";
import { formatGuid, type Guid } from "./guid.ts";
import type { PathFacts } from "./pathFacts.ts";
import { NO_GUID } from "./readNegotiate.ts";
import { Rows } from "./rows.ts";
import { StringTable } from "./stringTable.ts";

/** What the rules said of a connection, as far as its row keeps it. */
export interface ConnectionJudgement {
  readonly outcome: Outcome;
  readonly decidedBy: string | null;
  readonly reason: string | null;
}

/** What they said of one validate exchange. */
export interface ValidationJudgement {
  readonly verdict: ValidationSummary["verdict"];
  readonly reason: string | null;
}

const OUTCOMES: readonly Outcome[] = ["failed", "warning", "unknown", "healthy", "validated"];
const VERDICTS: readonly ValidationSummary["verdict"][] = ["holds", "fails", "undetermined"];
const NONE = -1;
/** Connections seen differently at two points that are looked into. */
const MOST_VIEW_PAIRS = 256;

/**
 * Every connection in some 270 bytes, healthy or not, rebuilt as an object when asked for. A quarter of a million connections are an
 * ordinary capture of a file server; as objects they would take ten times as much.
 */
export class ConnectionTable {
  count = 0;
  /** Ids of connections of one 4-tuple that ran at the same time at two points of the capture and are not equal. */
  readonly differingViews: (readonly [earlier: number, later: number])[] = [];
  private readonly flows: FlowTable;
  private readonly main = new Rows(24);
  private readonly times = new Rows(2, true);
  private readonly negotiates = new Rows(16);
  private readonly sessions = new Rows(6);
  private readonly validations = new Rows(5);
  /** Only of connections that have something to count. */
  private readonly tcpCounts = new Rows(8);
  /** Newest connection of each flow that is no copy. */
  private newest = new Int32Array(1024);
  private lastDialects: readonly number[] = [];
  private lastDialectsNumber = 0;
  private readonly strings = new StringTable();

  constructor(flows: FlowTable) {
    this.flows = flows;
  }

  /** Connections end in any order: a row may stand before those with smaller ids. */
  set(
    facts: ConnectionFacts,
    flow: number,
    clientEnd: number,
    judgement: ConnectionJudgement,
    validations: readonly ValidationJudgement[],
  ): void {
    const index = facts.id - 1;
    this.count = Math.max(this.count, facts.id);
    const ended = facts.ended;
    const negotiate = chooseNegotiate(facts.negotiates);
    const share = firstShare(facts.trees);
    const negotiateRow = negotiate === null ? NONE : this.addNegotiate(negotiate);
    const firstSession = this.sessions.count;
    for (const session of facts.sessions) this.addSession(session);
    const firstValidation = this.validations.count;
    for (let i = 0; i < facts.validations.length; i++) this.addValidation(facts.validations[i], validations[i]);
    const tcpRow = this.addTcpCounts(facts.path);
    const row = this.main.open(index);
    let at = this.main.at;
    row[at++] = flow;
    row[at++] = clientEnd | (ended === null ? 0 : ended.by === "client" ? 2 : 4) | (ended === null ? 0 : ended.how === "RST" ? 8 : 16);
    row[at++] = facts.firstFrame;
    row[at++] = facts.lastFrame;
    row[at++] = ended?.frame ?? NONE;
    row[at++] = facts.dialect ?? NONE;
    row[at++] = negotiateRow;
    row[at++] = firstSession;
    row[at++] = facts.sessions.length;
    row[at++] = firstValidation;
    row[at++] = facts.validations.length;
    row[at++] = this.strings.intern(share);
    row[at++] = facts.messages;
    row[at++] = facts.encryptedMessages;
    row[at++] = OUTCOMES.indexOf(judgement.outcome);
    row[at++] = this.strings.intern(judgement.decidedBy);
    row[at++] = this.strings.intern(judgement.reason);
    row[at++] = this.findFirst(facts, flow);
    row[at++] = facts.fingerprint;
    const { clientVersion, clientVersionFrame, serverVersion, serverVersionFrame } = facts.ntlmVersions;
    row[at++] = clientVersion;
    row[at++] = clientVersionFrame;
    row[at++] = serverVersion;
    row[at++] = serverVersionFrame;
    row[at] = tcpRow;
    const times = this.times.open(index);
    times[this.times.at] = facts.firstTime;
    times[this.times.at + 1] = facts.lastTime;
  }

  /** @throws RangeError for an index that does not exist */
  get(index: number): Connection {
    if (index < 0 || index >= this.count) throw new RangeError(`no connection ${index + 1}`);
    const at = (column: number) => this.main.get(index, column);
    const bits = at(1);
    const clientEnd = bits & 1;
    const by = (bits & 2) !== 0 ? "client" : (bits & 4) !== 0 ? "server" : null;
    return {
      id: index + 1,
      client: this.flows.endpoint(at(0), clientEnd),
      server: this.flows.endpoint(at(0), 1 - clientEnd),
      firstFrame: at(2),
      lastFrame: at(3),
      firstTime: this.times.get(index, 0),
      lastTime: this.times.get(index, 1),
      ended: { by, how: (bits & 8) !== 0 ? "RST" : (bits & 16) !== 0 ? "FIN" : null, frame: orNull(at(4)) },
      dialect: orNull(at(5)),
      negotiate: at(6) === NONE ? null : this.readNegotiate(at(6)),
      ntlmVersions: {
        clientVersion: at(19) >>> 0,
        clientVersionFrame: at(20),
        serverVersion: at(21) >>> 0,
        serverVersionFrame: at(22),
      },
      sessions: range(at(7), at(8)).map((row) => this.readSession(row)),
      validateNegotiate: range(at(9), at(10)).map((row) => this.readValidation(row)),
      share: this.strings.get(at(11)),
      messages: at(12),
      encryptedMessages: at(13),
      tcp: at(23) === NONE ? NOTHING_COUNTED : { client: this.readTcpCounts(at(23), 0), server: this.readTcpCounts(at(23), 4) },
      copyOf: at(17) === 0 ? null : at(17),
      outcome: OUTCOMES[at(14)] ?? "unknown",
      decidedBy: this.strings.get(at(15)),
      reason: this.strings.get(at(16)),
    };
  }

  /** Number of the point of the capture at which a connection (by id) was seen: its interface and, in the low 16 bits, the place of the machine. */
  pointOf(id: number): number {
    return this.flows.interfaceOf(this.main.get(id - 1, 0));
  }

  /** Replaces what the rules said of a connection (by id). */
  judgeAgain(id: number, { outcome, decidedBy, reason }: ConnectionJudgement): void {
    const row = this.main.open(id - 1);
    const { at } = this.main;
    row[at + 14] = OUTCOMES.indexOf(outcome);
    row[at + 15] = this.strings.intern(decidedBy);
    row[at + 16] = this.strings.intern(reason);
  }

  /** Id of the connection that this one (by id) is an equal view of; 0 when it is none. */
  copyOf(id: number): number {
    return this.main.get(id - 1, 17);
  }

  /** The sessions of all connections that are no copies, without building an object for any. */
  eachSession(visit: SessionVisitor): void {
    for (let index = 0; index < this.count; index++) {
      if (this.main.get(index, 17) !== 0) continue;
      const first = this.main.get(index, 7);
      const end = first + this.main.get(index, 8);
      for (let row = first; row < end; row++)
        visit(index, this.sessions.get(row, 0), this.sessions.get(row, 1), (this.sessions.get(row, 4) & 32) !== 0);
    }
  }

  /** Outcome alone, for counting and ordering without building the object. */
  outcome(index: number): Outcome {
    return OUTCOMES[this.main.get(index, 14)] ?? "unknown";
  }

  /** A connection of the same 4-tuple on another interface with the very same messages, while it ran or just after. */
  private findFirst(facts: ConnectionFacts, flow: number): number {
    const first = this.flows.firstOfTuple(flow);
    let differing = 0;
    for (let other = first; other >= 0; other = this.flows.next(other)) {
      const id = other === flow ? 0 : (this.newest[other] ?? 0);
      if (id > 0 && id !== facts.id && this.main.get(id - 1, 12) === facts.messages && this.main.get(id - 1, 18) === facts.fingerprint)
        return id;
      if (id > 0 && id !== facts.id && this.ranWith(id, facts)) differing = id;
    }
    if (differing > 0 && this.differingViews.length < MOST_VIEW_PAIRS) this.differingViews.push([differing, facts.id]);
    this.remember(flow, facts.id);
    return 0;
  }

  private ranWith(id: number, { firstTime, lastTime }: ConnectionFacts): boolean {
    return this.times.get(id - 1, 0) <= lastTime && firstTime <= this.times.get(id - 1, 1);
  }

  private remember(flow: number, id: number): void {
    if (flow >= this.newest.length) {
      const larger = new Int32Array(Math.max(flow + 1, this.newest.length * 2));
      larger.set(this.newest);
      this.newest = larger;
    }
    this.newest[flow] = id;
  }

  /** Row of the counts, or none where all are zero: so it is with nearly every connection. */
  private addTcpCounts({ client, server }: PathFacts): number {
    if (isZero(client) && isZero(server)) return NONE;
    const index = this.tcpCounts.count;
    const row = this.tcpCounts.open(index);
    let at = this.tcpCounts.at;
    for (const sender of [client, server]) {
      row[at++] = sender.retransmissions;
      row[at++] = sender.keepAlives;
      row[at++] = sender.zeroWindows;
      row[at++] = sender.urgent;
    }
    return index;
  }

  private readTcpCounts(row: number, first: number): SenderCounts {
    const at = (column: number) => this.tcpCounts.get(row, first + column);
    return { retransmissions: at(0), keepAlives: at(1), zeroWindows: at(2), urgent: at(3) };
  }

  private addNegotiate(exchange: NegotiateFacts): number {
    const request = exchange.request;
    const response = exchange.response?.status === 0 ? exchange.response : null;
    const index = this.negotiates.count;
    const row = this.negotiates.open(index);
    let at = this.negotiates.at;
    row[at++] = request?.frame ?? NONE;
    row[at++] = exchange.response?.frame ?? NONE;
    at = putGuid(row, at, request?.guid ?? NO_GUID);
    at = putGuid(row, at, response?.guid ?? NO_GUID);
    row[at++] = request?.capabilities ?? 0;
    row[at++] = response?.capabilities ?? 0;
    row[at++] = (request?.securityMode ?? 0) | ((response?.securityMode ?? 0) << 16);
    row[at++] = request === null ? NONE : this.internDialects(request.dialects);
    row[at++] = response === null ? 0 : 1;
    row[at] = request === null || request.truncated ? 0 : 1;
    return index;
  }

  /** Most connections of a capture offer the same dialects as the one before. */
  private internDialects(dialects: readonly number[]): number {
    const last = this.lastDialects;
    if (dialects.length === last.length && dialects.every((dialect, i) => dialect === last[i])) return this.lastDialectsNumber;
    this.lastDialects = dialects;
    this.lastDialectsNumber = this.strings.intern(dialects.join(","));
    return this.lastDialectsNumber;
  }

  private readNegotiate(row: number): NegotiateSummary {
    const at = (column: number) => this.negotiates.get(row, column);
    const guid = (first: number): string => formatGuid({ a: at(first), b: at(first + 1), c: at(first + 2), d: at(first + 3) });
    const request = at(15) === 1;
    const response = at(14) === 1;
    const dialects = at(13) === NONE ? null : this.strings.get(at(13));
    return {
      requestFrame: orNull(at(0)),
      responseFrame: orNull(at(1)),
      clientGuid: request ? guid(2) : null,
      serverGuid: response ? guid(6) : null,
      clientCapabilities: request ? at(10) >>> 0 : null,
      serverCapabilities: response ? at(11) >>> 0 : null,
      clientSecurityMode: request ? at(12) & 0xffff : null,
      serverSecurityMode: response ? at(12) >>> 16 : null,
      clientDialects: dialects === null || dialects === "" ? [] : dialects.split(",").map(Number),
    };
  }

  private addSession(session: SessionFacts): void {
    const counted = session.requests.signed + session.responses.signed;
    const bare = session.requests.unsigned + session.responses.unsigned;
    const row = this.sessions.open(this.sessions.count);
    let at = this.sessions.at;
    row[at++] = hexWord(session.id, 10);
    row[at++] = hexWord(session.id, 2);
    row[at++] = this.strings.intern(session.user);
    row[at++] = this.strings.intern(session.domain);
    row[at++] =
      ((session.flags & 1) !== 0 ? 1 : 0) |
      ((session.flags & 2) !== 0 || session.anonymousLogon ? 2 : 0) |
      (counted > 0 && bare === 0 ? 4 : 0) |
      ((session.flags & 4) !== 0 || session.requests.encrypted + session.responses.encrypted > 0 ? 8 : 0) |
      (session.final === null ? 0 : 16) |
      (session.binding ? 32 : 0);
    row[at] = session.final?.status ?? 0;
  }

  private readSession(row: number): SessionSummary {
    const at = (column: number) => this.sessions.get(row, column);
    const bits = at(4);
    return {
      id: hex64(at(0), at(1)),
      user: this.strings.get(at(2)),
      domain: this.strings.get(at(3)),
      guest: (bits & 1) !== 0,
      anonymous: (bits & 2) !== 0,
      signed: (bits & 4) !== 0,
      encrypted: (bits & 8) !== 0,
      status: (bits & 16) === 0 ? null : at(5) >>> 0,
    };
  }

  private addValidation(validation: ValidationFacts | undefined, judged: ValidationJudgement | undefined): void {
    if (validation === undefined) return;
    const row = this.validations.open(this.validations.count);
    let at = this.validations.at;
    row[at++] = validation.request?.frame ?? NONE;
    row[at++] = validation.response?.frame ?? NONE;
    row[at++] = validation.response?.status ?? 0;
    row[at++] =
      (validation.request?.signed ? 1 : 0) |
      (validation.response?.signed ? 2 : 0) |
      (validation.response === null ? 0 : 4) |
      (Math.max(0, VERDICTS.indexOf(judged?.verdict ?? "undetermined")) << 4);
    row[at] = this.strings.intern(judged?.reason ?? null);
  }

  private readValidation(row: number): ValidationSummary {
    const at = (column: number) => this.validations.get(row, column);
    const bits = at(3);
    return {
      requestFrame: orNull(at(0)),
      responseFrame: orNull(at(1)),
      status: (bits & 4) === 0 ? null : at(2) >>> 0,
      requestSigned: (bits & 1) !== 0,
      responseSigned: (bits & 2) !== 0,
      verdict: VERDICTS[bits >> 4] ?? "undetermined",
      reason: this.strings.get(at(4)),
    };
  }
}

const NOTHING: SenderCounts = { retransmissions: 0, keepAlives: 0, zeroWindows: 0, urgent: 0 };
const NOTHING_COUNTED: TcpCounts = { client: NOTHING, server: NOTHING };

function isZero({ retransmissions, keepAlives, zeroWindows, urgent }: SenderCounts): boolean {
  return retransmissions === 0 && keepAlives === 0 && zeroWindows === 0 && urgent === 0;
}

/** Eight hex digits as a signed word; parseInt on slices of the id is garbage for every session. */
function hexWord(text: string, start: number): number {
  let word = 0;
  for (let i = start; i < start + 8; i++) {
    const code = text.charCodeAt(i);
    word = (word << 4) | (code >= 0x61 ? code - 0x57 : code & 15);
  }
  return word;
}

function putGuid(row: Int32Array | Float64Array, at: number, guid: Guid): number {
  row[at] = guid.a;
  row[at + 1] = guid.b;
  row[at + 2] = guid.c;
  row[at + 3] = guid.d;
  return at + 4;
}

/** The exchange that counts: the last that was answered with success, else the last with an answer, else the last. */
function chooseNegotiate(exchanges: readonly NegotiateFacts[]): NegotiateFacts | null {
  let answered: NegotiateFacts | null = null;
  for (let i = exchanges.length - 1; i >= 0; i--) {
    const exchange = exchanges[i];
    if (exchange?.response?.status === 0) return exchange;
    if (exchange !== undefined && exchange.response !== null) answered ??= exchange;
  }
  return answered ?? exchanges.at(-1) ?? null;
}

function firstShare(trees: readonly TreeConnectFacts[]): string | null {
  for (const { path } of trees) if (path !== null && !isIpc(path)) return path;
  return null;
}

/** Whether a UNC path names the share of named pipes. */
export function isIpc(path: string): boolean {
  return path.endsWith("$") && path.slice(-5).toUpperCase() === "\\IPC$";
}

function orNull(value: number): number | null {
  return value === NONE ? null : value;
}

function range(start: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => start + i);
}
