import { RepeatedText } from "../bytes/repeatedText.ts";
import { decodeLatin1 } from "../bytes/text.ts";

/** Who signs in, of an AUTHENTICATE_MESSAGE. Texts are hostile; null: the bytes do not hold the field. */
export interface NtlmLogon {
  readonly user: string | null;
  readonly domain: string | null;
  readonly workstation: string | null;
  readonly anonymous: boolean;
}

const NEGOTIATE = 1;
const AUTHENTICATE = 3;
const FIXED_PART = 64;
const NEGOTIATE_UNICODE = 1;
const LONGEST_NAME = 512;
/** SPNEGO puts less than this in front of the token. */
const SEARCHED = 1024;
const SIGNATURE_HIGH = 0x4e544c4d;
const SIGNATURE_LOW = 0x53535000;
const names = new RepeatedText();

/**
 * The names of an AUTHENTICATE_MESSAGE ([MS-NLMP] 2.2.1.3) in a security buffer, raw or inside SPNEGO; null when there is none. Reads
 * fixed offsets, since it runs for every sign-in of a capture; a test holds it to the declaration that the screen uses.
 */
export function readNtlmLogon(bytes: Uint8Array, view: DataView, start: number, end: number): NtlmLogon | null {
  const at = findNtlmSignature(bytes, view, start, end);
  if (at < 0 || end - at < FIXED_PART || view.getUint32(at + 8, true) !== AUTHENTICATE) return null;
  const unicode = (view.getUint32(at + 60, true) & NEGOTIATE_UNICODE) !== 0;
  return {
    user: readName(bytes, view, at, at + 36, end, unicode),
    domain: readName(bytes, view, at, at + 28, end, unicode),
    workstation: readName(bytes, view, at, at + 44, end, unicode),
    // No user and no response ([MS-NLMP] 3.2.5.1.2): by their lengths, since half a character is no text either.
    anonymous: view.getUint16(at + 36, true) === 0 && view.getUint16(at + 20, true) === 0,
  };
}

/**
 * Whether a security buffer begins a sign-in by NTLM with a NEGOTIATE_MESSAGE ([MS-NLMP] 2.2.1.1): nobody has been named yet, so whoever
 * refuses it does not refuse a user. A Kerberos token names one at once.
 */
export function beginsNtlm(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
  const at = findNtlmSignature(bytes, view, start, end);
  return at >= 0 && view.getUint32(at + 8, true) === NEGOTIATE;
}

/** Where an NTLMSSP message begins in a security buffer; -1 where there is none in its first part. */
export function findNtlmSignature(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  const last = Math.min(end - 12, start + SEARCHED);
  for (let at = start; at <= last; at++) {
    if (bytes[at] === 0x4e && view.getUint32(at) === SIGNATURE_HIGH && view.getUint32(at + 4) === SIGNATURE_LOW) return at;
  }
  return -1;
}

/** Text behind a length, maximum length and offset field; the offset counts from the message's start. */
function readName(bytes: Uint8Array, view: DataView, message: number, field: number, end: number, unicode: boolean): string | null {
  const length = Math.min(view.getUint16(field, true), LONGEST_NAME);
  const from = message + view.getUint32(field + 4, true);
  if (length === 0) return "";
  if (from + length > end) return null;
  return unicode ? names.utf16(bytes, from, from + length) : decodeLatin1(bytes, from, from + length);
}
