import type { Analysis } from "../rules/analysis.ts";
import { ASYNC, COMPRESSED, ENCRYPTED, FROM_CLIENT, type MessageTable, RESPONSE, SIGNED } from "../smb2/messageTable.ts";

/** The first line of the table of messages. */
export const MESSAGES_HEADER = "frame\tstream\tcommand\tresponse\tmessageId\tsessionId\ttreeId\tstatus\tsigned";

/** Rows of one piece of text: some 64 KiB. */
const ROWS = 1024;
const TWO_32 = 0x1_0000_0000;

/**
 * Every message of a capture as a line of tab-separated values, in pieces. `stream` is the id of the connection. Of an encrypted or
 * compressed message only the frame, the connection, the direction and, where its header names it, the session are known. A connection
 * that is an equal second view of another one, as a capture on two interfaces has it, is not listed again: of the two frames of each
 * message the first is named.
 */
export function* toMessagesTsv(messages: MessageTable, connections: Analysis["connections"]): Generator<string> {
  yield `${MESSAGES_HEADER}\n`;
  const copies = framesOfCopies(messages, connections);
  for (let start = 0; start < messages.count; start += ROWS) {
    let text = "";
    const end = Math.min(messages.count, start + ROWS);
    for (let row = start; row < end; row++) {
      const connection = messages.connection(row);
      if (connections.copyOf(connection) !== 0) continue;
      const other = copies.get(connection)?.next().value ?? Number.POSITIVE_INFINITY;
      text += line(messages, row, Math.min(messages.frame(row), other));
    }
    yield text;
  }
}

/** By connection, the frames of its messages on another interface, in order; empty for all captures but those on several interfaces. */
function framesOfCopies(messages: MessageTable, connections: Analysis["connections"]): Map<number, IterableIterator<number>> {
  const copied = new Set<number>();
  for (let id = 1; id <= connections.count; id++) if (connections.copyOf(id) !== 0) copied.add(id);
  if (copied.size === 0) return new Map();
  const frames = new Map<number, number[]>();
  for (let row = 0; row < messages.count; row++) {
    const id = messages.connection(row);
    if (!copied.has(id)) continue;
    const of = connections.copyOf(id);
    const list = frames.get(of);
    if (list === undefined) frames.set(of, [messages.frame(row)]);
    else list.push(messages.frame(row));
  }
  return new Map([...frames].map(([id, list]) => [id, list.values()]));
}

function line(messages: MessageTable, row: number, frame: number): string {
  const flags = messages.flags(row);
  const place = `${frame}\t${messages.connection(row)}\t`;
  const sessionId = `0x${word(messages.sessionIdHigh(row))}${word(messages.sessionIdLow(row))}`;
  if ((flags & ENCRYPTED) !== 0) return `${place}\t${answers(flags)}\t\t${sessionId}\t\t\t0\n`;
  if ((flags & COMPRESSED) !== 0) return `${place}\t${answers(flags)}\t\t\t\t\t0\n`;
  const response = (flags & RESPONSE) !== 0;
  const messageId = wide(messages.messageIdLow(row), messages.messageIdHigh(row));
  const treeId = (flags & ASYNC) === 0 ? messages.treeId(row) : "";
  const status = response ? `0x${word(messages.status(row))}` : "";
  const signed = (flags & SIGNED) === 0 ? 0 : 1;
  return `${place}${messages.command(row)}\t${response ? 1 : 0}\t${messageId}\t${sessionId}\t${treeId}\t${status}\t${signed}\n`;
}

/** Of a message whose flags cannot be read only its sender says whether it answers. */
function answers(flags: number): 0 | 1 {
  return (flags & FROM_CLIENT) === 0 ? 1 : 0;
}

function wide(low: number, high: number): string {
  if (high < 0x20_0000) return String(high * TWO_32 + low);
  return ((BigInt(high) << 32n) | BigInt(low)).toString();
}

function word(value: number): string {
  return value.toString(16).padStart(8, "0");
}
