import { Command } from "../../smb2/constants/commands.ts";
import type { ConnectionFacts } from "../connectionFacts.ts";
import type { Exchange } from "../exchange.ts";
import { creditsGrantedBy } from "./messageHead.ts";
import type { ExchangeSource } from "./toExchanges.ts";

const SECOND = 1e9;
const SMB202 = 0x0202;

/** What the check needs beside the messages; a `ConnectionDetail` has it. */
export interface MessageIdSource extends ExchangeSource {
  readonly facts: Pick<ConnectionFacts, "dialect" | "lostFromClient" | "lostFromServer" | "truncatedMessages" | "lastTime">;
  readonly omittedMessages: number;
}

/**
 * Trouble with the MessageIds of a client. `exchange` is an index.
 * `used-twice`: two requests have the same MessageId (or ranges that overlap); `first` is the exchange of the earlier one.
 * `outside-window`: the server had not granted the MessageId; `granted` is the first that it had not.
 * `no-credits`: this answer granted none while the client had none left, and for `nanoseconds` no other answer did.
 */
export type MessageIdTrouble =
  | { readonly kind: "used-twice"; readonly exchange: number; readonly first: number }
  | { readonly kind: "outside-window"; readonly exchange: number; readonly granted: string }
  | { readonly kind: "no-credits"; readonly exchange: number; readonly nanoseconds: number };

/** Why the window of a connection cannot be followed. */
export type UnknownWindow = "starts-late" | "hidden-messages" | "bytes-missing" | "out-of-order";

export interface MessageIdCheck {
  /** Null: every credit that was granted is known. Otherwise only `used-twice` can be told. */
  readonly unknown: UnknownWindow | null;
  readonly troubles: readonly MessageIdTrouble[];
}

/**
 * Follows the client's CommandSequenceWindow ([MS-SMB2] 3.2.1.2, 3.2.4.1.2, 3.3.5.2.3): it begins with MessageId 0, every answer adds as
 * many as it grants, every request uses as many as it charges.
 */
export function checkMessageIds(exchanges: readonly Exchange[], source: MessageIdSource): MessageIdCheck {
  const uses = readUses(exchanges, source);
  const unknown = unknownWindow(exchanges, source);
  return { unknown, troubles: [...findRepeats(uses), ...(unknown === null ? followWindow(exchanges, uses, source) : [])] };
}

/** The MessageIds that a request uses: `from` to `to`, which is excluded. */
interface Use {
  readonly exchange: number;
  readonly message: number;
  readonly from: bigint;
  readonly to: bigint;
}

function readUses(exchanges: readonly Exchange[], { messages, facts }: MessageIdSource): readonly Use[] {
  return exchanges.flatMap(({ kind, command, request, creditCharge }, exchange) => {
    if (kind !== "SMB2" || command < 0 || command === Command.value.CANCEL || request === null) return [];
    // 2.0.2 has no CreditCharge: the field is reserved.
    const charge = facts.dialect === SMB202 ? 1 : Math.max(1, creditCharge);
    const from = BigInt(messages[request]?.messageId || 0);
    return [{ exchange, message: request, from, to: from + BigInt(charge) }];
  });
}

function findRepeats(uses: readonly Use[]): readonly MessageIdTrouble[] {
  const ordered = [...uses].sort((one, other) => compare(one.from, other.from) || one.message - other.message);
  const troubles: MessageIdTrouble[] = [];
  let widest: Use | undefined;
  for (const use of ordered) {
    if (widest !== undefined && use.from < widest.to) {
      const [first, second] = widest.message < use.message ? [widest, use] : [use, widest];
      troubles.push({ kind: "used-twice", exchange: second.exchange, first: first.exchange });
    }
    if (widest === undefined || use.to > widest.to) widest = use;
  }
  return troubles;
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function unknownWindow(exchanges: readonly Exchange[], { messages, facts, omittedMessages }: MessageIdSource): UnknownWindow | null {
  const first = messages.find(({ kind }) => kind !== "SMB1");
  if (first?.command !== Command.value.NEGOTIATE || first.kind !== "SMB2" || first.messageId !== "0") return "starts-late";
  if (exchanges.some(({ command }) => command < 0)) return "hidden-messages";
  if (facts.lostFromClient > 0 || facts.lostFromServer > 0 || facts.truncatedMessages > 0 || omittedMessages > 0) return "bytes-missing";
  if (exchanges.some(standsBefore)) return "out-of-order";
  return null;
}

/** An answer without its request, or before it: then grants, too, may stand behind the requests that use them. */
function standsBefore({ request, interim, response, unsolicited, command, kind }: Exchange): boolean {
  if (unsolicited) return false;
  // A multi-protocol NEGOTIATE whose SMB1 request is missing is answered by MessageId 0 all the same.
  if (request === null) return kind === "SMB2" && command !== Command.value.NEGOTIATE;
  return [...interim, ...(response === null ? [] : [response])].some((answer) => answer < request);
}

interface Grant {
  readonly exchange: number;
  readonly message: number;
  readonly credits: number;
}

function followWindow(exchanges: readonly Exchange[], uses: readonly Use[], source: MessageIdSource): readonly MessageIdTrouble[] {
  const events = [...uses, ...readGrants(exchanges, source)].sort((one, other) => one.message - other.message);
  const troubles: MessageIdTrouble[] = [];
  let granted = 1n;
  let used = 0n;
  let dry: Grant | null = null;
  for (const event of events) {
    if ("from" in event) {
      used += event.to - event.from;
      if (event.to > granted) troubles.push({ kind: "outside-window", exchange: event.exchange, granted: granted.toString() });
      continue;
    }
    granted += BigInt(event.credits);
    if (event.credits > 0) {
      troubles.push(...tellDry(dry, timeOf(event.message, source), source));
      dry = null;
    } else if (used >= granted && exchanges[event.exchange]?.command !== Command.value.LOGOFF) dry ??= event;
  }
  return [...troubles, ...tellDry(dry, source.facts.lastTime, source)];
}

function readGrants(exchanges: readonly Exchange[], { messages }: MessageIdSource): readonly Grant[] {
  return exchanges.flatMap(({ unsolicited, interim, response }, exchange) => {
    if (unsolicited) return [];
    const answers = [...interim, ...(response === null ? [] : [response])].filter((answer) => messages[answer]?.kind === "SMB2");
    return answers.map((message) => ({ exchange, message, credits: creditsGrantedBy(messages[message]) }));
  });
}

function tellDry(dry: Grant | null, until: number, source: MessageIdSource): readonly MessageIdTrouble[] {
  if (dry === null) return [];
  const nanoseconds = until - timeOf(dry.message, source);
  return nanoseconds < SECOND ? [] : [{ kind: "no-credits", exchange: dry.exchange, nanoseconds }];
}

function timeOf(message: number, { messages }: MessageIdSource): number {
  return messages[message]?.time ?? 0;
}
