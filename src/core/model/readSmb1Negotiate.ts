import { readDialectStrings } from "../smb2/smb1Negotiate.ts";

const HEADER = 32;
const FLAGS_REPLY = 0x80;

export interface Smb1Negotiate {
  readonly isResponse: boolean;
  /** Dialect strings of a request, e.g. `NT LM 0.12`, `SMB 2.002`; hostile text. */
  readonly dialects: readonly string[];
  /** DialectIndex of a response; null where it was not kept. */
  readonly selected: number | null;
}

/** SMB_COM_NEGOTIATE ([MS-CIFS] 2.2.4.52); `bytes[start, end)` begins with FF 'SMB'. */
export function readSmb1Negotiate(bytes: Uint8Array, start: number, end: number): Smb1Negotiate {
  const isResponse = ((bytes[start + 9] ?? 0) & FLAGS_REPLY) !== 0;
  const wordCount = bytes[start + HEADER] ?? 0;
  if (isResponse) {
    const at = start + HEADER + 1;
    const selected = wordCount > 0 && at + 2 <= end ? (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) : null;
    return { isResponse, dialects: [], selected };
  }
  return { isResponse, dialects: readDialectStrings(bytes, start + HEADER + 1 + 2 * wordCount + 2, end), selected: null };
}
