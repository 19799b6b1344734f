import { ascii, concat } from "../support/encode.ts";
import * as smb from "../support/encodeMessage.ts";
import { Command, Status } from "../support/encodeMessage.ts";

const CLIENT = {
  capabilities: 0x7f,
  guid: "1c319d42-1234-5678-9abc-def012345678",
  securityMode: 1,
  dialects: [0x0202, 0x0210, 0x0300, 0x0302],
};
const SERVER = { capabilities: 0x4f, guid: "7362616c-7672-0000-0000-000000000000", securityMode: 1, dialect: 0x0302 };
const LOGON = { user: "alice", domain: "EXAMPLE", workstation: "PC1" };

function validateRequest(): Uint8Array {
  return smb.ioctlRequest({ ctlCode: smb.FSCTL_VALIDATE_NEGOTIATE_INFO, input: smb.validateInput(CLIENT), maxOutputResponse: 24 });
}

function validateResponse(capabilities: number): Uint8Array {
  return smb.ioctlResponse(smb.FSCTL_VALIDATE_NEGOTIATE_INFO, smb.validateOutput({ ...SERVER, capabilities }));
}

interface Shape {
  readonly command: number;
  readonly body: Uint8Array;
  readonly response?: true;
  readonly status?: number;
  readonly signed?: true;
}

const shapes = {
  negotiateRequest: { command: Command.NEGOTIATE, body: smb.negotiateRequest(CLIENT) },
  negotiateResponse: { command: Command.NEGOTIATE, response: true, body: smb.negotiateResponse(SERVER) },
  setupRequest: { command: Command.SESSION_SETUP, body: smb.sessionSetupRequest({ token: smb.ntlmNegotiate(), securityMode: 1 }) },
  setupChallenge: {
    command: Command.SESSION_SETUP,
    response: true,
    status: Status.MORE_PROCESSING_REQUIRED,
    body: smb.sessionSetupResponse(0, smb.ntlmChallenge()),
  },
  setupLogon: { command: Command.SESSION_SETUP, body: smb.sessionSetupRequest({ token: smb.ntlmAuthenticate(LOGON), securityMode: 1 }) },
  setupResponse: {
    command: Command.SESSION_SETUP,
    response: true,
    signed: true,
    body: smb.sessionSetupResponse(0, ascii("\xa1\x07\x30\x05\xa0\x03\x0a\x01\x00")),
  },
  treeRequest: { command: Command.TREE_CONNECT, signed: true, body: smb.treeConnectRequest("\\\\server\\share") },
  treeResponse: { command: Command.TREE_CONNECT, response: true, signed: true, body: smb.treeConnectResponse(0) },
  validateRequest: { command: Command.IOCTL, signed: true, body: validateRequest() },
  validateResponse: { command: Command.IOCTL, response: true, signed: true, body: validateResponse(SERVER.capabilities) },
  validateDiffers: { command: Command.IOCTL, response: true, signed: true, body: validateResponse(SERVER.capabilities ^ 0x40) },
  validateDenied: { command: Command.IOCTL, response: true, status: Status.ACCESS_DENIED, signed: true, body: smb.errorBody() },
  createRequest: { command: Command.CREATE, signed: true, body: smb.createRequest("folder\\file.bin") },
  createResponse: { command: Command.CREATE, response: true, signed: true, body: smb.createResponse() },
  readRequest: { command: Command.READ, signed: true, body: smb.readRequest(0) },
  readResponse: { command: Command.READ, response: true, signed: true, body: smb.readResponse(new Uint8Array()) },
  writeRequest: { command: Command.WRITE, signed: true, body: smb.writeRequest(new Uint8Array()) },
  writeResponse: { command: Command.WRITE, response: true, signed: true, body: smb.writeResponse(0) },
  closeRequest: { command: Command.CLOSE, signed: true, body: smb.closeRequest() },
  closeResponse: { command: Command.CLOSE, response: true, signed: true, body: smb.closeResponse() },
  logoffRequest: { command: Command.LOGOFF, signed: true, body: smb.emptyBody() },
  logoffResponse: { command: Command.LOGOFF, response: true, signed: true, body: smb.emptyBody() },
} as const satisfies Record<string, Shape>;

export type MessageName = keyof typeof shapes;

const templates = new Map(Object.entries(shapes).map(([name, shape]) => [name, templateOf(shape)]));

function templateOf({ body, ...header }: Shape): Buffer {
  return Buffer.from(concat(smb.packet(smb.message(header, body))));
}

export interface MessagePlace {
  readonly messageId: number;
  readonly sessionId: number;
  readonly treeId: number;
  /** Bytes of payload that READ and WRITE carry, which the message itself leaves out. */
  readonly payload?: number;
  /** Bytes that a READ asks for, or a WRITE was given. */
  readonly count?: number;
}

const PACKET = 4;

/** A message with its 4-byte length, but for its payload; the same buffer every time it is asked for. */
export function benchMessage(name: MessageName, { messageId, sessionId, treeId, payload = 0, count }: MessagePlace): Buffer {
  const bytes = templates.get(name);
  if (bytes === undefined) throw new Error(name);
  bytes.writeUInt32BE(bytes.length - PACKET + payload, 0);
  bytes.writeUInt32LE(messageId, PACKET + 24);
  bytes.writeUInt32LE(treeId, PACKET + 36);
  bytes.writeUInt32LE(sessionId, PACKET + 40);
  // Length of READ and WRITE requests and of their responses: [MS-SMB2] 2.2.19 to 2.2.22.
  if (count !== undefined) bytes.writeUInt32LE(count, PACKET + 64 + 4);
  return bytes;
}
