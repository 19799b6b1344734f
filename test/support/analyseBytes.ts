import { type AnalyseOptions, analyse } from "../../src/core/analyse.ts";
import { memorySource } from "../../src/core/bytes/byteSource.ts";
import type { ConnectionFacts } from "../../src/core/model/connectionFacts.ts";
import { readConnections } from "../../src/core/readConnections.ts";
import type { Analysis, ConnectionDetail } from "../../src/core/rules/analysis.ts";

export interface Analysed {
  readonly analysis: Analysis;
  /** Every connection in full. */
  readonly details: readonly ConnectionDetail[];
}

/** Both passes over a capture in memory. */
export async function analyseBytes(capture: Uint8Array, options: AnalyseOptions = {}): Promise<Analysed> {
  const source = memorySource(capture);
  const analysis = await analyse(source, options);
  const ids = Array.from({ length: analysis.connections.count }, (_, index) => index + 1);
  return { analysis, details: await readConnections(source, analysis, ids, { ports: options.ports }) };
}

/** The only connection of a capture. */
export async function onlyConnection(capture: Uint8Array, options: AnalyseOptions = {}): Promise<ConnectionDetail> {
  const { details } = await analyseBytes(capture, options);
  const [detail, ...others] = details;
  if (detail === undefined || others.length > 0) throw new Error(`${details.length} connections instead of one`);
  return detail;
}

/** The facts of the only connection. */
export async function factsOf(capture: Uint8Array, options: AnalyseOptions = {}): Promise<ConnectionFacts> {
  return (await onlyConnection(capture, options)).facts;
}

/** `NEGOTIATE request 0`: what a message is, without its place in the capture. */
export function messageLines(detail: ConnectionDetail): readonly string[] {
  return detail.messages.map(
    ({ kind, command, response, messageId, status }) => `${kind} ${command} ${response ? `response ${status}` : "request"} ${messageId}`,
  );
}
