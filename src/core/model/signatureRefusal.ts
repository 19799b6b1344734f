import { Command } from "../smb2/constants/commands.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import type { SignatureRefusalFacts } from "./connectionFacts.ts";
import type { MessageHeader } from "./messageHeader.ts";

const { STATUS_ACCESS_DENIED, STATUS_INVALID_SIGNATURE } = NtStatus;
const { LOGOFF, TREE_DISCONNECT, ECHO } = Command.value;

/** Low half of the MessageId of a session's latest LOGOFF, TREE_DISCONNECT or ECHO, and whether that was signed; -1 when there was none. */
export interface UnguardedRequest {
  unguardedId: number;
  unguardedSigned: boolean;
}

/** Whether no permission stands in the way of a command: a session may always end, and ask whether the server is there. */
export function isUnguarded(command: number): boolean {
  return command === LOGOFF || command === TREE_DISCONNECT || command === ECHO;
}

/** What an answer says of the signature of its request; null where it says nothing, or the request is not known. */
export function readSignatureRefusal(
  request: UnguardedRequest,
  header: MessageHeader,
  frame: number,
  time: number,
  truncated: boolean,
): SignatureRefusalFacts | null {
  const { command, status } = header;
  if (status !== STATUS_INVALID_SIGNATURE && (status !== STATUS_ACCESS_DENIED || !isUnguarded(command))) return null;
  const known = isUnguarded(command) && request.unguardedId === header.messageIdLow;
  if (!known && status === STATUS_ACCESS_DENIED) return null;
  return { ...header.response(frame, time, truncated), command, requestSigned: known ? request.unguardedSigned : true };
}
