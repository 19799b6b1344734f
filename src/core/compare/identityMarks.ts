import { hexBytes } from "../bytes/hex.ts";
import { findServerChallenge } from "../security/readServerChallenge.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_311 } from "../smb2/constants/dialects.ts";
import { describeMessage } from "../smb2/describeMessage.ts";
import { Header } from "../smb2/header.ts";
import { NegotiateResponse } from "../smb2/negotiate.ts";
import type { FieldNode } from "../struct/describe.ts";
import type { PairMark } from "./captureComparison.ts";
import type { ComparedConnection, ComparedMessage } from "./comparedConnection.ts";

/** What a connection is recognised by in another capture: values that hardly two connections have in common, by their kind. */
export type IdentityMarks = ReadonlyMap<PairMark, ReadonlySet<string>>;

const NO_GUID = "00000000-0000-0000-0000-000000000000";
const ZEROS = /^(0x)?0*$/;
const SYSTEM_TIME = Header.size + NegotiateResponse.at.SystemTime;
/** A FILETIME, and a challenge. */
const LENGTH = 8;

/** Reads the marks from NEGOTIATE and SESSION_SETUP. At fixed places, but for the salt: thousands of connections have marks. */
export function identityMarks({ connection, messages }: ComparedConnection): IdentityMarks {
  const marks = new MarkSets();
  const { negotiate, dialect, sessions } = connection;
  const guid = negotiate?.clientGuid ?? NO_GUID;
  if (guid !== NO_GUID) marks.add("ClientGuid", guid);
  for (const { id } of sessions) marks.add("SessionId", id);
  const hasSalts = dialect === DIALECT_311 || negotiate?.clientDialects.includes(DIALECT_311) === true;
  for (const message of messages) {
    const { bytes, kind, command, fromClient } = message;
    if (bytes === null || kind !== "SMB2") continue;
    if (command === Command.value.NEGOTIATE && hasSalts) addSalts(marks, bytes, message);
    if (command === Command.value.NEGOTIATE && !fromClient) marks.add("SystemTime", hexBytes(bytes, SYSTEM_TIME, SYSTEM_TIME + LENGTH));
    if (command === Command.value.SESSION_SETUP && !fromClient) addChallenge(marks, bytes);
  }
  return marks.sets;
}

class MarkSets {
  readonly sets = new Map<PairMark, Set<string>>();

  /** Takes a value in that is not all zero. */
  add(mark: PairMark, value: string): void {
    if (ZEROS.test(value)) return;
    const values = this.sets.get(mark);
    if (values === undefined) this.sets.set(mark, new Set([value]));
    else values.add(value);
  }
}

function addChallenge(marks: MarkSets, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = findServerChallenge(bytes, view, Math.min(bytes.length, Header.size), bytes.length);
  if (at >= 0) marks.add("NTLM challenge", hexBytes(bytes, at, at + LENGTH));
}

function addSalts(marks: MarkSets, bytes: Uint8Array, { length }: ComparedMessage): void {
  const look = (node: FieldNode): void => {
    if (node.name === "Salt") marks.add("Salt", hexBytes(bytes, node.range.start, node.range.end));
    for (const child of node.children) look(child);
  };
  look(describeMessage(bytes, 0, bytes.length, length));
}
