import type { MessageFacts, ResponseFacts } from "./connectionFacts.ts";

const FLAG_RESPONSE = 1;
const FLAG_ASYNC = 2;
const FLAG_SIGNED = 8;

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
  signatureZero = false;

  read(view: DataView, start: number): void {
    this.status = view.getUint32(start + 8, true);
    this.command = view.getUint16(start + 12, true);
    this.flags = view.getUint32(start + 16, true);
    this.messageIdLow = view.getUint32(start + 24, true);
    this.messageIdHigh = view.getUint32(start + 28, true);
    this.treeId = (this.flags & FLAG_ASYNC) === 0 ? view.getUint32(start + 36, true) : 0;
    this.sessionLow = view.getUint32(start + 40, true);
    this.sessionHigh = view.getUint32(start + 44, true);
    this.signatureZero =
      (view.getInt32(start + 48) | view.getInt32(start + 52) | view.getInt32(start + 56) | view.getInt32(start + 60)) === 0;
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

  request(frame: number, time: number, truncated: boolean): MessageFacts {
    return { frame, time, signed: this.isSigned, signatureZero: this.signatureZero, encrypted: false, truncated };
  }

  response(frame: number, time: number, truncated: boolean): ResponseFacts {
    return { frame, time, signed: this.isSigned, signatureZero: this.signatureZero, encrypted: false, truncated, status: this.status };
  }
}
