import { decodeLatin1, escapeForDisplay } from "../bytes/text.ts";
import { rest } from "../struct/blob.ts";
import { choose } from "../struct/choose.ts";
import type { FieldOptions, Part, Reading } from "../struct/field.ts";
import { filetime, u8, u16, u32 } from "../struct/integers.ts";
import { guid } from "../struct/octets.ts";
import { payload } from "../struct/payload.ts";
import { struct } from "../struct/struct.ts";
import { Smb1Capabilities, Smb1SecurityMode } from "./constants/smb1Flags.ts";

/** DialectIndex that says "none of these" ([MS-CIFS] 2.2.4.52.2). */
export const NO_SMB1_DIALECT = 0xffff;

const MAX_DIALECTS = 64;
const MAX_DIALECT_LENGTH = 64;
const BUFFER_FORMAT_DIALECT = 0x02;

/**
 * Dialect strings of an SMB_COM_NEGOTIATE request, e.g. `NT LM 0.12`, `SMB 2.???`: each one a byte 0x02 and ASCII text up to a zero byte.
 * At most 64 strings, each cut to 64 characters; ends at the first byte that is no dialect. Hostile text.
 * @param start Index of the first 0x02, i.e. after ByteCount.
 */
export function readDialectStrings(bytes: Uint8Array, start: number, end: number): readonly string[] {
  return dialectReadings(bytes, start, Math.min(end, bytes.length)).map((dialect) => dialect.text);
}

export const Smb1NegotiateRequest = struct(
  "SMB_COM_NEGOTIATE Request",
  "MS-CIFS 2.2.4.52.1",
  {
    WordCount: u8({ must: 0, filter: "smb.wct" }),
    ByteCount: u16({ filter: "smb.bcc" }),
  },
  { Dialects: dialectStrings({ text: "smb1.dialects", filter: "smb.dialect.name" }) },
);

const NT_LM_WORD_COUNT = 17;

/** Data of a response with extended security ([MS-SMB] 2.2.4.5.2.1). */
export const Smb1ExtendedSecurity = struct(
  "SMB_COM_NEGOTIATE Extended Security Response",
  "MS-SMB 2.2.4.5.2.1",
  { ServerGUID: guid({ filter: "smb.server_guid" }) },
  { SecurityBlob: rest({ filter: "smb.security_blob" }) },
);

/** What follows DialectIndex for the dialect NT LM 0.12. */
export const Smb1NtLmParameters = struct(
  "SMB_COM_NEGOTIATE Response (NT LM 0.12)",
  "MS-CIFS 2.2.4.52.2",
  {
    SecurityMode: u8({ flags: Smb1SecurityMode, filter: "smb.sm" }),
    MaxMpxCount: u16({ filter: "smb.max_mpx_count" }),
    MaxNumberVcs: u16({ filter: "smb.max_vcs" }),
    MaxBufferSize: u32({ filter: "smb.max_bufsize" }),
    MaxRawSize: u32({ filter: "smb.max_raw" }),
    SessionKey: u32({ hex: true, filter: "smb.session_key" }),
    Capabilities: u32({ flags: Smb1Capabilities, filter: "smb.server_cap" }),
    SystemTime: filetime({ filter: "smb.system.time" }),
    ServerTimeZone: u16({ filter: "smb.server_timezone" }),
    ChallengeLength: u8({ filter: "smb.challenge_length" }),
    ByteCount: u16({ filter: "smb.bcc" }),
  },
  {
    Bytes: payload({
      length: (m) => m.ByteCount,
      find: (m) => (((m.Capabilities ?? 0) & Smb1Capabilities.mask.EXTENDED_SECURITY) !== 0 ? Smb1ExtendedSecurity : undefined),
    }),
  },
);

/** Fields of the chosen dialect stand beside DialectIndex. */
export const Smb1NegotiateResponse = struct(
  "SMB_COM_NEGOTIATE Response",
  "MS-CIFS 2.2.4.52.2",
  {
    WordCount: u8({ filter: "smb.wct" }),
    DialectIndex: u16({ filter: "smb.dialect.index" }),
  },
  { Parameters: choose({ on: (m) => m.WordCount }, { [NT_LM_WORD_COUNT]: Smb1NtLmParameters }) },
);

interface DialectReading {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function dialectReadings(bytes: Uint8Array, start: number, end: number): readonly DialectReading[] {
  const found: DialectReading[] = [];
  let at = start;
  while (found.length < MAX_DIALECTS && at < end && bytes[at] === BUFFER_FORMAT_DIALECT) {
    const zero = bytes.subarray(at + 1, end).indexOf(0);
    if (zero < 0) break;
    found.push({ start: at, end: at + zero + 2, text: decodeLatin1(bytes, at + 1, at + 1 + Math.min(zero, MAX_DIALECT_LENGTH)) });
    at += zero + 2;
  }
  return found;
}

function dialectStrings<M extends { readonly ByteCount?: number }>(options: FieldOptions): Part<readonly string[], M> {
  return {
    walk(place) {
      const { scope, cursor, name, section, values } = place;
      const end = Math.min(scope.end, cursor + (values.ByteCount ?? 0));
      const dialects = dialectReadings(scope.bytes, cursor, end);
      const children = dialects.map((dialect, index): Reading => {
        const show = () => ({ value: escapeForDisplay(dialect.text) });
        return { ...dialect, name: `[${index}]`, value: dialect.text, options, section, issues: [], children: [], show };
      });
      const value = dialects.map((dialect) => dialect.text);
      const show = () => ({ value: escapeForDisplay(value.join(", ")) });
      return { name, value, start: cursor, end: children.at(-1)?.end ?? cursor, options, section, issues: [], children, show };
    },
  };
}
