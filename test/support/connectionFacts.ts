import type {
  ConnectionFacts,
  EndEvent,
  MessageFacts,
  NegotiateFacts,
  NegotiateRequestFacts,
  NegotiateResponseFacts,
  NextRequest,
  SessionFacts,
  Side,
  TreeConnectFacts,
  ValidateRequestFacts,
  ValidateResponseFacts,
  ValidationFacts,
} from "../../src/core/model/connectionFacts.ts";
import type { Guid } from "../../src/core/model/guid.ts";
import { pathFacts } from "./pathFacts.ts";

/*
 * Facts of connections built by hand, for tests of rules. Without overrides everything is a healthy SMB 3.0.2 connection of a real user:
 * NEGOTIATE [4] [6], sign-in [11], TREE_CONNECT [12] [13], validation [14] [15], file requests from [16] on, FIN by the client [50].
 * A frame's time is its number in milliseconds.
 */

export const MILLISECOND = 1e6;
export const SECOND = 1e9;
export const STATUS_ACCESS_DENIED = 0xc0000022;
export const STATUS_FILE_CLOSED = 0xc0000128;
export const SESSION_ID = "0x0000000031a8e154";
export const CLIENT_GUID: Guid = { a: 0x1c319d42, b: 0x1234, c: 0x5678, d: 0x9abc };
export const SERVER_GUID: Guid = { a: 0x7362616c, b: 0x7672, c: 0, d: 0 };
export const OTHER_GUID: Guid = { a: 1, b: 2, c: 3, d: 4 };

const CLIENT = { capabilities: 0x7f, guid: CLIENT_GUID, securityMode: 1, dialects: [0x0202, 0x0210, 0x0300, 0x0302] } as const;
const SERVER = { capabilities: 0x4f, guid: SERVER_GUID, securityMode: 1, dialect: 0x0302 } as const;

export function message(frame: number, over: Partial<MessageFacts> = {}): MessageFacts {
  return { frame, time: frame * MILLISECOND, signed: true, signatureZero: false, encrypted: false, truncated: false, ...over };
}

export function negotiateRequest(over: Partial<NegotiateRequestFacts> = {}): NegotiateRequestFacts {
  return { ...message(4, { signed: false }), ...CLIENT, preauthContexts: 0, ...over };
}

export function negotiateResponse(over: Partial<NegotiateResponseFacts> = {}): NegotiateResponseFacts {
  const sizes = { maxTransactSize: 8_388_608, maxReadSize: 8_388_608, maxWriteSize: 8_388_608 };
  return { ...message(6, { signed: false }), ...SERVER, ...sizes, status: 0, preauthContexts: 0, ...over };
}

export function negotiate(over: Partial<NegotiateFacts> = {}): NegotiateFacts {
  return { request: negotiateRequest(), response: negotiateResponse(), ...over };
}

export function session(over: Partial<SessionFacts> = {}): SessionFacts {
  return {
    id: SESSION_ID,
    user: "tester",
    domain: "WORKGROUP",
    workstation: "CLIENT",
    startsLate: false,
    setupRequestFrame: 10,
    securityMode: 1,
    anonymousLogon: false,
    final: { ...message(11), status: 0 },
    logonSeen: true,
    flags: 0,
    binding: false,
    loggedOff: false,
    requests: { signed: 20, unsigned: 0, encrypted: 0 },
    responses: { signed: 20, unsigned: 0, encrypted: 0 },
    answered: 20,
    denied: 0,
    deniedFrames: [],
    firstUnsigned: { requestFrame: 0, requestCommand: 0, responseFrame: 0, responseCommand: 0 },
    refusal: null,
    refusals: 0,
    signatureRefusal: null,
    nextRequest: next(12, 3),
    ...over,
  };
}

export function tree(over: Partial<TreeConnectFacts> = {}): TreeConnectFacts {
  const response = { ...message(13), status: 0 };
  return { request: message(12), response, path: "\\\\server\\share", sessionId: SESSION_ID, treeId: 7, shareFlags: 0, ...over };
}

export function validateRequest(over: Partial<ValidateRequestFacts> = {}): ValidateRequestFacts {
  const dialects = over.dialects ?? CLIENT.dialects;
  return {
    ...message(14),
    ...CLIENT,
    fileIdAllOnes: true,
    ioctlFlags: 1,
    maxOutputResponse: 24,
    inputOffset: 120,
    inputCount: 24 + 2 * dialects.length,
    dialectCount: dialects.length,
    ...over,
  };
}

export function validateResponse(over: Partial<ValidateResponseFacts> = {}): ValidateResponseFacts {
  return { ...message(15), status: 0, values: { ...SERVER }, outputOffset: 112, outputCount: 24, ...over };
}

/** An error in place of the answer. */
export function validateError(status: number, over: Partial<ValidateResponseFacts> = {}): ValidateResponseFacts {
  return validateResponse({ status, values: null, outputOffset: 0, outputCount: 0, ...over });
}

export function validation(over: Partial<ValidationFacts> = {}): ValidationFacts {
  return {
    request: validateRequest(),
    response: validateResponse(),
    interim: null,
    sessionId: SESSION_ID,
    treeId: 7,
    answerLost: false,
    nextRequest: next(16, 5),
    ...over,
  };
}

export function next(frame: number, command: number): NextRequest {
  return { frame, time: frame * MILLISECOND, command };
}

export function end(by: Side, how: "FIN" | "RST", frame: number, time = frame * MILLISECOND): EndEvent {
  return { by, how, frame, time };
}

/** A connection; `ended` and `lastMessageFrame` follow from `ends` and `lastClientMessage` unless given. */
export function makeFacts(over: Partial<ConnectionFacts> = {}): ConnectionFacts {
  const ends = over.ends ?? [end("client", "FIN", 50)];
  const lastClientMessage = over.lastClientMessage === undefined ? next(48, 4) : over.lastClientMessage;
  return {
    id: 1,
    client: { address: "192.0.2.10", port: 55_222 },
    server: { address: "198.51.100.20", port: 445 },
    netbios: false,
    hidingGaps: 0,
    firstHidingGap: null,
    path: pathFacts(),
    dataSegments: 40,
    repeatedSegments: 0,
    firstRepeatFrame: null,
    firstRepeatOf: null,
    fingerprint: 0,
    otherValues: null,
    higherDialect: null,
    synSeen: true,
    firstFrame: 1,
    firstTime: MILLISECOND,
    lastFrame: 51,
    lastTime: 51 * MILLISECOND,
    ended: ends[0] ?? null,
    ends,
    smb1: null,
    smb1Messages: 0,
    negotiates: [negotiate()],
    dialect: 0x0302,
    sessions: [session()],
    openSetups: [],
    ntlmVersions: { clientVersion: 0, clientVersionFrame: 0, serverVersion: 0, serverVersionFrame: 0 },
    trees: [tree()],
    validations: [validation()],
    messages: 40,
    encryptedMessages: 0,
    compressedMessages: 0,
    fileRequests: 6,
    lastMessageFrame: lastClientMessage === null ? null : lastClientMessage.frame + 1,
    lastClientMessage,
    lostFromClient: 0,
    lostFromServer: 0,
    serverSilent: false,
    truncatedMessages: 0,
    firstTruncatedFrame: null,
    otherView: null,
    captureEndTime: 60 * MILLISECOND,
    ...over,
  };
}

/** A connection whose validation request [14] is its last message. */
export function endsAtRequest(over: Partial<ConnectionFacts> = {}): ConnectionFacts {
  return makeFacts({
    validations: [validation({ response: null, nextRequest: null })],
    ends: [],
    fileRequests: 0,
    lastClientMessage: next(14, 11),
    lastMessageFrame: 14,
    ...over,
  });
}

/** A connection whose answer [15] to the validation is its last message. */
export function endsAtAnswer(over: Partial<ConnectionFacts> = {}): ConnectionFacts {
  return makeFacts({
    validations: [validation({ nextRequest: null })],
    ends: [end("client", "FIN", 16)],
    fileRequests: 0,
    lastClientMessage: next(14, 11),
    lastMessageFrame: 15,
    ...over,
  });
}

/** A 3.1.1 connection: no validation. */
export function makeFacts311(over: Partial<ConnectionFacts> = {}): ConnectionFacts {
  const request = negotiateRequest({ dialects: [0x0302, 0x0311], preauthContexts: 1 });
  const response = negotiateResponse({ dialect: 0x0311, capabilities: 0x0f, preauthContexts: 1 });
  return makeFacts({ dialect: 0x0311, negotiates: [{ request, response }], validations: [], ...over });
}

/** A connection that the capture joined late: neither SYN nor NEGOTIATE nor sign-in. */
export function startsLate(over: Partial<ConnectionFacts> = {}): ConnectionFacts {
  return makeFacts({
    synSeen: false,
    dialect: null,
    negotiates: [],
    trees: [],
    validations: [],
    sessions: [session({ startsLate: true, user: null, final: null, setupRequestFrame: null, securityMode: null, nextRequest: null })],
    ...over,
  });
}
