import type { DetailMessage } from "../detailMessage.ts";
import type { Exchange } from "../exchange.ts";
import { nameExchanges } from "./exchangeNames.ts";
import { ExchangeNotes } from "./exchangeNotes.ts";
import { placeExchanges } from "./exchangePlaces.ts";
import { type MessageHead, readHeads } from "./messageHead.ts";
import { type PairedMessages, pairHeads } from "./pairHeads.ts";

/** What exchanges are made from: the messages of a connection in the order of the capture, as a `ConnectionDetail` holds them. */
export interface ExchangeSource {
  readonly messages: readonly DetailMessage[];
}

/**
 * The exchanges of a connection in the order of their first messages; every message belongs to exactly one. Never throws. For a connection
 * on the screen: it costs some tens of microseconds a message.
 */
export function toExchanges({ messages }: ExchangeSource): readonly Exchange[] {
  const pairs = pairHeads(readHeads(messages));
  const places = placeExchanges(pairs);
  const names = nameExchanges(pairs, places);
  const notes = new ExchangeNotes(pairs);
  const compounds = compoundsOf(pairs);
  return pairs.map((pair, index) => {
    const { share = null, name = null, create = null } = names[index] ?? {};
    const { sessionId = "", treeId = null } = places[index] ?? {};
    return { ...exchangeOf(pair), compoundOf: compounds[index] ?? null, sessionId, treeId, share, name, notes: notes.of(pair, create) };
  });
}

type Told = "compoundOf" | "sessionId" | "treeId" | "share" | "name" | "notes";

function exchangeOf(pair: PairedMessages): Omit<Exchange, Told> {
  const { request, interim, response, cancel } = pair;
  const head = request ?? response ?? interim[0];
  const granted = [...interim, ...(response === null ? [] : [response])].filter(({ unsolicited }) => !unsolicited);
  return {
    request: request?.index ?? null,
    interim: interim.map(({ index }) => index),
    response: response?.index ?? null,
    cancel: cancel?.index ?? null,
    kind: head?.message.kind ?? "SMB2",
    command: head?.readable ? head.message.command : -1,
    unsolicited: response?.unsolicited ?? false,
    responseTime: responseTimeOf(pair),
    related: request?.related ?? false,
    creditCharge: head?.creditCharge ?? 0,
    creditsRequested: request?.credits ?? 0,
    creditsGranted: granted.reduce((sum, { credits }) => sum + credits, 0),
  };
}

function responseTimeOf({ request, response }: PairedMessages): number | null {
  if (request === null || response === null || response.index < request.index) return null;
  return Math.max(0, response.message.time - request.message.time);
}

/** By index of the exchange: that of the first of its compound; null for those that stand alone. */
function compoundsOf(pairs: readonly PairedMessages[]): readonly (number | null)[] {
  const byRequest = new Map<MessageHead, number>();
  pairs.forEach(({ request }, index) => {
    if (request !== null) byRequest.set(request, index);
  });
  const firsts: (number | null)[] = pairs.map(() => null);
  // In the order of requests: the one before is known by then.
  const ordered = [...byRequest].sort(([one], [other]) => one.index - other.index);
  for (const [{ previous }, index] of ordered) {
    const before = previous === null ? undefined : byRequest.get(previous);
    if (before === undefined) continue;
    const first = firsts[before] ?? before;
    firsts[before] = first;
    firsts[index] = first;
  }
  return firsts;
}
