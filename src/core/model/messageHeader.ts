import type { MessageFacts, ResponseFacts } from "./connectionFacts.ts";
import type { Mutable } from "./mutable.ts";

const FLAG_RESPONSE = 1;
const FLAG_ASYNC = 2;
const FLAG_SIGNED = 8;

const NO_VIEW = new DataView(new ArrayBuffer(64));

/** The SMB2 header of the message at hand, read once into this one object ([MS-SMB2] 2.2.1). Not kept by anyone. */
export class MessageHeader {
  command = 0;
  status = 0;
  flags = 0;
  messageIdLow = 0;
  messageIdHigh = 0;
  treeId = 0;
  sessionLow = 0;
  sessionHigh = 0;
  private readonly passed: Mutable<ResponseFacts> = {
    frame: 0,
    time: 0,
    signed: false,
    signatureZero: false,
    encrypted: false,
    truncated: false,
    status: 0,
  };
  private view: DataView = NO_VIEW;
  private start = 0;

  /** The caller has made sure of 48 bytes. */
  read(view: DataView, start: number): void {
    this.view = view;
    this.start = start;
    this.status = view.getUint32(start + 8, true);
    this.command = view.getUint16(start + 12, true);
    this.flags = view.getUint32(start + 16, true);
    this.messageIdLow = view.getUint32(start + 24, true);
    this.messageIdHigh = view.getUint32(start + 28, true);
    this.treeId = (this.flags & FLAG_ASYNC) === 0 ? view.getUint32(start + 36, true) : 0;
    this.sessionLow = view.getUint32(start + 40, true);
    this.sessionHigh = view.getUint32(start + 44, true);
  }

  /** The Signature field, read for the few messages whose facts are kept. */
  get signatureZero(): boolean {
    const view = this.view;
    const at = this.start + 48;
    return (view.getInt32(at) | view.getInt32(at + 4) | view.getInt32(at + 8) | view.getInt32(at + 12)) === 0;
  }

  get isResponse(): boolean {
    return (this.flags & FLAG_RESPONSE) !== 0;
  }

  get isAsync(): boolean {
    return (this.flags & FLAG_ASYNC) !== 0;
  }

  get isSigned(): boolean {
    return (this.flags & FLAG_SIGNED) !== 0;
  }

  /** The same as `request` and `response` in one object for all, for a reader that takes its values over. */
  passing(frame: number, time: number, truncated: boolean): Readonly<ResponseFacts> {
    const facts = this.passed;
    facts.frame = frame;
    facts.time = time;
    facts.signed = this.isSigned;
    facts.signatureZero = this.signatureZero;
    facts.truncated = truncated;
    facts.status = this.status;
    return facts;
  }

  request(frame: number, time: number, truncated: boolean): MessageFacts {
    return { frame, time, signed: this.isSigned, signatureZero: this.signatureZero, encrypted: false, truncated };
  }

  response(frame: number, time: number, truncated: boolean): ResponseFacts {
    return { frame, time, signed: this.isSigned, signatureZero: this.signatureZero, encrypted: false, truncated, status: this.status };
  }
}
