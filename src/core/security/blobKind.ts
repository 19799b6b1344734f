import { findNtlm } from "./ntlmssp.ts";

/** The mechanism that a security buffer carries. `SPNEGO`: a negotiation token without a token of the mechanism inside. */
export type BlobKind = "NTLM" | "Kerberos" | "SPNEGO" | "unknown";

const SPNEGO_OID = [0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02];
/** 1.2.840.113554.1.2.2 and Microsoft's 1.2.840.48018.1.2.2. */
const KERBEROS_OIDS = [
  [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02],
  [0x06, 0x09, 0x2a, 0x86, 0x48, 0x82, 0xf7, 0x12, 0x01, 0x02, 0x02],
];

const APPLICATION_TOKEN = 0x60;
const NEG_TOKEN_RESP = 0xa1;
/** KRB_AP_REQ, KRB_AP_REP and KRB_ERROR after the OID of a Kerberos token (RFC 4121 4.1). */
const TOKEN_IDS = [1, 2, 3];
/** Where the OID of a token must begin: after its tag and length. */
const MAX_OID_OFFSET = 8;
const SEARCH_LIMIT = 4096;

/**
 * What kind of token a security buffer of SESSION_SETUP or NEGOTIATE holds. An NTLM or Kerberos token is found raw or wrapped in SPNEGO; a
 * mere offer of mechanisms, as servers send it in NEGOTIATE, is `SPNEGO`.
 */
export function blobKind(bytes: Uint8Array, start: number, end: number): BlobKind {
  const from = Math.max(0, start);
  const to = Math.min(end, bytes.length);
  if (findNtlm(bytes, from, to) !== undefined) return "NTLM";
  if (carriesKerberos(bytes, from, Math.min(to, from + SEARCH_LIMIT))) return "Kerberos";
  return isSpnego(bytes, from, to) ? "SPNEGO" : "unknown";
}

/** A Kerberos token, or the answer of a server that has chosen Kerberos. */
function carriesKerberos(bytes: Uint8Array, start: number, end: number): boolean {
  const chosen = bytes[start] === NEG_TOKEN_RESP;
  for (let at = start; at < end; at++) {
    const oid = KERBEROS_OIDS.find((candidate) => matches(bytes, at, end, candidate));
    if (oid === undefined) continue;
    if (chosen || isTokenId(bytes, at + oid.length, end)) return true;
  }
  return false;
}

function isTokenId(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 1 < end && TOKEN_IDS.includes(bytes[at] ?? 0) && bytes[at + 1] === 0;
}

function isSpnego(bytes: Uint8Array, start: number, end: number): boolean {
  if (start < end && bytes[start] === NEG_TOKEN_RESP) return true;
  if (bytes[start] !== APPLICATION_TOKEN) return false;
  for (let at = start + 1; at < start + MAX_OID_OFFSET; at++) if (matches(bytes, at, end, SPNEGO_OID)) return true;
  return false;
}

function matches(bytes: Uint8Array, at: number, end: number, pattern: readonly number[]): boolean {
  return at + pattern.length <= end && pattern.every((byte, index) => bytes[at + index] === byte);
}
