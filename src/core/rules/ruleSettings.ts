import type { Connection, Outcome } from "../model/connection.ts";
import type { Analysis, ConnectionDetail, ConnectionList } from "./analysis.ts";
import type { Finding, Incident, Severity } from "./finding.ts";
import { firstFrameOf, SEVERITY_RANK } from "./incidents.ts";
import { RULES } from "./list.ts";

/** How a rule's findings are reported: with another severity than its own, or not at all. */
export type RuleLevel = "off" | Severity;

export const RULE_LEVELS: readonly RuleLevel[] = ["off", "information", "warning", "error"];

/** By rule id. A rule that is not named keeps its own severity. Plain, so that it survives a worker boundary. */
export type RuleSettings = Readonly<Record<string, RuleLevel>>;

/** Reason id of a connection that only findings speak of which the settings turn off. */
export const FINDINGS_OFF = "findings-off";

/** The level of a rule under settings. */
export function levelOf({ rule, severity }: Pick<Finding, "rule" | "severity">, settings: RuleSettings): RuleLevel {
  return (Object.hasOwn(settings, rule) ? settings[rule] : undefined) ?? severity;
}

/**
 * The analysis as the settings want it told: severities replaced, incidents in the order of the new ones, what is off moved to
 * `suppressed`, outcomes and what decided them made anew. A connection on which only findings of severity error or warning are left out
 * is `unknown` by the reason `findings-off`: not to be told of a finding makes no connection healthy. The verdicts are not touched, and a
 * finding that another one explains stays silent where that one is off. The same analysis where the settings change nothing.
 */
export function applyRuleSettings(analysis: Analysis, settings: RuleSettings): Analysis {
  const { findings, incidents, connections } = analysis;
  if (incidents.every((incident) => levelOf(incident, settings) === incident.severity)) return analysis;
  const told = new IncidentSelection(findings);
  const suppressed = new IncidentSelection(findings);
  for (const incident of incidents) {
    const level = levelOf(incident, settings);
    if (level === "off") suppressed.add(incident, incident.severity);
    else told.add(incident, level);
  }
  return {
    ...analysis,
    connections: new SettledConnections(connections, incidents, settings),
    findings: told.findings,
    incidents: told.sorted(),
    ...(suppressed.incidents.length > 0 && { suppressed: { findings: suppressed.findings, incidents: suppressed.incidents } }),
  };
}

/**
 * One connection in full as the settings want it told. Its `connection` is that of the analysis it was read for.
 */
export function applyRuleSettingsToDetail(detail: ConnectionDetail, settings: RuleSettings): ConnectionDetail {
  const { findings } = detail;
  if (findings.every((finding) => levelOf(finding, settings) === finding.severity)) return detail;
  const suppressed = findings.filter((finding) => levelOf(finding, settings) === "off");
  return {
    ...detail,
    findings: findings.flatMap((finding) => findingUnder(finding, settings) ?? []),
    ...(suppressed.length > 0 && { suppressed }),
  };
}

/** A finding with the severity that the settings give it; undefined where they turn it off. */
export function findingUnder(finding: Finding, settings: RuleSettings): Finding | undefined {
  const level = levelOf(finding, settings);
  if (level === "off") return undefined;
  return level === finding.severity ? finding : { ...finding, severity: level };
}

/**
 * A connection as the settings want it told, by the finding alone that decided: for a screen that shows it while the capture is still
 * read and the others of its findings are not known.
 */
export function connectionUnder(connection: Connection, settings: RuleSettings): Connection {
  const severity = connection.outcome === "failed" ? "error" : "warning";
  const { decidedBy: rule } = connection;
  const level = rule === null ? severity : levelOf({ rule, severity }, settings);
  if (level === severity) return connection;
  if (level === "off") return { ...connection, ...TURNED_OFF };
  if (level === "information") return { ...connection, ...outcomeWithoutFindings(connection) };
  return { ...connection, outcome: level === "error" ? "failed" : "warning" };
}

/** Some of the incidents of an analysis with their findings, numbered anew. */
class IncidentSelection {
  readonly findings: Finding[] = [];
  readonly incidents: Incident[] = [];
  private readonly all: readonly Finding[];

  constructor(all: readonly Finding[]) {
    this.all = all;
  }

  add(incident: Incident, severity: Severity): void {
    const kept = incident.findings.flatMap((index) => this.all[index] ?? []);
    const first = this.findings.length;
    for (const finding of kept) this.findings.push(finding.severity === severity ? finding : { ...finding, severity });
    this.incidents.push({ ...incident, severity, findings: kept.map((_, index) => first + index) });
  }

  /** As an analysis orders them: by severity, within one by their first frames. */
  sorted(): readonly Incident[] {
    const frame = ({ findings: [first] }: Incident) => {
      const finding = this.findings[first ?? -1];
      return finding === undefined ? 0 : firstFrameOf(finding);
    };
    return this.incidents.toSorted(
      (one, other) => SEVERITY_RANK[one.severity] - SEVERITY_RANK[other.severity] || frame(one) - frame(other),
    );
  }
}

/** What was decided anew of a connection. */
type Settled = Pick<Connection, "outcome" | "decidedBy" | "reason">;

const RULE_ORDER: ReadonlyMap<string, number> = new Map(RULES.map(({ id }, index) => [id, index]));
/** Places of one severity in `worst`; there are fewer rules. */
const PLACES = 4096;

const CHANGED = 1;
const OFF = 2;

/** The connections with their outcomes under settings; those that no changed incident concerns are as they were. */
class SettledConnections implements ConnectionList {
  readonly count: number;
  private readonly inner: ConnectionList;
  /** By id: 1 + place of the finding that decides, errors before warnings, within one in the order of the rules; 0 for none. */
  private readonly worst: Uint16Array;
  /** By id: `CHANGED` where an incident changed, `OFF` where a finding that would have counted is off. */
  private readonly marks: Uint8Array;

  constructor(inner: ConnectionList, incidents: readonly Incident[], settings: RuleSettings) {
    this.inner = inner;
    this.count = inner.count;
    this.worst = new Uint16Array(inner.count + 1);
    this.marks = new Uint8Array(inner.count + 1);
    for (const incident of incidents) this.mark(incident, levelOf(incident, settings));
  }

  get(index: number): Connection {
    const connection = this.inner.get(index);
    return this.isChanged(index) ? { ...connection, ...this.settle(connection) } : connection;
  }

  outcome(index: number): Outcome {
    if (!this.isChanged(index)) return this.inner.outcome?.(index) ?? this.inner.get(index).outcome;
    const place = this.worst[index + 1] ?? 0;
    if (place > 0) return place <= PLACES ? "failed" : "warning";
    return this.isOff(index) ? "unknown" : outcomeWithoutFindings(this.inner.get(index)).outcome;
  }

  copyOf(id: number): number {
    return this.inner.copyOf(id);
  }

  eachSession(visit: Parameters<ConnectionList["eachSession"]>[0]): void {
    this.inner.eachSession(visit);
  }

  private mark({ rule, severity, connections }: Incident, level: RuleLevel): void {
    const marks = (level === severity ? 0 : CHANGED) | (level === "off" && severity !== "information" ? OFF : 0);
    const counts = level === "error" || level === "warning";
    const place = counts ? 1 + SEVERITY_RANK[level] * PLACES + (RULE_ORDER.get(rule) ?? PLACES - 1) : 0;
    for (const id of connections) {
      if (id < 1 || id > this.count) continue;
      this.marks[id] = (this.marks[id] ?? 0) | marks;
      const known = this.worst[id] ?? 0;
      if (counts && (known === 0 || place < known)) this.worst[id] = place;
    }
  }

  private isChanged(index: number): boolean {
    return ((this.marks[index + 1] ?? 0) & CHANGED) !== 0;
  }

  private isOff(index: number): boolean {
    return ((this.marks[index + 1] ?? 0) & OFF) !== 0;
  }

  private settle(connection: Connection): Settled {
    const index = connection.id - 1;
    const place = this.worst[connection.id] ?? 0;
    if (place === 0) return this.isOff(index) ? TURNED_OFF : outcomeWithoutFindings(connection);
    const decidedBy = RULES[(place - 1) % PLACES]?.id ?? connection.decidedBy;
    return { outcome: place <= PLACES ? "failed" : "warning", decidedBy, reason: connection.reason };
  }
}

const TURNED_OFF: Settled = { outcome: "unknown", decidedBy: null, reason: FINDINGS_OFF };

/** How a connection came out but for what was found. */
function outcomeWithoutFindings({ validateNegotiate, reason }: Connection): Settled {
  if (validateNegotiate.some(({ verdict }) => verdict === "holds")) return { outcome: "validated", decidedBy: null, reason: null };
  return { outcome: reason === null ? "healthy" : "unknown", decidedBy: null, reason };
}
