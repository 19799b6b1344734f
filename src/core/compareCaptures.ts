import type { ByteSource } from "./bytes/byteSource.ts";
import type { CancelSignal } from "./bytes/cancelSignal.ts";
import type { CaptureComparison } from "./compare/captureComparison.ts";
import { type ComparedCapture, compareConnections } from "./compare/compareConnections.ts";
import type { Connection } from "./model/connection.ts";
import { formatEndpoint } from "./net/endpoint.ts";
import { readForComparison } from "./readForComparison.ts";
import type { Analysis, ConnectionList } from "./rules/analysis.ts";

/** A capture that was analysed, with where it can be read again. */
export interface AnalysedCapture {
  readonly source: ByteSource;
  readonly analysis: Analysis;
}

export interface CompareOptions {
  /** The ports that both analyses were made with, besides 445 and 139. */
  readonly ports?: readonly number[] | undefined;
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Connections of one capture that are compared; of more, those that have something in common with the other's. */
const MOST_CONNECTIONS = 20_000;
const NEVER: CancelSignal = { aborted: false };

/**
 * Compares two captures of the same traffic, the first by its order the client's side: which connections they have in common, what of
 * NEGOTIATE, SESSION_SETUP and the validate exchange is not the same, and what only one of them holds. Reads both once more.
 */
export async function compareCaptures(
  a: AnalysedCapture,
  b: AnalysedCapture,
  options: CompareOptions = {},
  signal: CancelSignal = NEVER,
): Promise<CaptureComparison> {
  const [ofA, ofB] = [comparableIds(a.analysis.connections), comparableIds(b.analysis.connections)];
  const isLarge = Math.max(ofA.length, ofB.length) > MOST_CONNECTIONS;
  const idsA = isLarge ? common(a.analysis.connections, ofA, b.analysis.connections, ofB) : ofA;
  const idsB = isLarge ? common(b.analysis.connections, ofB, a.analysis.connections, ofA) : ofB;
  return compareConnections(await read(a, idsA, ofA.length, options, signal), await read(b, idsB, ofB.length, options, signal));
}

async function read(
  { source, analysis }: AnalysedCapture,
  ids: readonly number[],
  all: number,
  options: CompareOptions,
  signal: CancelSignal,
): Promise<ComparedCapture> {
  const { baseSeconds, firstTime, lastTime } = analysis.capture;
  const connections = await readForComparison(source, analysis, ids, options, signal);
  return { clock: { baseSeconds, firstTime, lastTime }, connections, omitted: all - ids.length };
}

/** All but equal second views of another connection of the same capture. */
function comparableIds(connections: ConnectionList): number[] {
  const ids: number[] = [];
  for (let id = 1; id <= connections.count; id++) if (connections.copyOf(id) === 0) ids.push(id);
  return ids;
}

/** Of many connections those that have addresses, a client or a session in common with one of the other capture. */
function common(own: ConnectionList, ids: readonly number[], others: ConnectionList, otherIds: readonly number[]): number[] {
  const names = new Set<string>();
  for (const id of otherIds) for (const name of namesOf(others.get(id - 1))) names.add(name);
  return ids.filter((id) => namesOf(own.get(id - 1)).some((name) => names.has(name))).slice(0, MOST_CONNECTIONS);
}

function namesOf({ client, server, negotiate, sessions }: Connection): readonly string[] {
  return [`${formatEndpoint(client)} ${formatEndpoint(server)}`, negotiate?.clientGuid ?? "", ...sessions.map(({ id }) => id)].filter(
    (name) => name !== "",
  );
}
