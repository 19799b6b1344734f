import type { MessageFacts, ResponseFacts, ServerValues, ValidateRequestFacts, ValidateResponseFacts } from "./connectionFacts.ts";
import { NO_GUID, readDialects, readGuid } from "./readNegotiate.ts";

const HEADER = 64;
const REQUEST_BODY = 56;
const RESPONSE_BODY = 48;
const IS_FSCTL = 1;

/** CtlCode of an IOCTL request or response; 0 when it was not kept ([MS-SMB2] 2.2.31, 2.2.32). */
export function readCtlCode(view: DataView, start: number, end: number): number {
  return end - start >= HEADER + 8 ? view.getUint32(start + HEADER + 4, true) : 0;
}

/** IOCTL request with VALIDATE_NEGOTIATE_INFO ([MS-SMB2] 2.2.31, 2.2.31.4). Fields that were not kept are 0. */
export function readValidateRequest(view: DataView, start: number, end: number, message: MessageFacts): ValidateRequestFacts {
  const body = start + HEADER;
  const whole = end - body >= REQUEST_BODY;
  const inputOffset = whole ? view.getUint32(body + 24, true) : 0;
  const inputCount = whole ? view.getUint32(body + 28, true) : 0;
  const input = start + inputOffset;
  const inputEnd = Math.min(end, input + inputCount);
  const readable = whole && inputEnd - input >= 24;
  const dialectCount = readable ? view.getUint16(input + 22, true) : 0;
  const dialects = readable ? readDialects(view, input + 24, dialectCount, inputEnd) : [];
  // A literal without spread: this runs for every connection, and spreading costs more than reading.
  return {
    frame: message.frame,
    time: message.time,
    signed: message.signed,
    signatureZero: message.signatureZero,
    encrypted: message.encrypted,
    truncated: message.truncated && !(readable && dialects.length === dialectCount),
    fileIdAllOnes: whole ? allOnes(view, body + 8) : true,
    ioctlFlags: whole ? view.getUint32(body + 48, true) : IS_FSCTL,
    maxOutputResponse: whole ? view.getUint32(body + 44, true) : 0,
    inputOffset,
    inputCount,
    capabilities: readable ? view.getUint32(input, true) : 0,
    guid: readable ? readGuid(view, input + 4) : NO_GUID,
    securityMode: readable ? view.getUint16(input + 20, true) : 0,
    dialectCount,
    dialects,
  };
}

/** IOCTL response with VALIDATE_NEGOTIATE_INFO, or the ERROR response in its place ([MS-SMB2] 2.2.32, 2.2.32.6, 2.2.2). */
export function readValidateResponse(view: DataView, start: number, end: number, message: ResponseFacts): ValidateResponseFacts {
  const body = start + HEADER;
  const whole = message.status === 0 && end - body >= RESPONSE_BODY;
  const outputOffset = whole ? view.getUint32(body + 32, true) : 0;
  const outputCount = whole ? view.getUint32(body + 36, true) : 0;
  const output = start + outputOffset;
  const readable = whole && outputCount >= 24 && output + 24 <= end;
  return {
    frame: message.frame,
    time: message.time,
    signed: message.signed,
    signatureZero: message.signatureZero,
    encrypted: message.encrypted,
    truncated: message.truncated && !readable,
    status: message.status,
    values: readable ? readServerValues(view, output) : null,
    outputOffset,
    outputCount,
  };
}

function readServerValues(view: DataView, at: number): ServerValues {
  return {
    capabilities: view.getUint32(at, true),
    guid: readGuid(view, at + 4),
    securityMode: view.getUint16(at + 20, true),
    dialect: view.getUint16(at + 22, true),
  };
}

function allOnes(view: DataView, at: number): boolean {
  return (view.getInt32(at) & view.getInt32(at + 4) & view.getInt32(at + 8) & view.getInt32(at + 12)) === -1;
}
