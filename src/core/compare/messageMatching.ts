import type { ComparedMessage } from "./comparedConnection.ts";

/** One message in both captures. */
export interface MessagePair {
  readonly a: ComparedMessage;
  readonly b: ComparedMessage;
}

export interface MatchedMessages {
  readonly pairs: readonly MessagePair[];
  readonly onlyA: readonly ComparedMessage[];
  readonly onlyB: readonly ComparedMessage[];
}

/**
 * Finds the messages that both captures of a connection hold: by what tells a message from the others (its key), repetitions in their
 * order; then those that are compared by field also where a device changed even that.
 */
export function matchMessages(a: readonly ComparedMessage[], b: readonly ComparedMessage[]): MatchedMessages {
  const exact = matchBy(a, b, ({ key }) => key);
  const rest = matchBy(exact.onlyA, exact.onlyB, roleOf);
  return { pairs: [...exact.pairs, ...rest.pairs].sort((one, other) => one.a.frame - other.a.frame), onlyA: rest.onlyA, onlyB: rest.onlyB };
}

function matchBy(
  a: readonly ComparedMessage[],
  b: readonly ComparedMessage[],
  nameOf: (message: ComparedMessage) => string | null,
): MatchedMessages {
  const open = new Map<string, ComparedMessage[]>();
  for (const message of b) {
    const name = nameOf(message);
    if (name === null) continue;
    const same = open.get(name);
    if (same === undefined) open.set(name, [message]);
    else same.push(message);
  }
  for (const same of open.values()) same.reverse();
  const pairs: MessagePair[] = [];
  const onlyA: ComparedMessage[] = [];
  const taken = new Set<ComparedMessage>();
  for (const message of a) {
    const name = nameOf(message);
    const partner = name === null ? undefined : open.get(name)?.pop();
    if (partner === undefined) onlyA.push(message);
    else {
      taken.add(partner);
      pairs.push({ a: message, b: partner });
    }
  }
  return { pairs, onlyA, onlyB: b.filter((message) => !taken.has(message)) };
}

/** What a message compared by field is, whatever its MessageId says. */
function roleOf({ bytes, kind, fromClient, command, validates }: ComparedMessage): string | null {
  return bytes === null ? null : `${kind} ${fromClient} ${command} ${validates}`;
}
