import { hex64 } from "../bytes/hex.ts";
import { beginsNtlm, type NtlmLogon, readNtlmLogon } from "../security/readNtlmLogon.ts";
import { Command } from "../smb2/constants/commands.ts";
import { isErrorStatus } from "../spec/ntStatus.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import type { FirstUnsignedFacts, OpenSetupFacts, ProtectionCounts, SessionFacts } from "./connectionFacts.ts";

import type { MessageHeader } from "./messageHeader.ts";
import type { Mutable } from "./mutable.ts";
import { Recycled } from "./recycled.ts";
import { isUnguarded, readSignatureRefusal, type UnguardedRequest } from "./signatureRefusal.ts";

const HEADER = 64;
const { STATUS_SUCCESS, STATUS_PENDING, STATUS_MORE_PROCESSING_REQUIRED, STATUS_ACCESS_DENIED } = NtStatus;
const { SESSION_SETUP, CANCEL } = Command.value;
const FLAG_BINDING = 1;
const MOST_SESSIONS = 256;
const MOST_DENIED_FRAMES = 32;
const MOST_PENDING = 64;
const MOST_ORPHANS = 16;
/** Bytes of the smallest NTLM message, and of the smallest that names a user. */
const SHORTEST_TOKEN = 16;
const SHORTEST_LOGON = 64;
const ALL_ONES = 0xffffffff;
const NO_FRAMES: readonly number[] = [];

/** A session while it is followed; `low` and `high` are its SessionId. */
export interface FollowedSession extends Mutable<SessionFacts>, UnguardedRequest {
  requests: Mutable<ProtectionCounts>;
  responses: Mutable<ProtectionCounts>;
  firstUnsigned: Mutable<FirstUnsignedFacts>;
  low: number;
  high: number;
}

interface SetupRequest extends Mutable<OpenSetupFacts> {
  messageIdLow: number;
  messageIdHigh: number;
  sessionLow: number;
  sessionHigh: number;
  securityMode: number | null;
  logon: NtlmLogon | null;
  /** The security buffer is there to its end. */
  whole: boolean;
  beforeUser: boolean;
}

/** The sessions of one connection ([MS-SMB2] 3.2.1.3): who signed in, with which result, and how its messages were protected since. */
export class SessionFollower {
  private readonly sessionList = new Recycled(blankSession);
  private readonly pending = new Recycled(blankSetup);
  readonly sessions = this.sessionList.entries;
  readonly open: readonly OpenSetupFacts[] = this.pending.entries;
  private current: FollowedSession | null = null;
  /** MessageIds, their low halves, of answers that stand before their requests, or whose requests the capture lacks. */
  private orphans: number[] | null = null;

  /** Forgets the connection before. */
  begin(): void {
    this.sessionList.clear();
    this.pending.clear();
    this.current = null;
    this.orphans = null;
  }

  setupRequest(header: MessageHeader, view: DataView, bytes: Uint8Array, start: number, end: number, frame: number, time: number): void {
    const body = start + HEADER;
    const whole = end - body >= 24;
    if (this.pending.entries.length >= MOST_PENDING) this.pending.remove(0);
    const request = this.pending.add();
    request.messageIdLow = header.messageIdLow;
    request.messageIdHigh = header.messageIdHigh;
    request.sessionLow = header.sessionLow;
    request.sessionHigh = header.sessionHigh;
    request.frame = frame;
    request.time = time;
    request.interimFrame = null;
    request.answerLost = this.orphans?.includes(header.messageIdLow) === true;
    request.securityMode = whole ? view.getUint8(body + 3) : null;
    request.binding = whole && (view.getUint8(body + 2) & FLAG_BINDING) !== 0;
    request.whole = whole && start + view.getUint16(body + 12, true) + view.getUint16(body + 14, true) <= end;
    readToken(request, view, bytes, start, whole ? body : end, end);
    const session = isZero(header.sessionLow, header.sessionHigh) ? null : this.find(header.sessionLow, header.sessionHigh);
    if (session !== null) apply(session, request);
  }

  /** Gives the session when this response is its final answer, the first time. */
  setupResponse(
    header: MessageHeader,
    view: DataView,
    start: number,
    end: number,
    frame: number,
    time: number,
    truncated: boolean,
  ): FollowedSession | null {
    const request = this.takePending(header, frame);
    const session = this.sessionOf(header, request);
    if (session === null) return null;
    if (request !== null) apply(session, request);
    if (header.status === STATUS_MORE_PROCESSING_REQUIRED || header.status === STATUS_PENDING) return null;
    if (isErrorStatus(header.status)) refuse(session, request, header, frame, time, truncated);
    // A session that signs in again keeps its keys and its first answer (3.3.5.5.2).
    if (session.final?.status === STATUS_SUCCESS) return null;
    session.final = header.response(frame, time, truncated);
    session.logonSeen = request?.whole === true;
    if (header.status === STATUS_SUCCESS && end - (start + HEADER) >= 4) session.flags = view.getUint16(start + HEADER + 2, true);
    return session;
  }

  /** The capture misses bytes of the server: an answer that is still awaited may have been among them. */
  answerMayBeLost(): void {
    for (const request of this.pending.entries) request.answerLost = true;
  }

  /** Any other request or response of a session. */
  count(header: MessageHeader, exempt: boolean, frame: number, time: number, truncated: boolean): void {
    const session = this.find(header.sessionLow, header.sessionHigh);
    if (session === null) {
      if (header.command !== SESSION_SETUP && namesSession(header)) this.add(header.sessionLow, header.sessionHigh, true);
      return;
    }
    if (session.final === null && !session.startsLate) return;
    if (header.isResponse) this.countResponse(session, header, exempt, frame, time, truncated);
    else if (!exempt && header.command !== CANCEL) countRequest(session, header, frame);
  }

  /** A TRANSFORM_HEADER with this SessionId ([MS-SMB2] 2.2.41). */
  countEncrypted(low: number, high: number, fromClient: boolean): void {
    const session = this.find(low, high);
    if (session !== null) session[fromClient ? "requests" : "responses"].encrypted++;
  }

  loggedOff(header: MessageHeader): void {
    const session = this.find(header.sessionLow, header.sessionHigh);
    if (session !== null) session.loggedOff = true;
  }

  idOf(header: MessageHeader): string {
    return this.find(header.sessionLow, header.sessionHigh)?.id ?? hex64(header.sessionLow, header.sessionHigh);
  }

  private countResponse(
    session: FollowedSession,
    header: MessageHeader,
    exempt: boolean,
    frame: number,
    time: number,
    truncated: boolean,
  ): void {
    const unsolicited = (header.messageIdLow & header.messageIdHigh) === 0xffffffff || (header.messageIdLow & header.messageIdHigh) === -1;
    if (header.status === STATUS_PENDING || unsolicited) return;
    session.answered++;
    if (header.status === STATUS_ACCESS_DENIED) {
      session.denied++;
      // A new list each time: findings keep it after the session's place serves another connection.
      if (session.deniedFrames.length < MOST_DENIED_FRAMES) session.deniedFrames = [...session.deniedFrames, frame];
    }
    session.signatureRefusal ??= readSignatureRefusal(session, header, frame, time, truncated);
    if (exempt) return;
    if (header.isSigned) session.responses.signed++;
    else if (!SAID_UNSIGNED.includes(header.status) && session.responses.unsigned++ === 0) {
      session.firstUnsigned.responseFrame = frame;
      session.firstUnsigned.responseCommand = header.command;
    }
  }

  /** An error may be answered without the SessionId that the request has. */
  private sessionOf(header: MessageHeader, request: SetupRequest | null): FollowedSession | null {
    let low = header.sessionLow;
    let high = header.sessionHigh;
    if (request !== null && isZero(low, high)) {
      low = request.sessionLow;
      high = request.sessionHigh;
    }
    return this.find(low, high) ?? this.add(low, high, request === null);
  }

  private find(low: number, high: number): FollowedSession | null {
    const current = this.current;
    if (current !== null && current.low === low && current.high === high) return current;
    for (let i = this.sessions.length - 1; i >= 0; i--) {
      const session = this.sessions[i];
      if (session !== undefined && session.low === low && session.high === high) {
        this.current = session;
        return session;
      }
    }
    return null;
  }

  private add(low: number, high: number, startsLate: boolean): FollowedSession | null {
    if (this.sessions.length >= MOST_SESSIONS) return null;
    const session = this.sessionList.add();
    session.low = low;
    session.high = high;
    session.id = hex64(low, high);
    session.user = null;
    session.domain = null;
    session.workstation = null;
    session.startsLate = startsLate;
    session.setupRequestFrame = null;
    session.securityMode = null;
    session.anonymousLogon = false;
    session.final = null;
    session.logonSeen = false;
    session.flags = 0;
    session.binding = false;
    session.loggedOff = false;
    clearCounts(session.requests);
    clearCounts(session.responses);
    session.firstUnsigned.requestFrame = 0;
    session.firstUnsigned.responseFrame = 0;
    session.answered = 0;
    session.denied = 0;
    session.deniedFrames = NO_FRAMES;
    session.refusal = null;
    session.refusals = 0;
    session.signatureRefusal = null;
    session.unguardedId = -1;
    session.unguardedSigned = false;
    session.nextRequest = null;
    this.current = session;
    return session;
  }

  private takePending(header: MessageHeader, frame: number): SetupRequest | null {
    const entries = this.pending.entries;
    for (let i = entries.length - 1; i >= 0; i--) {
      const request = entries[i];
      if (request === undefined || request.messageIdLow !== header.messageIdLow || request.messageIdHigh !== header.messageIdHigh) continue;
      if (header.status === STATUS_PENDING) request.interimFrame = frame;
      else this.pending.remove(i);
      return request;
    }
    this.orphans ??= [];
    if (this.orphans.length < MOST_ORPHANS) this.orphans.push(header.messageIdLow);
    return null;
  }
}

function isZero(low: number, high: number): boolean {
  return (low | high) === 0;
}

/** Not 0, and not all ones, by which a related request of a compound means the session of the one before ([MS-SMB2] 3.3.5.2.7.2). */
function namesSession(header: MessageHeader): boolean {
  return !isZero(header.sessionLow, header.sessionHigh) && !(header.sessionLow === ALL_ONES && header.sessionHigh === ALL_ONES);
}

/**
 * What a server may say without signing: of a session that it does not have any more and whose key is gone, or, before it has come to look
 * at signatures, of a request that it cannot place (clients accept that, Samba's among them).
 */
const SAID_UNSIGNED: readonly number[] = [
  NtStatus.STATUS_USER_SESSION_DELETED,
  NtStatus.STATUS_NETWORK_SESSION_EXPIRED,
  NtStatus.STATUS_NETWORK_NAME_DELETED,
  NtStatus.STATUS_FILE_CLOSED,
  NtStatus.STATUS_INVALID_PARAMETER,
];

function countRequest(session: FollowedSession, header: MessageHeader, frame: number): void {
  if (isUnguarded(header.command)) {
    session.unguardedId = header.messageIdLow;
    session.unguardedSigned = header.isSigned;
  }
  if (header.isSigned) session.requests.signed++;
  else if (session.requests.unsigned++ === 0) {
    session.firstUnsigned.requestFrame = frame;
    session.firstUnsigned.requestCommand = header.command;
  }
}

function clearCounts(counts: Mutable<ProtectionCounts>): void {
  counts.signed = 0;
  counts.unsigned = 0;
  counts.encrypted = 0;
}

function noUnsigned(): Mutable<FirstUnsignedFacts> {
  return { requestFrame: 0, requestCommand: 0, responseFrame: 0, responseCommand: 0 };
}

function blankSession(): FollowedSession {
  return {
    low: 0,
    high: 0,
    id: "",
    user: null,
    domain: null,
    workstation: null,
    startsLate: false,
    setupRequestFrame: null,
    securityMode: null,
    anonymousLogon: false,
    final: null,
    logonSeen: false,
    flags: 0,
    binding: false,
    loggedOff: false,
    requests: { signed: 0, unsigned: 0, encrypted: 0 },
    responses: { signed: 0, unsigned: 0, encrypted: 0 },
    firstUnsigned: noUnsigned(),
    answered: 0,
    denied: 0,
    deniedFrames: NO_FRAMES,
    refusal: null,
    refusals: 0,
    signatureRefusal: null,
    unguardedId: -1,
    unguardedSigned: false,
    nextRequest: null,
  };
}

function blankSetup(): SetupRequest {
  return {
    messageIdLow: 0,
    messageIdHigh: 0,
    sessionLow: 0,
    sessionHigh: 0,
    frame: 0,
    time: 0,
    interimFrame: null,
    answerLost: false,
    securityMode: null,
    binding: false,
    logon: null,
    beforeUser: false,
    whole: false,
  };
}

/** Of several refusals the first is kept. */
function refuse(
  session: FollowedSession,
  request: SetupRequest | null,
  header: MessageHeader,
  frame: number,
  time: number,
  truncated: boolean,
): void {
  session.refusals++;
  if (session.refusal !== null) return;
  session.refusal = {
    ...header.response(frame, time, truncated),
    requestFrame: request?.frame ?? null,
    beforeUser: request?.beforeUser === true,
    reauthentication: session.final?.status === STATUS_SUCCESS,
    user: request?.logon?.user ?? null,
    domain: request?.logon?.domain ?? null,
  };
}

function apply(session: FollowedSession, request: SetupRequest): void {
  // Who signs in again stays who he is, and the session keeps what was agreed at its sign-in (3.3.5.5.2).
  if (session.final?.status === STATUS_SUCCESS) return;
  session.setupRequestFrame ??= request.frame;
  session.startsLate = false;
  if (request.securityMode !== null) session.securityMode = request.securityMode;
  if (request.binding) session.binding = true;
  if (request.logon === null) return;
  session.user = request.logon.user;
  session.domain = request.logon.domain;
  session.workstation = request.logon.workstation;
  session.anonymousLogon = request.logon.anonymous;
}

/** What the security buffer says of NTLM, raw or inside SPNEGO ([MS-SMB2] 2.2.5, [MS-NLMP] 2.2.1). `body` at the end: there is none. */
function readToken(request: SetupRequest, view: DataView, bytes: Uint8Array, start: number, body: number, end: number): void {
  request.logon = null;
  request.beforeUser = false;
  if (body >= end) return;
  const from = start + view.getUint16(body + 12, true);
  const to = Math.min(end, from + view.getUint16(body + 14, true));
  if (to - from < SHORTEST_TOKEN) return;
  request.beforeUser = isZero(request.sessionLow, request.sessionHigh) && beginsNtlm(bytes, view, from, to);
  if (!request.beforeUser && to - from >= SHORTEST_LOGON) request.logon = readNtlmLogon(bytes, view, from, to);
}
