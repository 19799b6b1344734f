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
 * that is an equal second view of another one, as a capture on two interfaces has it, is not listed again.
 */
export function* toMessagesTsv({ messages, connections }: Pick<Analysis, "messages" | "connections">): Generator<string> {
  yield `${MESSAGES_HEADER}\n`;
  for (let start = 0; start < messages.count; start += ROWS) {
    let text = "";
    const end = Math.min(messages.count, start + ROWS);
    for (let row = start; row < end; row++) if (connections.copyOf(messages.connection(row)) === 0) text += line(messages, row);
    yield text;
  }
}

function line(messages: MessageTable, row: number): string {
  const flags = messages.flags(row);
  const place = `${messages.frame(row)}\t${messages.connection(row)}\t`;
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
