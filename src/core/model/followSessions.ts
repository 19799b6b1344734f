import { hex64 } from "../bytes/hex.ts";
import { type NtlmLogon, readNtlmLogon } from "../security/readNtlmLogon.ts";
import type { ProtectionCounts, SessionFacts } from "./connectionFacts.ts";

import type { MessageHeader } from "./messageHeader.ts";
import type { Mutable } from "./mutable.ts";
import { Recycled } from "./recycled.ts";

const HEADER = 64;
const STATUS_SUCCESS = 0;
const STATUS_PENDING = 0x103;
const STATUS_MORE_PROCESSING_REQUIRED = 0xc0000016;
const STATUS_ACCESS_DENIED = 0xc0000022;
const SESSION_SETUP = 1;
const CANCEL = 12;
const FLAG_BINDING = 1;
const MOST_SESSIONS = 256;
const MOST_DENIED_FRAMES = 32;
const MOST_PENDING = 64;
const NO_FRAMES: readonly number[] = [];

/** A session while it is followed; `low` and `high` are its SessionId. */
export interface FollowedSession extends Mutable<SessionFacts> {
  requests: Mutable<ProtectionCounts>;
  responses: Mutable<ProtectionCounts>;
  low: number;
  high: number;
}

interface SetupRequest {
  messageIdLow: number;
  messageIdHigh: number;
  frame: number;
  securityMode: number | null;
  binding: boolean;
  logon: NtlmLogon | null;
  /** The security buffer is there to its end. */
  whole: boolean;
}

/** The sessions of one connection ([MS-SMB2] 3.2.1.3): who signed in, with which result, and how its messages were protected since. */
export class SessionFollower {
  private readonly sessionList = new Recycled(blankSession);
  private readonly pending = new Recycled(blankSetup);
  readonly sessions = this.sessionList.entries;
  private current: FollowedSession | null = null;

  /** Forgets the connection before. */
  begin(): void {
    this.sessionList.clear();
    this.pending.clear();
    this.current = null;
  }

  setupRequest(header: MessageHeader, view: DataView, bytes: Uint8Array, start: number, end: number, frame: number): void {
    const body = start + HEADER;
    const whole = end - body >= 24;
    if (this.pending.entries.length >= MOST_PENDING) this.pending.remove(0);
    const request = this.pending.add();
    request.messageIdLow = header.messageIdLow;
    request.messageIdHigh = header.messageIdHigh;
    request.frame = frame;
    request.securityMode = whole ? view.getUint8(body + 3) : null;
    request.binding = whole && (view.getUint8(body + 2) & FLAG_BINDING) !== 0;
    request.logon = whole ? readLogon(view, bytes, start, body, end) : null;
    request.whole = whole && start + view.getUint16(body + 12, true) + view.getUint16(body + 14, true) <= end;
    const session = this.find(header.sessionLow, header.sessionHigh);
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
    const request = this.takePending(header);
    const session = this.find(header.sessionLow, header.sessionHigh) ?? this.add(header, request === null);
    if (session === null) return null;
    if (request !== null) apply(session, request);
    if (header.status === STATUS_MORE_PROCESSING_REQUIRED || header.status === STATUS_PENDING) return null;
    // A session that signs in again keeps its keys and its first answer (3.3.5.5.2).
    if (session.final?.status === STATUS_SUCCESS) return null;
    session.final = header.response(frame, time, truncated);
    session.logonSeen = request?.whole === true;
    if (header.status === STATUS_SUCCESS && end - (start + HEADER) >= 4) session.flags = view.getUint16(start + HEADER + 2, true);
    return session;
  }

  /** Any other request or response of a session. */
  count(header: MessageHeader, exempt: boolean, frame: number): void {
    const session = this.find(header.sessionLow, header.sessionHigh);
    if (session === null) {
      if ((header.sessionLow | header.sessionHigh) !== 0 && header.command !== SESSION_SETUP) this.add(header, true);
      return;
    }
    if (session.final === null && !session.startsLate) return;
    if (header.isResponse) this.countResponse(session, header, exempt, frame);
    else if (!exempt && header.command !== CANCEL) session.requests[header.isSigned ? "signed" : "unsigned"]++;
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

  private countResponse(session: FollowedSession, header: MessageHeader, exempt: boolean, frame: number): void {
    const unsolicited = (header.messageIdLow & header.messageIdHigh) === 0xffffffff || (header.messageIdLow & header.messageIdHigh) === -1;
    if (header.status === STATUS_PENDING || unsolicited) return;
    session.answered++;
    if (header.status === STATUS_ACCESS_DENIED) {
      session.denied++;
      // A new list each time: findings keep it after the session's place serves another connection.
      if (session.deniedFrames.length < MOST_DENIED_FRAMES) session.deniedFrames = [...session.deniedFrames, frame];
    }
    if (!exempt) session.responses[header.isSigned ? "signed" : "unsigned"]++;
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

  private add(header: MessageHeader, startsLate: boolean): FollowedSession | null {
    if (this.sessions.length >= MOST_SESSIONS) return null;
    const session = this.sessionList.add();
    session.low = header.sessionLow;
    session.high = header.sessionHigh;
    session.id = hex64(header.sessionLow, header.sessionHigh);
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
    session.answered = 0;
    session.denied = 0;
    session.deniedFrames = NO_FRAMES;
    session.nextRequest = null;
    this.current = session;
    return session;
  }

  private takePending(header: MessageHeader): SetupRequest | null {
    const entries = this.pending.entries;
    for (let i = entries.length - 1; i >= 0; i--) {
      const request = entries[i];
      if (request === undefined || request.messageIdLow !== header.messageIdLow || request.messageIdHigh !== header.messageIdHigh) continue;
      if (header.status !== STATUS_PENDING) this.pending.remove(i);
      return request;
    }
    return null;
  }
}

function clearCounts(counts: Mutable<ProtectionCounts>): void {
  counts.signed = 0;
  counts.unsigned = 0;
  counts.encrypted = 0;
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
    answered: 0,
    denied: 0,
    deniedFrames: NO_FRAMES,
    nextRequest: null,
  };
}

function blankSetup(): SetupRequest {
  return { messageIdLow: 0, messageIdHigh: 0, frame: 0, securityMode: null, binding: false, logon: null, whole: false };
}

function apply(session: FollowedSession, request: SetupRequest): void {
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

/** The NTLMSSP AUTHENTICATE_MESSAGE in the security buffer, raw or inside SPNEGO ([MS-SMB2] 2.2.5, [MS-NLMP] 2.2.1.3). */
function readLogon(view: DataView, bytes: Uint8Array, start: number, body: number, end: number): NtlmLogon | null {
  const from = start + view.getUint16(body + 12, true);
  const to = Math.min(end, from + view.getUint16(body + 14, true));
  if (to - from < 64) return null;
  return readNtlmLogon(bytes, view, from, to);
}
