import type { ConnectionFacts } from "../model/connectionFacts.ts";
import type { Finding, Incident, Severity } from "./finding.ts";
import { ruleById } from "./list.ts";

/** How much an accumulator keeps. */
export interface IncidentLimits {
  /** Whole findings kept of one incident; of the rest only the connection. Infinity keeps all. */
  readonly findingsPerIncident: number;
  /** Incidents told apart; what comes later goes into one incident a rule. */
  readonly incidents: number;
}

const MOST_SERVERS = 4096;

export const DEFAULT_INCIDENT_LIMITS: IncidentLimits = { findingsPerIncident: 32, incidents: 20_000 };

/** The ends of a connection, as far as incidents look at them. */
export type ConnectionEnds = Pick<ConnectionFacts, "client" | "server">;

/** Findings and incidents as `Analysis` holds them. */
export interface FoundIncidents {
  readonly findings: readonly Finding[];
  readonly incidents: readonly Incident[];
}

/**
 * Groups findings while they come: same rule, same ends (the client's ephemeral port does not matter; where the weakness is the
 * server's, the client does not either), same values of the data that the rule names as its identity.
 */
export class IncidentAccumulator {
  readonly findings: Finding[] = [];
  private readonly byKey = new Map<string, OpenIncident>();
  /** By endpoint object, which is cheaper than its text. */
  private readonly byServer = new Map<ConnectionEnds["server"], OpenIncident>();
  private readonly limits: IncidentLimits;

  constructor(limits: IncidentLimits = DEFAULT_INCIDENT_LIMITS) {
    this.limits = limits;
  }

  /** Takes one finding in; true when it is kept whole. */
  add(finding: Finding, ends: ConnectionEnds): boolean {
    const incident = this.incidentOf(finding, ends);
    incident.connections.push(finding.connection);
    incident.count += finding.count;
    if (incident.findings.length >= this.limits.findingsPerIncident) return false;
    incident.findings.push(this.findings.length);
    this.findings.push(finding);
    return true;
  }

  /**
   * Counts one more finding of a rule on servers (`subject` "server", no `identity`) whose incident keeps no more whole ones; false when
   * the finding is still wanted. Saves making tens of thousands of equal findings only to count them.
   */
  countWhenFull(rule: string, ends: ConnectionEnds, connection: number): boolean {
    const server = ends.server;
    let incident = this.byServer.get(server);
    if (incident === undefined || incident.rule !== rule) {
      incident = this.byKey.get(`${rule}\n\n${server.address}\n${server.port}`);
      if (incident === undefined) return false;
      if (this.byServer.size >= MOST_SERVERS) this.byServer.clear();
      this.byServer.set(server, incident);
    }
    if (incident.findings.length < this.limits.findingsPerIncident) return false;
    incident.connections.push(connection);
    incident.count++;
    return true;
  }

  /** Everything so far: errors first, then warnings, then information; within these by first frame. */
  result(): FoundIncidents {
    const open = [...this.byKey.values()].sort(compareIncidents);
    return { findings: this.findings, incidents: open.map(toIncident) };
  }

  private incidentOf(finding: Finding, ends: ConnectionEnds): OpenIncident {
    const key = incidentKey(finding, ends);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    if (this.byKey.size < this.limits.incidents) return this.open(key, finding);
    return this.byKey.get(finding.rule) ?? this.open(finding.rule, finding);
  }

  private open(key: string, finding: Finding): OpenIncident {
    const incident: OpenIncident = {
      rule: finding.rule,
      severity: finding.severity,
      firstFrame: firstFrameOf(finding),
      findings: [],
      connections: new GrowingIds(),
      count: 0,
    };
    this.byKey.set(key, incident);
    return incident;
  }
}

interface OpenIncident {
  readonly rule: string;
  readonly severity: Severity;
  readonly firstFrame: number;
  readonly findings: number[];
  readonly connections: GrowingIds;
  count: number;
}

/** The worst first. */
export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

function compareIncidents(one: OpenIncident, other: OpenIncident): number {
  return SEVERITY_RANK[one.severity] - SEVERITY_RANK[other.severity] || one.firstFrame - other.firstFrame;
}

function toIncident(open: OpenIncident): Incident {
  return {
    rule: open.rule,
    severity: open.severity,
    findings: open.findings,
    connections: open.connections.toArray(),
    count: open.count,
  };
}

/** Where a finding begins, for the order of incidents. */
export function firstFrameOf(finding: Finding): number {
  return finding.frames[0] ?? finding.evidence[0]?.frame ?? 0;
}

/** A key cannot be a rule id: it has line breaks in it. */
function incidentKey(finding: Finding, ends: ConnectionEnds): string {
  const rule = ruleById(finding.rule);
  // The ends are text made on demand: the client's is not asked for where it does not count.
  const server = ends.server;
  const client = rule?.subject === "server" ? "" : ends.client.address;
  let key = `${finding.rule}\n${client}\n${server.address}\n${server.port}`;
  for (const name of rule?.identity ?? []) key += `\n${finding.data[name]}`;
  return key;
}

/** Connection ids in the order of their findings, each once: a finding's connection is complete before the next one's begins. */
class GrowingIds {
  private ids = new Int32Array(4);
  private length = 0;

  push(id: number): void {
    if (this.length > 0 && this.ids[this.length - 1] === id) return;
    if (this.length === this.ids.length) {
      const grown = new Int32Array(this.length * 2);
      grown.set(this.ids);
      this.ids = grown;
    }
    this.ids[this.length++] = id;
  }

  toArray(): readonly number[] {
    return Array.from(this.ids.subarray(0, this.length));
  }
}
