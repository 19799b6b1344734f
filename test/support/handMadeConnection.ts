import type {
  Connection,
  ConnectionDetail,
  ConnectionFacts,
  ConnectionList,
  Guid,
  NegotiateRequestFacts,
  NegotiateResponseFacts,
  SessionFacts,
  ValidateRequestFacts,
  ValidateResponseFacts,
  ValidationFacts,
} from "../../src/core/index.ts";
import { judgeConnection } from "../../src/core/rules/engine.ts";
import { pathFacts } from "./pathFacts.ts";

const MICROSECOND = 1000;
const NOTHING_COUNTED = { retransmissions: 0, keepAlives: 0, zeroWindows: 0, urgent: 0 };
const CLIENT_GUID: Guid = { a: 1, b: 2, c: 3, d: 4 };
const SERVER_GUID: Guid = { a: 5, b: 6, c: 7, d: 8 };
const SESSION = "0x0000000000000001";

/** Frame `n` of a hand-made connection comes `n` * 100 µs after the first second of its capture. */
function at(frame: number) {
  return { frame, time: frame * 100 * MICROSECOND, signed: false, signatureZero: false, encrypted: false, truncated: false };
}

export function negotiateRequest(changes: Partial<NegotiateRequestFacts> = {}): NegotiateRequestFacts {
  const values = { capabilities: 0x7f, guid: CLIENT_GUID, securityMode: 1, dialects: [0x0202, 0x0210, 0x0300, 0x0302] };
  return { ...at(4), ...values, preauthContexts: 0, ...changes };
}

export function negotiateResponse(changes: Partial<NegotiateResponseFacts> = {}): NegotiateResponseFacts {
  const values = { capabilities: 0x4f, guid: SERVER_GUID, securityMode: 1, dialect: 0x0302 };
  const sizes = { maxTransactSize: 8388608, maxReadSize: 8388608, maxWriteSize: 8388608 };
  return { ...at(6), status: 0, ...values, ...sizes, preauthContexts: 0, ...changes };
}

export function validateRequest(changes: Partial<ValidateRequestFacts> = {}): ValidateRequestFacts {
  const values = { capabilities: 0x7f, guid: CLIENT_GUID, securityMode: 1, dialects: [0x0202, 0x0210, 0x0300, 0x0302] };
  const outer = { fileIdAllOnes: true, ioctlFlags: 1, maxOutputResponse: 24, inputOffset: 120, inputCount: 32, dialectCount: 4 };
  return { ...at(14), signed: true, ...values, ...outer, ...changes };
}

export function validateResponse(changes: Partial<ValidateResponseFacts> = {}): ValidateResponseFacts {
  const values = { capabilities: 0x4f, guid: SERVER_GUID, securityMode: 1, dialect: 0x0302 };
  return { ...at(15), signed: true, status: 0, values, outputOffset: 112, outputCount: 24, ...changes };
}

export function validation(changes: Partial<ValidationFacts> = {}): ValidationFacts {
  const next = { frame: 16, time: 16 * 100 * MICROSECOND, command: 5 };
  const exchange = { request: validateRequest(), response: validateResponse(), interim: null };
  return { ...exchange, sessionId: SESSION, treeId: 1, answerLost: false, nextRequest: next, ...changes };
}

export function session(changes: Partial<SessionFacts> = {}): SessionFacts {
  const counts = () => ({ signed: 4, unsigned: 0, encrypted: 0 });
  return {
    id: SESSION,
    user: "tester",
    domain: "WORKGROUP",
    workstation: null,
    startsLate: false,
    setupRequestFrame: 8,
    securityMode: 1,
    anonymousLogon: false,
    final: { ...at(11), signed: true, status: 0 },
    logonSeen: true,
    flags: 0,
    binding: false,
    loggedOff: false,
    requests: counts(),
    responses: counts(),
    answered: 4,
    denied: 0,
    deniedFrames: [],
    firstUnsigned: { requestFrame: 0, requestCommand: 0, responseFrame: 0, responseCommand: 0 },
    refusal: null,
    refusals: 0,
    signatureRefusal: null,
    nextRequest: { frame: 12, time: 12 * 100 * MICROSECOND, command: 3 },
    ...changes,
  };
}

/** A connection that negotiated 3.0.2, signed in and validated without a difference, changed where a test wants it. */
export function connectionFacts(changes: Partial<ConnectionFacts> = {}): ConnectionFacts {
  return {
    id: 1,
    client: { address: "192.0.2.10", port: 55222 },
    server: { address: "198.51.100.20", port: 445 },
    netbios: false,
    synSeen: true,
    firstFrame: 1,
    firstTime: 0,
    lastFrame: 20,
    lastTime: 20 * 100 * MICROSECOND,
    ended: null,
    ends: [],
    smb1: null,
    smb1Messages: 0,
    negotiates: [{ request: negotiateRequest(), response: negotiateResponse() }],
    dialect: 0x0302,
    sessions: [session()],
    openSetups: [],
    ntlmVersions: { clientVersion: 0, clientVersionFrame: 0, serverVersion: 0, serverVersionFrame: 0 },
    trees: [],
    validations: [validation()],
    messages: 20,
    encryptedMessages: 0,
    compressedMessages: 0,
    fileRequests: 2,
    lastMessageFrame: 20,
    lastClientMessage: null,
    lostFromClient: 0,
    lostFromServer: 0,
    serverSilent: false,
    truncatedMessages: 0,
    firstTruncatedFrame: null,
    hidingGaps: 0,
    firstHidingGap: null,
    path: pathFacts({ ends: [] }),
    dataSegments: 40,
    repeatedSegments: 0,
    firstRepeatFrame: null,
    firstRepeatOf: null,
    fingerprint: 0,
    otherValues: null,
    higherDialect: null,
    otherView: null,
    captureEndTime: 20 * 100 * MICROSECOND,
    ...changes,
  };
}

/** A kept summary; only what the list shows matters. */
export function connection(changes: Partial<Connection> = {}): Connection {
  const user = { user: "tester", domain: "WORKGROUP", guest: false, anonymous: false };
  return {
    id: 1,
    client: { address: "192.0.2.10", port: 55222 },
    server: { address: "198.51.100.20", port: 445 },
    firstFrame: 1,
    lastFrame: 20,
    firstTime: 0,
    lastTime: 2_000_000,
    ended: { by: null, how: null, frame: null },
    dialect: 0x0302,
    negotiate: null,
    ntlmVersions: { clientVersion: 0, clientVersionFrame: 0, serverVersion: 0, serverVersionFrame: 0 },
    sessions: [{ id: SESSION, ...user, signed: true, encrypted: false, status: 0 }],
    share: null,
    validateNegotiate: [],
    messages: 20,
    encryptedMessages: 0,
    tcp: { client: NOTHING_COUNTED, server: NOTHING_COUNTED },
    copyOf: null,
    outcome: "healthy",
    decidedBy: null,
    reason: null,
    ...changes,
  };
}

export function connectionList(connections: readonly Connection[]): ConnectionList {
  return {
    count: connections.length,
    copyOf: (id) => connections[id - 1]?.copyOf ?? 0,
    // A hand-made connection binds no session of another one.
    eachSession(visit) {
      for (const [index, { sessions }] of connections.entries())
        for (const { id } of sessions) visit(index, Number.parseInt(id.slice(10), 16), Number.parseInt(id.slice(2, 10), 16), false);
    },
    get(index) {
      const found = connections[index];
      if (found === undefined) throw new Error(`There is no connection at ${index}.`);
      return found;
    },
  };
}

/** The detail of hand-made facts, judged by the real rules. */
export function connectionDetail(facts: ConnectionFacts, changes: Partial<Connection> = {}): ConnectionDetail {
  const { outcomes, findings } = judgeConnection(facts);
  const worst = findings.find(({ severity }) => severity === "error") ?? findings.find(({ severity }) => severity === "warning");
  const outcome = worst === undefined ? "healthy" : worst.severity === "error" ? "failed" : "warning";
  return {
    connection: connection({ outcome, decidedBy: worst?.rule ?? null, ...changes }),
    facts,
    verdicts: outcomes,
    findings,
    messages: [],
    omittedMessages: 0,
    pageFrames: [],
    ends: facts.ends,
  };
}
