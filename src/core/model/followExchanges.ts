import { FSCTL_VALIDATE_NEGOTIATE_INFO } from "../smb2/constants/fsctl.ts";
import type {
  MessageFacts,
  NegotiateFacts,
  NegotiateRequestFacts,
  NegotiateResponseFacts,
  ResponseFacts,
  TreeConnectFacts,
  ValidationFacts,
} from "./connectionFacts.ts";
import type { MessageHeader } from "./messageHeader.ts";
import type { Mutable } from "./mutable.ts";
import { readNegotiateRequest, readNegotiateResponse } from "./readNegotiate.ts";
import { readTreePath } from "./readTreePath.ts";
import { readCtlCode, readValidateRequest, readValidateResponse } from "./readValidate.ts";
import { Recycled } from "./recycled.ts";

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
  private readonly negotiateList = new Recycled(blankNegotiate);
  private readonly treeList = new Recycled(blankTree);
  private readonly validationList = new Recycled(blankValidation);
  readonly negotiates = this.negotiateList.entries;
  readonly trees = this.treeList.entries;
  readonly validations = this.validationList.entries;
  private orphans: Orphan[] | null = null;

  /** Forgets the connection before. */
  begin(): void {
    this.negotiateList.clear();
    this.treeList.clear();
    this.validationList.clear();
    this.orphans = null;
  }

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
    const request = readNegotiateRequest(view, start, end, header.passing(frame, time, truncated));
    const waiting = find(this.negotiates, header, lacksOwnRequest);
    if (waiting !== null) {
      waiting.request = request;
      return;
    }
    if (this.negotiates.length < MOST_NEGOTIATES) this.addNegotiate(header, request, null);
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
    const response: NegotiateResponseFacts = readNegotiateResponse(view, start, end, header.passing(frame, time, truncated));
    const waiting = find(this.negotiates, header, lacksResponse);
    if (waiting !== null) {
      waiting.response = response;
      return waiting;
    }
    if (this.negotiates.length >= MOST_NEGOTIATES) return null;
    return this.addNegotiate(header, null, response);
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
    const waiting = find(this.trees, header, lacksRequest);
    if (waiting !== null) {
      waiting.request = request;
      waiting.path = path;
    } else if (this.trees.length < MOST_TREES) this.addTree(header, sessionId, request, path);
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
    let tree = find(this.trees, header, lacksResponse);
    if (tree === null) {
      if (this.trees.length >= MOST_TREES) return;
      tree = this.addTree(header, sessionId, null, null);
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
    const request = readValidateRequest(view, start, end, header.passing(frame, time, truncated));
    if (this.validations.length >= MOST_VALIDATIONS) return true;
    // An answer that stands before its request shows that the order of these frames is not to be trusted: each is judged by its values
    // alone, and nobody is said to have left the other without an answer.
    const answerBefore =
      find(this.validations, header, any) !== null || (this.orphans !== null && find(this.orphans, header, any) !== null);
    const validation = this.addValidation(header, sessionId);
    validation.request = request;
    validation.answerLost = answerBefore;
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
    const waiting = find(this.validations, header, lacksResponse);
    if (waiting !== null) {
      if (header.status === STATUS_PENDING) waiting.interim = header.response(frame, time, truncated);
      else waiting.response = readValidateResponse(view, start, end, header.passing(frame, time, truncated));
      return waiting;
    }
    if (header.status !== 0) {
      this.orphans ??= [];
      if (this.orphans.length < MOST_ORPHANS && header.status !== STATUS_PENDING)
        this.orphans.push({
          low: header.messageIdLow,
          high: header.messageIdHigh,
          response: header.response(frame, time, truncated),
        });
      return null;
    }
    if (readCtlCode(view, start, end) !== FSCTL_VALIDATE_NEGOTIATE_INFO || this.validations.length >= MOST_VALIDATIONS) return null;
    const validation = this.addValidation(header, sessionId);
    validation.response = readValidateResponse(view, start, end, header.passing(frame, time, truncated));
    return validation;
  }

  lastValidation(): FollowedValidation | null {
    return this.validations.at(-1) ?? null;
  }

  /** The capture misses bytes of the server: an answer that is still awaited may have been among them. */
  answerMayBeLost(): void {
    for (const validation of this.validations) if (validation.response === null) validation.answerLost = true;
    for (const negotiate of this.negotiates) if (negotiate.response === null) negotiate.answerLost = true;
  }

  private addNegotiate(
    header: MessageHeader,
    request: NegotiateRequestFacts | null,
    response: NegotiateResponseFacts | null,
  ): FollowedNegotiate {
    const exchange = this.negotiateList.add();
    identify(exchange, header);
    exchange.request = request;
    exchange.response = response;
    exchange.answerLost = false;
    return exchange;
  }

  private addTree(header: MessageHeader, sessionId: string, request: MessageFacts | null, path: string | null): FollowedTree {
    const tree = this.treeList.add();
    identify(tree, header);
    tree.request = request;
    tree.response = null;
    tree.path = path;
    tree.sessionId = sessionId;
    tree.treeId = null;
    tree.shareFlags = 0;
    return tree;
  }

  private addValidation(header: MessageHeader, sessionId: string): FollowedValidation {
    const validation = this.validationList.add();
    identify(validation, header);
    validation.request = null;
    validation.response = null;
    validation.interim = null;
    validation.sessionId = sessionId;
    validation.treeId = header.treeId;
    validation.answerLost = false;
    validation.nextRequest = null;
    return validation;
  }
}

const lacksRequest = (entry: { readonly request: object | null }) => entry.request === null;
const lacksResponse = (entry: { readonly response: object | null }) => entry.response === null;
const lacksOwnRequest = (entry: FollowedNegotiate) => entry.request === null && entry.response?.dialect !== MULTI_PROTOCOL_DIALECT;
const any = () => true;

function find<Entry extends Identified>(entries: readonly Entry[], header: MessageHeader, fits: (entry: Entry) => boolean): Entry | null {
  const last = Math.max(0, entries.length - LOOK_BACK);
  for (let i = entries.length - 1; i >= last; i--) {
    const entry = entries[i];
    if (entry !== undefined && entry.low === header.messageIdLow && entry.high === header.messageIdHigh && fits(entry)) return entry;
  }
  return null;
}

function identify(entry: Identified, header: MessageHeader): void {
  entry.low = header.messageIdLow;
  entry.high = header.messageIdHigh;
}

function blankNegotiate(): FollowedNegotiate {
  return { low: 0, high: 0, request: null, response: null, answerLost: false };
}

function blankTree(): FollowedTree {
  return { low: 0, high: 0, request: null, response: null, path: null, sessionId: "", treeId: null, shareFlags: 0 };
}

function blankValidation(): FollowedValidation {
  return {
    low: 0,
    high: 0,
    request: null,
    response: null,
    interim: null,
    sessionId: "",
    treeId: 0,
    answerLost: false,
    nextRequest: null,
  };
}
