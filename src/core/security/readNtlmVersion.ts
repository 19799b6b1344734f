import { findNtlmSignature } from "./readNtlmLogon.ts";

const NEGOTIATE = 1;
const CHALLENGE = 2;
/** NTLMSSP_NEGOTIATE_VERSION ([MS-NLMP] 2.2.2.5). */
const HAS_VERSION = 0x02000000;

/**
 * The VERSION ([MS-NLMP] 2.2.2.10) of a NEGOTIATE_MESSAGE or CHALLENGE_MESSAGE in a security buffer, raw or inside SPNEGO: major version,
 * minor version and build in 8, 8 and 16 bits of one word; 0 where there is none. What senders write there that are not Windows is up to them.
 */
export function readNtlmVersion(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  const at = findNtlmSignature(bytes, view, start, end);
  if (at < 0) return 0;
  const type = view.getUint32(at + 8, true);
  const flagsAt = at + (type === CHALLENGE ? 20 : 12);
  const versionAt = at + (type === CHALLENGE ? 48 : 32);
  if ((type !== NEGOTIATE && type !== CHALLENGE) || versionAt + 8 > end) return 0;
  if ((view.getUint32(flagsAt, true) & HAS_VERSION) === 0) return 0;
  return ((view.getUint8(versionAt) << 24) | (view.getUint8(versionAt + 1) << 16) | view.getUint16(versionAt + 2, true)) >>> 0;
}
