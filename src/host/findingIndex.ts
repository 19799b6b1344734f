import type { Analysis, Connection, Finding } from "../core/index.ts";

const NO_RULES: readonly string[] = [];

/**
 * Finds what was found on a connection. Of an incident with very many findings only the first ones are kept whole; for the others one of
 * the same incident stands in, since it has the same rule, ends and values.
 */
export class FindingIndex {
  private readonly analysis: Analysis;
  private readonly rulesByConnection = new Map<number, string[]>();
  private readonly deciding = new Map<number, number>();

  constructor(analysis: Analysis) {
    this.analysis = analysis;
    for (const { rule, findings, connections } of analysis.incidents) {
      for (const connection of connections) {
        const rules = this.rulesByConnection.get(connection);
        if (rules === undefined) this.rulesByConnection.set(connection, [rule]);
        else rules.push(rule);
        if (findings[0] !== undefined) this.keep(connection, findings[0]);
      }
    }
    for (const [index, finding] of analysis.findings.entries()) this.keep(finding.connection, index);
  }

  /** The finding that decided how the connection came out; undefined for a healthy one, and where nothing can be told. */
  decisive(connection: Connection): Finding | undefined {
    if (connection.decidedBy === null) return undefined;
    const index = this.deciding.get(connection.id);
    const finding = index === undefined ? undefined : this.analysis.findings[index];
    return finding?.rule === connection.decidedBy ? finding : this.search(connection);
  }

  /** Ids of the rules that found something on the connection. */
  rules(connection: number): readonly string[] {
    return this.rulesByConnection.get(connection) ?? NO_RULES;
  }

  private keep(connection: number, index: number): void {
    const known = this.deciding.get(connection);
    const finding = this.analysis.findings[index];
    if (finding === undefined) return;
    const before = known === undefined ? undefined : this.analysis.findings[known];
    const better = before === undefined || (before.connection !== connection && finding.connection === connection);
    if (better) this.deciding.set(connection, index);
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
