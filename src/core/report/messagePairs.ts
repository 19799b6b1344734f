import type { DetailMessage } from "../rules/analysis.ts";

const STATUS_PENDING = 0x00000103;

/** A response and the request that it answers, by their indexes in the list of messages. */
export interface MessagePair {
  readonly request: number;
  readonly response: number;
  /** False for an interim response: the answer itself comes later ([MS-SMB2] 3.3.4.2). */
  readonly isFinal: boolean;
}

/** Pairs requests with their responses by MessageId ([MS-SMB2] 3.2.5.1.2), in the order of the responses. Nothing pairs what cannot be read. */
export function pairMessages(messages: readonly DetailMessage[]): readonly MessagePair[] {
  const open = new Map<string, number>();
  const pairs: MessagePair[] = [];
  for (const [index, { kind, command, response, messageId, status }] of messages.entries()) {
    if (kind !== "SMB2" || messageId === "") continue;
    const key = `${command} ${messageId}`;
    if (!response) {
      open.set(key, index);
      continue;
    }
    const request = open.get(key);
    if (request === undefined) continue;
    const isFinal = status !== STATUS_PENDING;
    pairs.push({ request, response: index, isFinal });
    if (isFinal) open.delete(key);
  }
  return pairs;
}
