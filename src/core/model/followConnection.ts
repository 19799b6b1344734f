import type { ConnectionConsumer, TcpConnection } from "../net/tcpConnection.ts";
import type { LossCause } from "../net/tcpStream.ts";
import { DirectTcpStream } from "../smb2/directTcpStream.ts";
import { MessageParts } from "../smb2/messageParts.ts";
import type { MessageKind, MessageSink } from "../smb2/messageSink.ts";
import { COMPRESSED, ENCRYPTED, FROM_CLIENT, TRUNCATED } from "../smb2/messageTable.ts";
import { ClientRequests } from "./clientRequests.ts";
import type {
  ConnectionFacts,
  EarlierNegotiation,
  EndEvent,
  NegotiateFacts,
  NextRequest,
  OpenSetupFacts,
  SessionFacts,
  Smb1NegotiateFacts,
  TreeConnectFacts,
  ValidationFacts,
} from "./connectionFacts.ts";
import { ExchangeFollower } from "./followExchanges.ts";
import { NtlmVersionFollower } from "./followNtlmVersions.ts";
import { type FollowedSession, SessionFollower } from "./followSessions.ts";
import { settlesValues } from "./knownServers.ts";
import { MessageHeader } from "./messageHeader.ts";
import type { Mutable } from "./mutable.ts";
import type { OtherView } from "./otherView.ts";
import type { PassRecorder } from "./passRecorder.ts";
import { readSmb1Negotiate } from "./readSmb1Negotiate.ts";
import { TcpFacts } from "./tcpFacts.ts";
import { wantedBytes } from "./wantedBytes.ts";

const HEADER = 64;
/** With a snap length of 128 bytes the header lacks its Signature; all that tells one message from another is before it. */
const READABLE_HEADER = 48;
const NEGOTIATE = 0;
const SESSION_SETUP = 1;
const LOGOFF = 2;
const TREE_CONNECT = 3;
const CREATE = 5;
const IOCTL = 11;
const CANCEL = 12;
const ECHO = 13;
const LAST_COMMAND = 18;
const SMB1_NEGOTIATE = 0x72;
const MOST_ENDS = 8;
const NO_ENDS: readonly EndEvent[] = [];

/** One header object for all connections: messages are taken one at a time. */
const header = new MessageHeader();

/**
 * Follows one SMB connection while the capture is read: both streams' messages go into the table, control messages into the facts that
 * the rules judge. It is those facts itself: when the connection is over it goes to the recorder as `ConnectionFacts`, without a copy, and
 * then follows the next connection, unless the recorder keeps the facts.
 */
export class ConnectionFollower extends TcpFacts implements ConnectionConsumer, MessageSink, ConnectionFacts {
  readonly fromClient: DirectTcpStream;
  readonly fromServer: DirectTcpStream;
  private readonly sessionFollower = new SessionFollower();
  readonly ntlmVersions = new NtlmVersionFollower();
  private readonly exchangeFollower = new ExchangeFollower();
  /** 0 until the first SMB message: other traffic on an SMB port is no connection. */
  id = 0;
  ends: readonly EndEvent[] = NO_ENDS;
  smb1: Mutable<Smb1NegotiateFacts> | null = null;
  smb1Messages = 0;
  messages = 0;
  encryptedMessages = 0;
  compressedMessages = 0;
  fileRequests = 0;
  truncatedMessages = 0;
  firstTruncatedFrame: number | null = null;
  hidingGaps = 0;
  firstHidingGap: ConnectionFacts["firstHidingGap"] = null;
  lastMessageFrame: number | null = null;
  captureEndTime = 0;
  otherValues: EarlierNegotiation | null = null;
  higherDialect: EarlierNegotiation | null = null;
  /** Hash of all its messages: a connection seen on a second interface of the capture has the same when nothing was changed in between. */
  fingerprint = 0;
  otherView: OtherView | null = null;
  private readonly requests = new ClientRequests();

  constructor(recorder: PassRecorder) {
    super(recorder);
    const parts = () => (recorder.wantsAll ? new MessageParts() : null);
    this.fromClient = new DirectTcpStream(this, true, recorder.waiting, parts());
    this.fromServer = new DirectTcpStream(this, false, recorder.waiting, parts());
  }

  begin(tcp: TcpConnection): void {
    this.follow(tcp);
    this.fromClient.begin();
    this.fromServer.begin();
    this.sessionFollower.begin();
    this.ntlmVersions.begin();
    this.exchangeFollower.begin();
    this.id = 0;
    this.ends = NO_ENDS;
    this.smb1 = null;
    this.smb1Messages = 0;
    this.messages = 0;
    this.encryptedMessages = 0;
    this.compressedMessages = 0;
    this.fileRequests = 0;
    this.truncatedMessages = 0;
    this.firstTruncatedFrame = null;
    this.hidingGaps = 0;
    this.firstHidingGap = null;
    this.lastMessageFrame = null;
    this.captureEndTime = 0;
    this.fingerprint = 0;
    this.otherValues = null;
    this.higherDialect = null;
    this.otherView = null;
    this.requests.begin();
  }

  sideEnded(byClient: boolean, how: "RST" | "FIN", frame: number, time: number, afterUnseen: boolean): void {
    if (this.ends.length >= MOST_ENDS) return;
    const by = byClient ? "client" : "server";
    const end: EndEvent = afterUnseen ? { by, how, frame, time, afterUnseen } : { by, how, frame, time };
    this.ends = this.ends.length === 0 ? [end] : [...this.ends, end];
  }

  acknowledgedUnseen(byClient: boolean): void {
    if (byClient) this.answerMayBeLost();
  }

  notOpened(): void {
    this.number();
  }

  over(): boolean {
    this.fromClient.end();
    this.fromServer.end();
    const tcp = this.tcp;
    if (this.id === 0 || tcp === null) return true;
    this.captureEndTime = this.recorder.now();
    return this.recorder.over(this, tcp.flow, tcp.clientEnd);
  }

  get dialect(): number | null {
    return this.exchangeFollower.dialect;
  }

  get negotiates(): readonly NegotiateFacts[] {
    return this.exchangeFollower.negotiates;
  }

  get trees(): readonly TreeConnectFacts[] {
    return this.exchangeFollower.trees;
  }

  get validations(): readonly ValidationFacts[] {
    return this.exchangeFollower.validations;
  }

  get sessions(): readonly SessionFacts[] {
    return this.sessionFollower.sessions;
  }

  get openSetups(): readonly OpenSetupFacts[] {
    return this.sessionFollower.open;
  }

  get lastClientMessage(): NextRequest | null {
    return this.requests.last;
  }

  get ended(): EndEvent | null {
    return this.ends[0] ?? null;
  }

  wanted(view: DataView, start: number): number {
    return wantedBytes(view.getUint16(start + 12, true), this.recorder.wantsAll);
  }

  message(
    fromClient: boolean,
    kind: MessageKind,
    bytes: Uint8Array,
    view: DataView,
    start: number,
    available: number,
    length: number,
    truncated: boolean,
    frame: number,
    time: number,
  ): void {
    if (this.id === 0) this.number();
    if (truncated || (kind === "SMB2" && available < HEADER)) {
      this.truncatedMessages++;
      this.firstTruncatedFrame ??= frame;
    }
    if (this.recorder.keep !== null) {
      const { handedParts } = fromClient ? this.fromClient : this.fromServer;
      this.recorder.keep(this.id, fromClient, kind, bytes, view, start, available, length, frame, time, handedParts);
    }
    if (this.lastMessageFrame === null || frame > this.lastMessageFrame) this.lastMessageFrame = frame;
    if (kind === "SMB1") {
      this.smb1Message(fromClient, bytes, start, available, frame);
      return;
    }
    this.messages++;
    if (kind !== "SMB2") {
      this.hiddenMessage(fromClient, kind, view, start, available, length, frame, time);
      return;
    }
    if (available >= HEADER || (truncated && available >= READABLE_HEADER))
      this.smb2Message(fromClient, bytes, view, start, available, length, truncated, frame, time);
  }

  private smb2Message(
    fromClient: boolean,
    bytes: Uint8Array,
    view: DataView,
    start: number,
    available: number,
    length: number,
    truncated: boolean,
    frame: number,
    time: number,
  ): void {
    header.read(view, start);
    this.mix(view, start, available);
    const flags = (header.flags & 1) | ((header.flags & 8) >> 2) | ((header.flags & 2) << 1) | ((header.flags & 4) << 1);
    this.recorder.messages?.append(
      this.id,
      frame,
      time,
      length,
      header.command,
      flags | (truncated ? TRUNCATED : 0) | (fromClient ? FROM_CLIENT : 0),
      header.status,
      header.messageIdLow,
      header.messageIdHigh,
      header.sessionLow,
      header.sessionHigh,
      header.treeId,
    );
    const end = start + available;
    if (header.isResponse) this.response(bytes, view, start, end, frame, time, truncated);
    else this.request(bytes, view, start, end, frame, time, truncated);
  }

  /** Headers of all messages, and of those that decide what was negotiated every word. */
  private mix(view: DataView, start: number, available: number): void {
    let hash = Math.imul(this.fingerprint ^ header.messageIdLow, 0x9e3779b1) ^ header.flags;
    hash = Math.imul(hash ^ header.status, 0x85ebca6b) ^ (header.command << 24) ^ header.sessionLow;
    if (header.command === NEGOTIATE || header.command === IOCTL) {
      const end = start + (Math.min(available, 512) & ~3);
      for (let at = start + HEADER; at < end; at += 4) hash = Math.imul(hash ^ view.getInt32(at), 0x01000193);
    }
    this.fingerprint = hash ^ (hash >>> 15);
  }

  private request(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number, truncated: boolean): void {
    const command = header.command;
    let exempt = false;
    if (command === NEGOTIATE) this.exchangeFollower.negotiateRequest(header, view, start, end, frame, time, truncated);
    else if (command === SESSION_SETUP) {
      this.ntlmVersions.setupRequest(bytes, view, start, end, frame);
      this.sessionFollower.setupRequest(header, view, bytes, start, end, frame, time);
      exempt = true;
    } else if (command === TREE_CONNECT)
      this.exchangeFollower.treeRequest(header, this.sessionFollower.idOf(header), view, bytes, start, end, frame, time, truncated);
    else if (command === IOCTL)
      exempt = this.exchangeFollower.ioctlRequest(header, this.sessionFollower.idOf(header), view, start, end, frame, time, truncated);
    else if (command === LOGOFF) this.sessionFollower.loggedOff(header);
    else if (command >= CREATE && command <= LAST_COMMAND && command !== CANCEL && command !== ECHO) this.fileRequests++;
    if (command !== NEGOTIATE) this.sessionFollower.count(header, exempt, frame, time, truncated);
    this.requests.add(frame, time, command);
    if (exempt && command === IOCTL) this.requests.await(this.exchangeFollower.lastValidation(), frame);
  }

  private response(bytes: Uint8Array, view: DataView, start: number, end: number, frame: number, time: number, truncated: boolean): void {
    const command = header.command;
    if (command === NEGOTIATE) {
      const response = this.exchangeFollower.negotiateResponse(header, view, start, end, frame, time, truncated);
      if (response && this.smb1 !== null && this.smb1.answeredBy === null && this.exchangeFollower.answersSmb1(response)) {
        this.smb1.answeredBy = "SMB2";
        this.smb1.responseFrame = frame;
      }
      if (response !== null) this.compareWithEarlier(response);
      return;
    }
    if (command === SESSION_SETUP) {
      this.ntlmVersions.setupResponse(bytes, view, start, end, frame);
      const session: FollowedSession | null = this.sessionFollower.setupResponse(header, view, start, end, frame, time, truncated);
      if (session === null) return;
      this.requests.await(session, frame);
      if (this.otherValues !== null && header.status === 0) this.acceptOtherValues();
      return;
    }
    let exempt = false;
    if (command === TREE_CONNECT)
      this.exchangeFollower.treeResponse(header, this.sessionFollower.idOf(header), view, start, end, frame, time, truncated);
    else if (command === IOCTL) {
      const validation = this.exchangeFollower.ioctlResponse(
        header,
        this.sessionFollower.idOf(header),
        view,
        start,
        end,
        frame,
        time,
        truncated,
      );
      exempt = validation !== null;
      if (validation !== null && validation.response !== null) {
        validation.nextRequest = null;
        this.requests.await(validation, frame);
      }
    }
    this.sessionFollower.count(header, exempt, frame, time, truncated);
  }

  private compareWithEarlier({ request, response }: NegotiateFacts): void {
    if (request === null || response === null || !settlesValues(request, response)) return;
    const { servers } = this.recorder;
    this.otherValues = servers.compareClient(this, request, response);
    this.higherDialect = servers.compareDialect(this, request, response);
  }

  private acceptOtherValues(): void {
    for (const { request, response } of this.negotiates) {
      if (request !== null && response !== null && settlesValues(request, response))
        this.recorder.servers.acceptOtherValues(this, request, response);
    }
  }

  private hiddenMessage(
    fromClient: boolean,
    kind: MessageKind,
    view: DataView,
    start: number,
    available: number,
    length: number,
    frame: number,
    time: number,
  ): void {
    const encrypted = kind === "encrypted";
    if (encrypted) this.encryptedMessages++;
    else this.compressedMessages++;
    const known = encrypted && available >= 52;
    const low = known ? view.getUint32(start + 44, true) : 0;
    const high = known ? view.getUint32(start + 48, true) : 0;
    const flags = (encrypted ? ENCRYPTED : COMPRESSED) | (fromClient ? FROM_CLIENT : 1);
    this.recorder.messages?.append(this.id, frame, time, length, 0xff, flags, 0, 0, 0, low, high, 0);
    if (known) this.sessionFollower.countEncrypted(low, high, fromClient);
    if (fromClient) this.requests.add(frame, time, -1);
  }

  private smb1Message(fromClient: boolean, bytes: Uint8Array, start: number, available: number, frame: number): void {
    if (bytes[start + 4] !== SMB1_NEGOTIATE || available < 33) {
      this.smb1Messages++;
      return;
    }
    const negotiate = readSmb1Negotiate(bytes, start, start + available);
    if (fromClient && !negotiate.isResponse) {
      this.smb1 ??= { requestFrame: frame, dialects: negotiate.dialects, responseFrame: null, answeredBy: null, selected: null };
      return;
    }
    this.smb1 ??= { requestFrame: null, dialects: [], responseFrame: null, answeredBy: null, selected: null };
    this.smb1.responseFrame = frame;
    this.smb1.answeredBy = "SMB1";
    this.smb1.selected = negotiate.selected;
  }

  private number(): void {
    const tcp = this.begun();
    this.id = this.recorder.nextId(tcp.flow, tcp.clientEnd);
  }

  /** Bytes of the client's requests that are missing may be a request; of the server's, an answer. */
  lost(fromClient: boolean, why: LossCause, hid: boolean, frame: number): void {
    if (!fromClient && why !== "cut") this.answerMayBeLost();
    if (why !== "capture" || !hid) return;
    this.hidingGaps++;
    this.firstHidingGap ??= { frame, from: fromClient ? "client" : "server" };
  }

  private answerMayBeLost(): void {
    this.exchangeFollower.answerMayBeLost();
    this.sessionFollower.answerMayBeLost();
  }
}
