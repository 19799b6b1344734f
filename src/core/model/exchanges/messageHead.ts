import { hex64 } from "../../bytes/hex.ts";
import { Command } from "../../smb2/constants/commands.ts";
import { HeaderFlags } from "../../smb2/constants/headerFlags.ts";
import { Header } from "../../smb2/header.ts";
import { Smb1Header } from "../../smb2/smb1Message.ts";
import { TransformHeader } from "../../smb2/transformHeader.ts";
import { type Peek, peekInto } from "../../struct/variant.ts";
import type { DetailMessage } from "../detailMessage.ts";

const ALL_ONES = "18446744073709551615";
export const NO_SESSION = "0x0000000000000000";
/** SessionId and TreeId of a related request that names none of its own ([MS-SMB2] 3.2.4.1.4). */
export const RELATED_SESSION = "0xffffffffffffffff";
export const RELATED_TREE = 0xffffffff;

/** What stands before the body of a message, as far as exchanges need it. */
export interface MessageHead {
  /** Index in the messages of the connection. */
  readonly index: number;
  readonly message: DetailMessage;
  /** False for encrypted, compressed and cut messages: nothing else is known of them. */
  readonly readable: boolean;
  /** MessageId in decimal digits, or the MID of SMB1. */
  readonly id: string;
  /** Null in messages that are not asynchronous. */
  readonly asyncId: string | null;
  readonly related: boolean;
  readonly unsolicited: boolean;
  readonly creditCharge: number;
  /** Asked for by a request, granted by an answer. */
  readonly credits: number;
  readonly sessionId: string;
  /** Null in asynchronous messages. */
  readonly treeId: number | null;
  /** The element before it in its compound. */
  readonly previous: MessageHead | null;
}

/** Reads the heads of a connection's messages, in their order, and which of them were sent as one compound ([MS-SMB2] 3.2.4.1.4). */
export function readHeads(messages: readonly DetailMessage[]): readonly MessageHead[] {
  /** The newest message of either side, where it says that another one follows it in its compound. */
  const open: { client: MessageHead | null; server: MessageHead | null } = { client: null, server: null };
  return messages.map((message, index) => {
    const side = message.fromClient ? "client" : "server";
    const peek = peekInto(message.bytes, 0, message.bytes.length);
    const head = readHead(message, index, peek, open[side]);
    open[side] = head.readable && message.kind === "SMB2" && (peek.u32(Header.at.NextCommand) ?? 0) !== 0 ? head : null;
    return head;
  });
}

function readHead(message: DetailMessage, index: number, peek: Peek, before: MessageHead | null): MessageHead {
  const { kind, bytes } = message;
  if (kind === "SMB2" && bytes.length >= Header.size) return readSmb2(message, index, peek, before);
  if (kind === "SMB1" && bytes.length >= Smb1Header.size) return { ...BLANK, index, message, readable: true, id: smb1Id(peek) };
  const sessionId = kind === "encrypted" ? sessionIdAt(peek, TransformHeader.at.SessionId) : NO_SESSION;
  return { ...BLANK, index, message, sessionId };
}

const BLANK = {
  readable: false,
  id: "",
  asyncId: null,
  related: false,
  unsolicited: false,
  creditCharge: 0,
  credits: 0,
  sessionId: NO_SESSION,
  treeId: null,
  previous: null,
} as const;

function readSmb2(message: DetailMessage, index: number, peek: Peek, before: MessageHead | null): MessageHead {
  const flags = peek.u32(Header.at.Flags) ?? 0;
  const isAsync = (flags & HeaderFlags.mask.ASYNC_COMMAND) !== 0;
  const related = (flags & HeaderFlags.mask.RELATED_OPERATIONS) !== 0;
  const { messageId: id, response, sessionId } = message;
  return {
    index,
    message,
    readable: true,
    id,
    asyncId: isAsync ? hex64(peek.u32(Header.at.AsyncId) ?? 0, peek.u32(Header.at.AsyncId + 4) ?? 0) : null,
    related,
    unsolicited: response && id === ALL_ONES,
    creditCharge: peek.u16(Header.at.CreditCharge) ?? 0,
    credits: peek.u16(response ? Header.at.CreditResponse : Header.at.CreditRequest) ?? 0,
    sessionId,
    treeId: isAsync ? null : message.treeId,
    previous: before !== null && (related || follows(before, id)) ? before : null,
  };
}

/**
 * Where bytes are missing, the next message at hand may belong to another compound. Of a request without the flag for related ones only
 * its MessageId tells.
 */
function follows(before: MessageHead, id: string): boolean {
  if (before.message.response) return true;
  return BigInt(id) === BigInt(before.id) + BigInt(Math.max(1, before.creditCharge));
}

function smb1Id(peek: Peek): string {
  return String(peek.u16(Smb1Header.at.MID) ?? 0);
}

function sessionIdAt(peek: Peek, offset: number): string {
  return hex64(peek.u32(offset) ?? 0, peek.u32(offset + 4) ?? 0);
}

/** CreditResponse of one SMB2 answer; 0 where it is not there. */
export function creditsGrantedBy(message: DetailMessage | undefined): number {
  return message === undefined ? 0 : (peekInto(message.bytes, 0, message.bytes.length).u16(Header.at.CreditResponse) ?? 0);
}

/** Commands of no tree ([MS-SMB2] 2.2.1.2): their TreeId means nothing. */
const TREELESS: ReadonlySet<number> = new Set([
  Command.value.NEGOTIATE,
  Command.value.SESSION_SETUP,
  Command.value.LOGOFF,
  Command.value.ECHO,
  Command.value.CANCEL,
  Command.value.SERVER_TO_CLIENT_NOTIFICATION,
]);

/** Whether messages of that SMB2 command belong to a tree. */
export function hasTree(command: number): boolean {
  return !TREELESS.has(command);
}
