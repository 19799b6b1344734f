import { Command } from "../../smb2/constants/commands.ts";
import { Smb1Command } from "../../smb2/constants/smb1Commands.ts";
import type { MessageHead } from "./messageHead.ts";

const STATUS_PENDING = 0x00000103;
/** Messages of the same MessageId and command that are looked through: more than one is already unusual. */
const LOOK_BACK = 32;
const NO_ID = "0";

/** Messages that belong together. */
export interface PairedMessages {
  /** Index of the first of them in the capture. */
  readonly first: number;
  request: MessageHead | null;
  readonly interim: MessageHead[];
  response: MessageHead | null;
  cancel: MessageHead | null;
}

/**
 * Puts requests, answers and CANCELs together by MessageId and AsyncId ([MS-SMB2] 3.2.5.1.2, 3.2.4.24), whichever stands first. Every
 * message is in exactly one pair; encrypted, compressed and cut ones stand alone. In the order of their first messages.
 */
export function pairHeads(heads: readonly MessageHead[]): readonly PairedMessages[] {
  const pairing = new Pairing();
  for (const head of heads) if (!isCancel(head)) pairing.add(head);
  // An answer that names the AsyncId may stand behind the CANCEL that uses it.
  for (const head of heads) if (isCancel(head)) pairing.addCancel(head);
  return pairing.pairs.sort((one, other) => one.first - other.first);
}

class Pairing {
  readonly pairs: PairedMessages[] = [];
  private readonly byKey = new Map<string, PairedMessages[]>();
  private readonly byAsyncId = new Map<string, PairedMessages>();
  private readonly byMessageId = new Map<string, PairedMessages>();
  private readonly smb1Negotiates: PairedMessages[] = [];

  add(head: MessageHead): void {
    const { readable, unsolicited, message } = head;
    if (!readable || unsolicited) this.begin(head, null);
    else if (!message.response) this.addRequest(head);
    else if (message.kind === "SMB2" && message.status === STATUS_PENDING) this.addInterim(head);
    else this.addResponse(head);
  }

  addCancel(head: MessageHead): void {
    const side = head.message.fromClient;
    const byAsyncId = head.asyncId === null ? undefined : this.byAsyncId.get(`${!side} ${head.asyncId}`);
    // With an AsyncId the MessageId may be 0, which is that of NEGOTIATE.
    const byMessageId = head.asyncId !== null && head.id === NO_ID ? undefined : this.byMessageId.get(`${side} ${head.id}`);
    const target = byAsyncId ?? byMessageId;
    if (target !== undefined && target.cancel === null) target.cancel = head;
    else this.begin(head, null);
  }

  private addRequest(head: MessageHead): void {
    const key = keyOf(head, head.message.fromClient);
    const known = this.byKey.get(key) ?? [];
    const waiting = known.every(({ request }) => request === null) ? known[0] : this.smb1Answer(head);
    const pair = waiting ?? this.begin(head, key);
    pair.request = head;
    if (isSmb1Negotiate(head)) this.smb1Negotiates.push(pair);
    const id = `${head.message.fromClient} ${head.id}`;
    if (head.message.kind === "SMB2" && !this.byMessageId.has(id)) this.byMessageId.set(id, pair);
  }

  private addInterim(head: MessageHead): void {
    const key = keyOf(head, !head.message.fromClient);
    const pair = this.awaiting(key) ?? this.byKey.get(key)?.at(-1) ?? this.begin(head, key);
    pair.interim.push(head);
    if (head.asyncId !== null) this.byAsyncId.set(asyncKey(head), pair);
  }

  private addResponse(head: MessageHead): void {
    const key = keyOf(head, !head.message.fromClient);
    const pair = this.awaiting(key) ?? this.asynchronous(head) ?? this.smb1Request(head) ?? this.begin(head, key);
    pair.response = head;
    if (head.asyncId !== null && !this.byAsyncId.has(asyncKey(head))) this.byAsyncId.set(asyncKey(head), pair);
  }

  /** The oldest without a final answer. */
  private awaiting(key: string): PairedMessages | undefined {
    return this.byKey
      .get(key)
      ?.slice(-LOOK_BACK)
      .find(({ response }) => response === null);
  }

  private asynchronous(head: MessageHead): PairedMessages | undefined {
    const pair = head.asyncId === null ? undefined : this.byAsyncId.get(asyncKey(head));
    return pair !== undefined && pair.response === null && pair.interim[0]?.message.command === head.message.command ? pair : undefined;
  }

  /** SMB_COM_NEGOTIATE that SMB2 answers with MessageId 0 ([MS-SMB2] 3.3.5.3). */
  private smb1Request({ id, message }: MessageHead): PairedMessages | undefined {
    if (message.kind !== "SMB2" || message.command !== Command.value.NEGOTIATE || id !== NO_ID) return undefined;
    const newest = this.smb1Negotiates.slice(-LOOK_BACK);
    return newest.find(({ request, response }) => response === null && request?.message.fromClient !== message.fromClient);
  }

  private smb1Answer(head: MessageHead): PairedMessages | undefined {
    if (!isSmb1Negotiate(head)) return undefined;
    const command = Command.value.NEGOTIATE;
    const known = this.byKey.get(`SMB2 ${NO_ID} ${command} ${head.message.fromClient}`) ?? [];
    return known.find(({ request }) => request === null);
  }

  private begin(head: MessageHead, key: string | null): PairedMessages {
    const isAnswer = head.message.response;
    const isInterim = isAnswer && key !== null && head.message.status === STATUS_PENDING;
    const pair: PairedMessages = {
      first: head.index,
      request: isAnswer ? null : head,
      interim: [],
      response: isAnswer && !isInterim ? head : null,
      cancel: null,
    };
    this.pairs.push(pair);
    if (key === null) return pair;
    const known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, [pair]);
    else known.push(pair);
    return pair;
  }
}

function keyOf({ id, message }: MessageHead, byClient: boolean): string {
  return `${message.kind} ${id} ${message.command} ${byClient}`;
}

function asyncKey({ asyncId, message }: MessageHead): string {
  return `${message.fromClient} ${asyncId}`;
}

function isCancel({ readable, message }: MessageHead): boolean {
  return readable && message.kind === "SMB2" && message.command === Command.value.CANCEL && !message.response;
}

function isSmb1Negotiate({ readable, message }: MessageHead): boolean {
  return readable && message.kind === "SMB1" && message.command === Smb1Command.value.NEGOTIATE && !message.response;
}
