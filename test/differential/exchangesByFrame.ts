/*
 * For the comparison with tshark: the request that each answer answers, and how long it took. Bundled and imported by exchanges.mjs.
 */
import { readFileSync } from "node:fs";
import { analyse, memorySource, readConnections, toExchanges } from "../../src/core/index.ts";

/** An answer as tshark tells of it: `smb2.response_to`, and `smb2.time` in microseconds. */
export interface ToldAnswer {
  readonly request: number;
  readonly time: number;
}

/** Answers by the number of the frame that completes them, in the order of their MessageIds, with those of all connections. */
export async function answersByFrame(path: string): Promise<Map<number, ToldAnswer[]>> {
  const source = memorySource(readFileSync(path));
  const analysis = await analyse(source);
  const ids = Array.from({ length: analysis.connections.count }, (_, index) => index + 1).filter(
    (id) => analysis.connections.copyOf(id) === 0,
  );
  const told = new Map<number, ToldAnswer[]>();
  for (const detail of await readConnections(source, analysis, ids, { messageLimit: 100_000 })) {
    for (const { kind, request, interim, response } of toExchanges(detail)) {
      const asked = request === null ? undefined : detail.messages[request];
      if (kind !== "SMB2" || asked === undefined) continue;
      for (const index of [...interim, ...(response === null ? [] : [response])]) {
        const answer = detail.messages[index];
        if (answer === undefined) continue;
        const answers = told.get(answer.frame) ?? [];
        answers.push({ request: asked.frame, time: Math.round((answer.time - asked.time) / 1000) });
        told.set(answer.frame, answers);
      }
    }
  }
  return told;
}
