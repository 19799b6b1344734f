import type { DetailMessage } from "../model/detailMessage.ts";
import { readHeads } from "../model/exchanges/messageHead.ts";
import { pairHeads } from "../model/exchanges/pairHeads.ts";

/** A response and the request that it answers, by their indexes in the list of messages. */
export interface MessagePair {
  readonly request: number;
  readonly response: number;
  /** False for an interim response: the answer itself comes later ([MS-SMB2] 3.3.4.2). */
  readonly isFinal: boolean;
}

/** Requests with each of their responses, in the order of the responses: the exchanges without what they are about. */
export function pairMessages(messages: readonly DetailMessage[]): readonly MessagePair[] {
  const pairs = pairHeads(readHeads(messages)).flatMap(({ request, interim, response }) => {
    if (request === null) return [];
    const final = response === null ? [] : [{ request: request.index, response: response.index, isFinal: true }];
    return [...interim.map(({ index }) => ({ request: request.index, response: index, isFinal: false })), ...final];
  });
  return pairs.sort((one, other) => one.response - other.response);
}
