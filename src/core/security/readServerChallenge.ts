import { NtlmChallenge, NtlmMessageType } from "./ntlmMessages.ts";
import { findNtlmSignature } from "./readNtlmLogon.ts";

const LENGTH = 8;

/** Place of the ServerChallenge of a CHALLENGE_MESSAGE ([MS-NLMP] 2.2.1.2) in a security buffer, raw or inside SPNEGO; -1: none. Eight bytes. */
export function findServerChallenge(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  const at = findNtlmSignature(bytes, view, start, end);
  const challenge = at + NtlmChallenge.at.ServerChallenge;
  if (at < 0 || challenge + LENGTH > end) return -1;
  return view.getUint32(at + NtlmChallenge.at.MessageType, true) === NtlmMessageType.value.CHALLENGE ? challenge : -1;
}
