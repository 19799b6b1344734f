import { Command } from "../../smb2/constants/commands.ts";
import type { ExchangeNote } from "../exchange.ts";
import { type CreateFacts, grantsDurable, readSetup } from "./bodyFacts.ts";
import { NO_SESSION } from "./messageHead.ts";
import type { PairedMessages } from "./pairHeads.ts";

/** What requests do beside their command, told in the order of the exchanges. */
export class ExchangeNotes {
  /** Sessions whose sign-in has succeeded, with the index of that answer. */
  private readonly signedIn = new Map<string, number>();

  constructor(pairs: readonly PairedMessages[]) {
    for (const { response } of pairs) {
      if (response === null || response.message.kind !== "SMB2" || response.message.command !== Command.value.SESSION_SETUP) continue;
      const { sessionId, index, message } = response;
      if (message.status === 0 && !this.signedIn.has(sessionId)) this.signedIn.set(sessionId, index);
    }
  }

  /** @param create What the request asks for where it is a CREATE. */
  of(pair: PairedMessages, create: CreateFacts | null): readonly ExchangeNote[] {
    if (create !== null) return noteCreate(pair, create);
    const { request } = pair;
    if (request === null || request.message.kind !== "SMB2" || request.message.command !== Command.value.SESSION_SETUP) return [];
    return this.noteSetup(pair);
  }

  private noteSetup({ request }: PairedMessages): readonly ExchangeNote[] {
    if (request === null) return [];
    const { binding, previousSessionId } = readSetup(request.message);
    const { sessionId, index } = request;
    const notes: ExchangeNote[] = [];
    if (binding) notes.push({ kind: "binding" });
    else if (sessionId !== NO_SESSION && index > (this.signedIn.get(sessionId) ?? index)) notes.push({ kind: "reauthentication" });
    // A session that names itself is no other one.
    if (previousSessionId !== null && previousSessionId !== sessionId) notes.push({ kind: "reconnect", previousSessionId });
    return notes;
  }
}

function noteCreate({ response }: PairedMessages, { durable, reconnects }: CreateFacts): readonly ExchangeNote[] {
  if (reconnects !== null) return [{ kind: "durable-reconnect", fileId: reconnects }];
  if (!durable) return [];
  const granted = response === null ? null : response.message.status === 0 && grantsDurable(response.message);
  return [{ kind: "durable", granted }];
}
