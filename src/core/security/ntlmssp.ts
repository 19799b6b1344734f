import { decode } from "../struct/decode.ts";
import type { Decoded, Struct } from "../struct/struct.ts";
import { NtlmAuthenticate, NtlmChallenge, NtlmMessageType, NtlmNegotiate } from "./ntlmMessages.ts";

/** One NTLMSSP message with its values. */
export type NtlmMessage =
  | { readonly type: "NEGOTIATE"; readonly value: Decoded<typeof NtlmNegotiate> }
  | { readonly type: "CHALLENGE"; readonly value: Decoded<typeof NtlmChallenge> }
  | { readonly type: "AUTHENTICATE"; readonly value: Decoded<typeof NtlmAuthenticate> };

/** Bytes of a security buffer that are searched; its length field has 16 bits. */
const SEARCH_LIMIT = 65536;

const SIGNATURE = [0x4e, 0x54, 0x4c, 0x4d, 0x53, 0x53, 0x50, 0x00];

const declarations: Readonly<Record<number, Struct>> = {
  [NtlmMessageType.value.NEGOTIATE]: NtlmNegotiate,
  [NtlmMessageType.value.CHALLENGE]: NtlmChallenge,
  [NtlmMessageType.value.AUTHENTICATE]: NtlmAuthenticate,
};

/**
 * The NTLMSSP message in a security buffer, raw or wrapped in SPNEGO, found by its signature. Undefined when there is none or its type is
 * unknown. Ranges in the value are indexes into `bytes`.
 */
export function readNtlm(bytes: Uint8Array, start: number, end: number): NtlmMessage | undefined {
  const at = findNtlm(bytes, start, end);
  if (at === undefined) return undefined;
  const type = messageType(bytes, at, end);
  if (type === NtlmMessageType.value.NEGOTIATE) return { type: "NEGOTIATE", value: decode(NtlmNegotiate, bytes, at, end).value };
  if (type === NtlmMessageType.value.CHALLENGE) return { type: "CHALLENGE", value: decode(NtlmChallenge, bytes, at, end).value };
  if (type === NtlmMessageType.value.AUTHENTICATE) return { type: "AUTHENTICATE", value: decode(NtlmAuthenticate, bytes, at, end).value };
  return undefined;
}

/** The declaration of the NTLMSSP message that begins at `start`; undefined when its type is unknown. */
export function ntlmDeclaration(bytes: Uint8Array, start: number, end: number): Struct | undefined {
  return declarations[messageType(bytes, start, end) ?? 0];
}

/** Index of the signature `NTLMSSP\0` between `start` and `end`, with a MessageType after it; undefined when there is none. */
export function findNtlm(bytes: Uint8Array, start: number, end: number): number | undefined {
  const last = Math.min(end, bytes.length, start + SEARCH_LIMIT) - SIGNATURE.length - 4;
  for (let at = Math.max(0, start); at <= last; at++) if (SIGNATURE.every((byte, index) => bytes[at + index] === byte)) return at;
  return undefined;
}

function messageType(bytes: Uint8Array, at: number, end: number): number | undefined {
  return decode(NtlmNegotiate, bytes, at, Math.min(end, at + NtlmNegotiate.at.NegotiateFlags)).value.MessageType;
}
