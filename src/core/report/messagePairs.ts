import type { DetailMessage } from "../model/detailMessage.ts";
import { readHeads } from "../model/exchanges/messageHead.ts";
import { pairHeads } from "../model/exchanges/pairHeads.ts";

/** A response, interim or final, and the request that it answers, by their indexes in the list of messages. */
export interface MessagePair {
  readonly request: number;
  readonly response: number;
}

/** The requests of a connection with each of their responses. */
export function pairMessages(messages: readonly DetailMessage[]): readonly MessagePair[] {
  return pairHeads(readHeads(messages)).flatMap(({ request, interim, response }) => {
    if (request === null) return [];
    const answers = response === null ? interim : [...interim, response];
    return answers.map(({ index }) => ({ request: request.index, response: index }));
  });
}
