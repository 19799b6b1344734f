import type { ConnectionRowView } from "../protocol/views.ts";

/** What a filter looks at: the row as it is shown, and the rules that found something on the connection. */
export interface FilteredConnection {
  readonly row: ConnectionRowView;
  /** Whether a rule with this text in its id found something. */
  hasRule(text: string): boolean;
}

export type ConnectionFilter = (connection: FilteredConnection) => boolean;

const DIALECTS: ReadonlySet<string> = new Set(["2.0.2", "2.1", "3.0", "3.0.2", "3.1.1", "smb1"]);
const LONGEST_FILTER = 500;
const MOST_TERMS = 20;

const PREFIXES: Readonly<Record<string, (wanted: string, connection: FilteredConnection) => boolean>> = {
  dialect: (wanted, { row }) => isDialect(wanted, row.dialect.toLowerCase()),
  client: (wanted, { row }) => row.client.toLowerCase().includes(wanted),
  server: (wanted, { row }) => row.server.toLowerCase().includes(wanted),
  user: (wanted, { row }) => row.user.toLowerCase().includes(wanted),
  rule: (wanted, { hasRule }) => hasRule(wanted),
};

/**
 * The filter that a text asks for: every word must be found in the row (outcome, client, server, user, dialect), or after `dialect:`,
 * `client:`, `server:`, `user:`, `rule:` in that alone. Quotes keep blanks together. Case does not matter. Null where the text asks for
 * nothing.
 */
export function parseFilter(text: string): ConnectionFilter | null {
  const terms = splitTerms(text.slice(0, LONGEST_FILTER).toLowerCase()).slice(0, MOST_TERMS).map(parseTerm);
  return terms.length === 0 ? null : (connection) => terms.every((term) => term(connection));
}

function splitTerms(text: string): readonly string[] {
  return [...text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].map(([term]) => term.replaceAll('"', "")).filter((term) => term !== "");
}

function parseTerm(term: string): ConnectionFilter {
  const colon = term.indexOf(":");
  const prefix = colon > 0 ? term.slice(0, colon) : "";
  const test = Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] : undefined;
  if (test === undefined) return (connection) => isInRow(term, connection.row);
  const wanted = term.slice(colon + 1);
  // While the value is still being typed, the prefix alone hides nothing.
  return wanted === "" ? () => true : (connection) => test(wanted, connection);
}

function isInRow(word: string, { text, client, server, user, dialect }: ConnectionRowView): boolean {
  return [text, client, server, user, dialect].some((part) => part.toLowerCase().includes(word));
}

/** `2.1` means 2.1 alone and `3.0` not 3.0.2; what names no dialect, such as `3`, means all that begin so. */
function isDialect(wanted: string, dialect: string): boolean {
  return DIALECTS.has(wanted) ? dialect === wanted : dialect.startsWith(wanted);
}
