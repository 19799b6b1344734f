import { ascii, concat, fill, guidBytes, le16, le32, le64, octets, padTo, utf16, zeros } from "./encode.ts";

/* SMB messages as bytes. Every field can be given, so that a test can build what no peer would send. */

export const Command = {
  NEGOTIATE: 0,
  SESSION_SETUP: 1,
  LOGOFF: 2,
  TREE_CONNECT: 3,
  TREE_DISCONNECT: 4,
  CREATE: 5,
  CLOSE: 6,
  READ: 8,
  WRITE: 9,
  IOCTL: 11,
  CANCEL: 12,
  ECHO: 13,
} as const;

export const Status = {
  SUCCESS: 0,
  PENDING: 0x103,
  MORE_PROCESSING_REQUIRED: 0xc0000016,
  ACCESS_DENIED: 0xc0000022,
  LOGON_FAILURE: 0xc000006d,
  NOT_SUPPORTED: 0xc00000bb,
  REQUEST_NOT_ACCEPTED: 0xc00000d0,
  BUFFER_TOO_SMALL: 0xc0000023,
  FILE_CLOSED: 0xc0000128,
  INVALID_DEVICE_REQUEST: 0xc0000010,
  INVALID_PARAMETER: 0xc000000d,
  USER_SESSION_DELETED: 0xc0000203,
  SMB_BAD_CLUSTER_DIALECT: 0xc05d0001,
} as const;

export const FSCTL_VALIDATE_NEGOTIATE_INFO = 0x00140204;
const HEADER = 64;

export interface HeaderFields {
  readonly command: number;
  readonly response?: boolean;
  readonly status?: number;
  /** `zero`: the SIGNED flag without a signature. */
  readonly signed?: boolean | "zero";
  readonly related?: boolean;
  readonly creditCharge?: number;
  /** Asked for or granted. Default 1. */
  readonly credits?: number;
  readonly nextCommand?: number;
  readonly messageId?: bigint | number;
  /** Makes the message asynchronous. */
  readonly asyncId?: bigint | number;
  readonly treeId?: number;
  readonly sessionId?: bigint | number;
}

/** A message from its ProtocolId on ([MS-SMB2] 2.2.1). */
export function message(header: HeaderFields, body: Uint8Array): Uint8Array {
  const { signed = false } = header;
  const flags = (header.response ? 1 : 0) | (header.asyncId === undefined ? 0 : 2) | (header.related ? 4 : 0) | (signed === false ? 0 : 8);
  return concat(
    octets(0xfe, 0x53, 0x4d, 0x42),
    le16(HEADER),
    le16(header.creditCharge ?? 1),
    le32(header.status ?? 0),
    le16(header.command),
    le16(header.credits ?? 1),
    le32(flags),
    le32(header.nextCommand ?? 0),
    le64(header.messageId ?? 0),
    header.asyncId === undefined ? concat(le32(0), le32(header.treeId ?? 0)) : le64(header.asyncId),
    le64(header.sessionId ?? 0),
    signed === true ? fill(16, 0x5a) : zeros(16),
    body,
  );
}

/** A DirectTcpPacket: the 4-byte length and what it counts ([MS-SMB2] 2.1). */
export function packet(...messages: readonly Uint8Array[]): Uint8Array {
  const content = concat(...messages);
  return concat(octets(0, content.length >>> 16, (content.length >>> 8) & 255, content.length & 255), content);
}

/** Messages one behind the other in one packet, all but the last padded to 8 bytes and with their NextCommand ([MS-SMB2] 2.2.1). */
export function compound(...messages: readonly Uint8Array[]): Uint8Array {
  const chained = messages.map((bytes, index) => {
    if (index === messages.length - 1) return bytes;
    const padded = padTo(8, bytes);
    padded.set(le32(padded.length), 20);
    return padded;
  });
  return packet(...chained);
}

export interface ClientValues {
  readonly capabilities: number;
  readonly guid: string;
  readonly securityMode: number;
  readonly dialects: readonly number[];
  /** Pre-authentication contexts of a NEGOTIATE that offers 3.1.1. Default 1. */
  readonly preauthContexts?: number;
}

export interface ServerValues {
  readonly capabilities: number;
  readonly guid: string;
  readonly securityMode: number;
  readonly dialect: number;
  readonly preauthContexts?: number;
  /** MaxTransactSize, MaxReadSize and MaxWriteSize. Default 8 MiB. */
  readonly maxSize?: number;
}

/** [MS-SMB2] 2.2.3; with 0x0311 among the dialects it carries pre-authentication and encryption contexts. */
export function negotiateRequest(values: ClientValues): Uint8Array {
  const { dialects, preauthContexts = 1 } = values;
  const list = concat(...dialects.map(le16));
  const has311 = dialects.includes(0x0311);
  const contextsAt = (HEADER + 36 + list.length + 7) & ~7;
  const fixed = concat(
    le16(36),
    le16(dialects.length),
    le16(values.securityMode),
    le16(0),
    le32(values.capabilities),
    guidBytes(values.guid),
    has311 ? concat(le32(contextsAt), le16(1 + preauthContexts), le16(0)) : zeros(8),
    list,
  );
  return has311 ? concat(padTo(8, fixed), negotiateContexts(preauthContexts)) : fixed;
}

/** [MS-SMB2] 2.2.4. */
export function negotiateResponse(values: ServerValues): Uint8Array {
  const has311 = values.dialect === 0x0311;
  const { preauthContexts = 1, maxSize = 8_388_608 } = values;
  const blob = ascii("\x60\x0c\x06\x06\x2b\x06\x01\x05\x05\x02\xa0\x02\x30\x00");
  const contextsAt = (HEADER + 64 + blob.length + 7) & ~7;
  const fixed = concat(
    le16(65),
    le16(values.securityMode),
    le16(values.dialect),
    le16(has311 ? 1 + preauthContexts : 0),
    guidBytes(values.guid),
    le32(values.capabilities),
    le32(maxSize),
    le32(maxSize),
    le32(maxSize),
    le64(133_480_000_000_000_000n),
    le64(0),
    le16(HEADER + 64),
    le16(blob.length),
    le32(has311 ? contextsAt : 0),
    blob,
  );
  return has311 ? concat(padTo(8, fixed), negotiateContexts(preauthContexts)) : fixed;
}

function negotiateContexts(preauthContexts: number): Uint8Array {
  const preauth = concat(le16(1), le16(38), le32(0), le16(1), le16(32), le16(1), fill(32, 0x33));
  const encryption = concat(le16(2), le16(4), le32(0), le16(1), le16(2));
  return concat(...Array.from({ length: preauthContexts }, () => padTo(8, preauth)), encryption);
}

export interface Logon {
  readonly user: string;
  readonly domain: string;
  readonly workstation: string;
}

const NTLM_UNICODE = 1;

export function ntlmNegotiate(): Uint8Array {
  return concat(ascii("NTLMSSP\0"), le32(1), le32(NTLM_UNICODE), zeros(16));
}

export function ntlmChallenge(): Uint8Array {
  return concat(ascii("NTLMSSP\0"), le32(2), zeros(8), le32(NTLM_UNICODE), fill(8, 0x11), zeros(16));
}

/** AUTHENTICATE_MESSAGE ([MS-NLMP] 2.2.1.3). No user: an anonymous one without a response. */
export function ntlmAuthenticate(logon: Logon): Uint8Array {
  const names = [logon.domain, logon.user, logon.workstation].map(utf16);
  const answer = logon.user === "" ? zeros(0) : fill(24, 0x77);
  let at = 64;
  const field = (part: Uint8Array): Uint8Array => {
    const bytes = concat(le16(part.length), le16(part.length), le32(at));
    at += part.length;
    return bytes;
  };
  const lm = field(zeros(0));
  const nt = field(answer);
  const nameFields = names.map(field);
  return concat(ascii("NTLMSSP\0"), le32(3), lm, nt, ...nameFields, field(zeros(0)), le32(NTLM_UNICODE), answer, ...names);
}

/** [MS-SMB2] 2.2.5. */
export function sessionSetupRequest(fields: {
  readonly token: Uint8Array;
  readonly securityMode: number;
  readonly binding?: boolean;
  readonly previousSessionId?: bigint;
}) {
  const { token, securityMode, binding = false, previousSessionId = 0n } = fields;
  const flags = octets(binding ? 1 : 0, securityMode);
  return concat(le16(25), flags, le32(1), le32(0), le16(HEADER + 24), le16(token.length), le64(previousSessionId), token);
}

/** [MS-SMB2] 2.2.6. */
export function sessionSetupResponse(flags: number, token: Uint8Array): Uint8Array {
  return concat(le16(9), le16(flags), le16(HEADER + 8), le16(token.length), token);
}

/** [MS-SMB2] 2.2.9. */
export function treeConnectRequest(path: string): Uint8Array {
  const bytes = utf16(path);
  return concat(le16(9), le16(0), le16(HEADER + 8), le16(bytes.length), bytes);
}

/** [MS-SMB2] 2.2.10. */
export function treeConnectResponse(shareFlags: number): Uint8Array {
  return concat(le16(16), octets(1, 0), le32(shareFlags), le32(0), le32(0x001f01ff));
}

export interface IoctlRequestFields {
  readonly ctlCode: number;
  readonly input: Uint8Array;
  readonly maxOutputResponse: number;
  readonly fileId?: Uint8Array;
  readonly flags?: number;
  readonly inputOffset?: number;
  readonly inputCount?: number;
}

/** [MS-SMB2] 2.2.31. */
export function ioctlRequest(fields: IoctlRequestFields): Uint8Array {
  return concat(
    le16(57),
    le16(0),
    le32(fields.ctlCode),
    fields.fileId ?? fill(16, 0xff),
    le32(fields.inputOffset ?? HEADER + 56),
    le32(fields.inputCount ?? fields.input.length),
    le32(0),
    le32(0),
    le32(0),
    le32(fields.maxOutputResponse),
    le32(fields.flags ?? 1),
    le32(0),
    fields.input,
  );
}

/** [MS-SMB2] 2.2.32. */
export function ioctlResponse(ctlCode: number, output: Uint8Array, outputCount = output.length): Uint8Array {
  return concat(
    le16(49),
    le16(0),
    le32(ctlCode),
    fill(16, 0xff),
    le32(HEADER + 48),
    le32(0),
    le32(HEADER + 48),
    le32(outputCount),
    le32(0),
    le32(0),
    output,
  );
}

/** [MS-SMB2] 2.2.31.4. */
export function validateInput(values: ClientValues, dialectCount = values.dialects.length): Uint8Array {
  return concat(
    le32(values.capabilities),
    guidBytes(values.guid),
    le16(values.securityMode),
    le16(dialectCount),
    ...values.dialects.map(le16),
  );
}

/** [MS-SMB2] 2.2.32.6. */
export function validateOutput(values: ServerValues): Uint8Array {
  return concat(le32(values.capabilities), guidBytes(values.guid), le16(values.securityMode), le16(values.dialect));
}

/** [MS-SMB2] 2.2.2. */
export const errorBody = (): Uint8Array => concat(le16(9), le16(0), le32(0), octets(0));

/** LOGOFF, TREE_DISCONNECT, ECHO, CANCEL, and their answers: four bytes that say nothing. */
export const emptyBody = (): Uint8Array => concat(le16(4), le16(0));

/** FileId of every open, unless a test gives another. */
const FILE_ID = fill(16, 0x22);

/** A create context ([MS-SMB2] 2.2.13.2), the only one of its message. */
export function createContext(name: string, data: Uint8Array): Uint8Array {
  return concat(
    le32(0),
    le16(16),
    le16(name.length),
    le16(0),
    le16(data.length === 0 ? 0 : 24),
    le32(data.length),
    ascii(name),
    zeros(4),
    data,
  );
}

/** [MS-SMB2] 2.2.13. */
export function createRequest(name: string, context: Uint8Array = zeros(0)): Uint8Array {
  const path = padTo(8, utf16(name));
  const fixed = concat(le16(57), octets(0, 0), le32(2), zeros(16), le32(0x00120089), le32(0), le32(7), le32(1), le32(0));
  const contexts = context.length === 0 ? zeros(8) : concat(le32(HEADER + 56 + path.length), le32(context.length));
  return concat(fixed, le16(HEADER + 56), le16(2 * name.length), contexts, path, context);
}

/** [MS-SMB2] 2.2.14. */
export function createResponse(fileId = FILE_ID, context: Uint8Array = zeros(0)): Uint8Array {
  const contexts = context.length === 0 ? zeros(8) : concat(le32(HEADER + 88), le32(context.length));
  return concat(le16(89), octets(0, 0), le32(1), zeros(56), fileId, contexts, context);
}

/** [MS-SMB2] 2.2.15. */
export const closeRequest = (fileId = FILE_ID): Uint8Array => concat(le16(24), le16(0), le32(0), fileId);

/** [MS-SMB2] 2.2.16. */
export const closeResponse = (): Uint8Array => concat(le16(60), zeros(58));

/** [MS-SMB2] 2.2.19. */
export const readRequest = (length: number, fileId = FILE_ID): Uint8Array =>
  concat(le16(49), octets(80, 0), le32(length), zeros(8), fileId, zeros(17));

/** [MS-SMB2] 2.2.20. */
export const readResponse = (data: Uint8Array): Uint8Array => concat(le16(17), octets(80, 0), le32(data.length), zeros(8), data);

/** [MS-SMB2] 2.2.21. */
export const writeRequest = (data: Uint8Array, fileId = FILE_ID): Uint8Array =>
  concat(le16(49), le16(112), le32(data.length), zeros(8), fileId, zeros(16), data);

/** [MS-SMB2] 2.2.22. */
export const writeResponse = (length: number): Uint8Array => concat(le16(17), le16(0), le32(length), zeros(8));

/** A message inside a TRANSFORM_HEADER ([MS-SMB2] 2.2.41); what is encrypted is noise. */
export function encryptedMessage(sessionId: bigint | number, size: number): Uint8Array {
  return concat(
    octets(0xfd, 0x53, 0x4d, 0x42),
    fill(16, 0x44),
    fill(16, 0x45),
    le32(size),
    le16(0),
    le16(1),
    le64(sessionId),
    fill(size, 0xe5),
  );
}

/** A message behind a COMPRESSION_TRANSFORM_HEADER ([MS-SMB2] 2.2.42.1). */
export function compressedMessage(size: number): Uint8Array {
  return concat(octets(0xfc, 0x53, 0x4d, 0x42), le32(4 * size), le16(1), le16(0), le32(0), fill(size, 0xc3));
}

/** SMB_COM_NEGOTIATE request ([MS-CIFS] 2.2.4.52.1). */
export function smb1NegotiateRequest(dialects: readonly string[]): Uint8Array {
  const list = concat(...dialects.map((dialect) => concat(octets(2), ascii(`${dialect}\0`))));
  return concat(smb1Header(0x72, 0x18), octets(0), le16(list.length), list);
}

/** SMB_COM_NEGOTIATE response ([MS-CIFS] 2.2.4.52.2), as far as the chosen dialect. */
export function smb1NegotiateResponse(dialectIndex: number): Uint8Array {
  return concat(smb1Header(0x72, 0x98), octets(17), le16(dialectIndex), zeros(32), le16(0));
}

/** Any other SMB1 message without content. */
export function smb1Message(command: number, response: boolean): Uint8Array {
  return concat(smb1Header(command, response ? 0x98 : 0x18), octets(0), le16(0));
}

function smb1Header(command: number, flags: number): Uint8Array {
  return concat(octets(0xff, 0x53, 0x4d, 0x42, command), le32(0), octets(flags), le16(0xc843), zeros(12), zeros(8));
}
