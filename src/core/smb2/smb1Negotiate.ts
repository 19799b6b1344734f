import { hex } from "../bytes/hex.ts";
import { decodeLatin1, escapeForDisplay } from "../bytes/text.ts";
import type { FieldOptions, Part, Reading } from "../struct/field.ts";
import { u8, u16 } from "../struct/integers.ts";
import { nameSet } from "../struct/nameSet.ts";
import { struct } from "../struct/struct.ts";

/** DialectIndex that says "none of these" ([MS-CIFS] 2.2.4.52.2). */
export const NO_SMB1_DIALECT = 0xffff;

/** Commands of SMB1 that a capture of today still shows ([MS-CIFS] 2.2.2.1). */
export const Smb1Command = nameSet("SMB_COM_", {
  CLOSE: 0x04,
  TRANSACTION: 0x25,
  ECHO: 0x2b,
  OPEN_ANDX: 0x2d,
  READ_ANDX: 0x2e,
  WRITE_ANDX: 0x2f,
  TRANSACTION2: 0x32,
  TREE_DISCONNECT: 0x71,
  NEGOTIATE: [0x72, "smb1.negotiate"],
  SESSION_SETUP_ANDX: 0x73,
  LOGOFF_ANDX: 0x74,
  TREE_CONNECT_ANDX: 0x75,
  NT_TRANSACT: 0xa0,
  NT_CREATE_ANDX: 0xa2,
  NT_CANCEL: 0xa4,
});

/** `SMB_COM_NEGOTIATE`; an unknown command as `0x1a`. */
export function smb1CommandName(value: number): string {
  return Smb1Command.find(value)?.name ?? hex(value, 2);
}

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

export const Smb1NegotiateResponse = struct("SMB_COM_NEGOTIATE Response", "MS-CIFS 2.2.4.52.2", {
  WordCount: u8({ filter: "smb.wct" }),
  DialectIndex: u16({ filter: "smb.dialect.index" }),
});

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
