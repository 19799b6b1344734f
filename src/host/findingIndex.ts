import type { Analysis, Connection, Finding } from "../core/index.ts";

/**
 * Finds what was found on a connection. Of an incident with very many findings only the first ones are kept whole; for the others one of
 * the same incident stands in, since it has the same rule, ends and values. Flat arrays, because there may be a million connections.
 */
export class FindingIndex {
  private readonly analysis: Analysis;
  /** By connection id: 1 + index of the worst finding that is known of it, its own before one that stands in; 0 for none. */
  private readonly worst: Int32Array;
  /** By rule, made when it is asked for: 1 at the id of every connection on which the rule found something. */
  private readonly byRule = new Map<string, Uint8Array>();
  private readonly rules: readonly string[];

  constructor(analysis: Analysis) {
    this.analysis = analysis;
    this.rules = [...new Set(analysis.incidents.map(({ rule }) => rule))];
    this.worst = new Int32Array(analysis.connections.count + 1);
    for (const { findings, connections } of analysis.incidents) {
      const [first] = findings;
      if (first !== undefined) for (const id of connections) if (this.worst[id] === 0) this.worst[id] = first + 1;
    }
    for (const [index, { connection }] of analysis.findings.entries()) {
      if (this.known(connection)?.connection !== connection) this.worst[connection] = index + 1;
    }
  }

  /** The finding that decided how the connection came out; undefined for a healthy one, and where nothing can be told. */
  decisive(connection: Connection): Finding | undefined {
    if (connection.decidedBy === null) return undefined;
    const known = this.known(connection.id);
    return known?.rule === connection.decidedBy ? known : this.search(connection);
  }

  /** Whether a rule with this text in its id found something on the connection. */
  hasRule(connection: number, text: string): boolean {
    return this.rules.some((rule) => rule.includes(text) && this.connectionsOf(rule)[connection] === 1);
  }

  private known(connection: number): Finding | undefined {
    return this.analysis.findings[(this.worst[connection] ?? 0) - 1];
  }

  private connectionsOf(rule: string): Uint8Array {
    const known = this.byRule.get(rule);
    if (known !== undefined) return known;
    const marks = new Uint8Array(this.worst.length);
    for (const incident of this.analysis.incidents) if (incident.rule === rule) for (const id of incident.connections) marks[id] = 1;
    this.byRule.set(rule, marks);
    return marks;
  }

  private search(connection: Connection): Finding | undefined {
    const { findings, incidents } = this.analysis;
    const own = findings.find((finding) => finding.connection === connection.id && finding.rule === connection.decidedBy);
    if (own !== undefined) return own;
    const incident = incidents.find(({ rule, connections }) => rule === connection.decidedBy && connections.includes(connection.id));
    const index = incident?.findings[0];
    return index === undefined ? undefined : findings[index];
  }
}
