import { FSCTL_VALIDATE_NEGOTIATE_INFO } from "../smb2/constants/fsctl.ts";
import type {
  NegotiateFacts,
  NegotiateRequestFacts,
  NegotiateResponseFacts,
  ResponseFacts,
  TreeConnectFacts,
  ValidationFacts,
} from "./connectionFacts.ts";
import { readTreePath } from "./followSessions.ts";
import type { MessageHeader } from "./messageHeader.ts";
import type { Mutable } from "./mutable.ts";
import { readNegotiateRequest, readNegotiateResponse } from "./readNegotiate.ts";
import { readCtlCode, readValidateRequest, readValidateResponse } from "./readValidate.ts";

const HEADER = 64;
const STATUS_PENDING = 0x103;
const MOST_NEGOTIATES = 8;
const MOST_TREES = 256;
const MOST_VALIDATIONS = 256;
const MOST_ORPHANS = 16;
/** Only the newest exchanges are looked through for the other half of a message: MessageIds come in order. */
const LOOK_BACK = 32;
const MULTI_PROTOCOL_DIALECT = 0x02ff;

interface Identified {
  low: number;
  high: number;
}

export interface FollowedNegotiate extends Identified, Omit<Mutable<NegotiateFacts>, "request"> {
  request: NegotiateRequestFacts | null;
}

export interface FollowedTree extends Identified, Mutable<TreeConnectFacts> {}

export interface FollowedValidation extends Identified, Mutable<ValidationFacts> {}

/** An error answer to an IOCTL whose request has not come yet (frames out of order): it does not say which FSCTL it answers. */
interface Orphan extends Identified {
  readonly response: ResponseFacts;
}

/** The exchanges of one connection that the rules compare: NEGOTIATE, TREE_CONNECT and the validate IOCTL, paired by MessageId in either order. */
export class ExchangeFollower {
  readonly negotiates: FollowedNegotiate[] = [];
  readonly trees: FollowedTree[] = [];
  readonly validations: FollowedValidation[] = [];
  private readonly orphans: Orphan[] = [];

  /** Connection.Dialect so far. */
  get dialect(): number | null {
    for (let i = this.negotiates.length - 1; i >= 0; i--) {
      const response = this.negotiates[i]?.response;
      if (response && response.status === 0 && response.dialect !== MULTI_PROTOCOL_DIALECT && response.dialect !== 0)
        return response.dialect;
    }
    return null;
  }

  negotiateRequest(
    header: MessageHeader,
    view: DataView,
    start: number,
    end: number,
    frame: number,
    time: number,
    truncated: boolean,
  ): void {
    const request = readNegotiateRequest(view, start, end, header.request(frame, time, truncated));
    const waiting = find(this.negotiates, header, (entry) => entry.request === null && entry.response?.dialect !== MULTI_PROTOCOL_DIALECT);
    if (waiting !== null) {
      waiting.request = request;
      return;
    }
    if (this.negotiates.length < MOST_NEGOTIATES)
      this.negotiates.push({ low: header.messageIdLow, high: header.messageIdHigh, request, response: null });
  }

  /** Gives the exchange that the response ended. */
  negotiateResponse(
    header: MessageHeader,
    view: DataView,
    start: number,
    end: number,
    frame: number,
    time: number,
    truncated: boolean,
  ): FollowedNegotiate | null {
    const response: NegotiateResponseFacts = readNegotiateResponse(view, start, end, header.response(frame, time, truncated));
    const waiting = find(this.negotiates, header, (entry) => entry.response === null);
    if (waiting !== null) {
      waiting.response = response;
      return waiting;
    }
    if (this.negotiates.length >= MOST_NEGOTIATES) return null;
    const entry: FollowedNegotiate = { low: header.messageIdLow, high: header.messageIdHigh, request: null, response };
    this.negotiates.push(entry);
    return entry;
  }

  /** The response has no SMB2 request: it answers SMB_COM_NEGOTIATE ([MS-SMB2] 3.3.5.3). */
  answersSmb1(exchange: FollowedNegotiate): boolean {
    return exchange.request === null && exchange.low === 0 && exchange.high === 0;
  }

  treeRequest(
    header: MessageHeader,
    sessionId: string,
    view: DataView,
    bytes: Uint8Array,
    start: number,
    end: number,
    frame: number,
    time: number,
    truncated: boolean,
  ): void {
    const request = header.request(frame, time, truncated);
    const path = readTreePath(view, bytes, start, end);
    const waiting = find(this.trees, header, (entry) => entry.request === null);
    if (waiting !== null) {
      waiting.request = request;
      waiting.path = path;
    } else if (this.trees.length < MOST_TREES) this.trees.push(newTree(header, sessionId, request, path));
  }

  treeResponse(
    header: MessageHeader,
    sessionId: string,
    view: DataView,
    start: number,
    end: number,
    frame: number,
    time: number,
    truncated: boolean,
  ): void {
    if (header.status === STATUS_PENDING) return;
    let tree = find(this.trees, header, (entry) => entry.response === null);
    if (tree === null) {
      if (this.trees.length >= MOST_TREES) return;
      tree = newTree(header, sessionId, null, null);
      this.trees.push(tree);
    }
    tree.response = header.response(frame, time, truncated);
    if (header.status !== 0) return;
    tree.treeId = header.treeId;
    if (end - start >= HEADER + 8) tree.shareFlags = view.getUint32(start + HEADER + 4, true);
  }

  /** True when the request is a validate request. */
  ioctlRequest(
    header: MessageHeader,
    sessionId: string,
    view: DataView,
    start: number,
    end: number,
    frame: number,
    time: number,
    truncated: boolean,
  ): boolean {
    if (readCtlCode(view, start, end) !== FSCTL_VALIDATE_NEGOTIATE_INFO) return false;
    const request = readValidateRequest(view, start, end, header.request(frame, time, truncated));
    if (this.validations.length >= MOST_VALIDATIONS) return true;
    const validation = newValidation(header, sessionId);
    validation.request = request;
    // An answer that stands before its request shows that the order of these frames is not to be trusted: each is judged by its values
    // alone, and nobody is said to have left the other without an answer.
    validation.answerLost = find(this.validations, header, () => true) !== null || find(this.orphans, header, () => true) !== null;
    this.validations.push(validation);
    return true;
  }

  /** Gives the validate exchange that the response belongs to; null when it is another IOCTL. */
  ioctlResponse(
    header: MessageHeader,
    sessionId: string,
    view: DataView,
    start: number,
    end: number,
    frame: number,
    time: number,
    truncated: boolean,
  ): FollowedValidation | null {
    const waiting = find(this.validations, header, (entry) => entry.response === null);
    const facts = header.response(frame, time, truncated);
    if (waiting !== null) {
      if (header.status === STATUS_PENDING) waiting.interim = facts;
      else waiting.response = readValidateResponse(view, start, end, facts);
      return waiting;
    }
    if (header.status !== 0) {
      if (this.orphans.length < MOST_ORPHANS && header.status !== STATUS_PENDING)
        this.orphans.push({ low: header.messageIdLow, high: header.messageIdHigh, response: facts });
      return null;
    }
    if (readCtlCode(view, start, end) !== FSCTL_VALIDATE_NEGOTIATE_INFO || this.validations.length >= MOST_VALIDATIONS) return null;
    const validation = newValidation(header, sessionId);
    validation.response = readValidateResponse(view, start, end, facts);
    this.validations.push(validation);
    return validation;
  }

  lastValidation(): FollowedValidation | null {
    return this.validations.at(-1) ?? null;
  }

  /** The capture misses bytes of the server: an answer that is still awaited may have been among them. */
  answerMayBeLost(): void {
    for (const validation of this.validations) if (validation.response === null) validation.answerLost = true;
  }
}

function find<Entry extends Identified>(entries: readonly Entry[], header: MessageHeader, fits: (entry: Entry) => boolean): Entry | null {
  const last = Math.max(0, entries.length - LOOK_BACK);
  for (let i = entries.length - 1; i >= last; i--) {
    const entry = entries[i];
    if (entry !== undefined && entry.low === header.messageIdLow && entry.high === header.messageIdHigh && fits(entry)) return entry;
  }
  return null;
}

// Object literals without spread on purpose: spreading made short connections five times slower.
function newTree(header: MessageHeader, sessionId: string, request: TreeConnectFacts["request"], path: string | null): FollowedTree {
  return {
    low: header.messageIdLow,
    high: header.messageIdHigh,
    request,
    response: null,
    path,
    sessionId,
    treeId: null,
    shareFlags: 0,
  };
}

function newValidation(header: MessageHeader, sessionId: string): FollowedValidation {
  return {
    low: header.messageIdLow,
    high: header.messageIdHigh,
    request: null,
    response: null,
    interim: null,
    sessionId,
    treeId: header.treeId,
    answerLost: false,
    nextRequest: null,
  };
}
