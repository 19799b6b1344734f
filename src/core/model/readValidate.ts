import type { MessageFacts, ResponseFacts, ValidateRequestFacts, ValidateResponseFacts } from "./connectionFacts.ts";
import { NO_CLIENT_VALUES, readDialects, readGuid } from "./readNegotiate.ts";

const HEADER = 64;
const REQUEST_BODY = 56;
const RESPONSE_BODY = 48;
export const FSCTL_VALIDATE_NEGOTIATE_INFO = 0x00140204;

/** CtlCode of an IOCTL request or response; 0 when it was not kept ([MS-SMB2] 2.2.31, 2.2.32). */
export function readCtlCode(view: DataView, start: number, end: number): number {
  return end - start >= HEADER + 8 ? view.getUint32(start + HEADER + 4, true) : 0;
}

/** IOCTL request with VALIDATE_NEGOTIATE_INFO ([MS-SMB2] 2.2.31, 2.2.31.4). */
export function readValidateRequest(view: DataView, start: number, end: number, message: MessageFacts): ValidateRequestFacts {
  const body = start + HEADER;
  if (end - body < REQUEST_BODY) {
    return { ...message, ...NO_CLIENT_VALUES, fileIdAllOnes: true, ioctlFlags: 1, maxOutputResponse: 0, inputOffset: 0, inputCount: 0, dialectCount: 0 };
  }
  const inputOffset = view.getUint32(body + 24, true);
  const inputCount = view.getUint32(body + 28, true);
  const outer = {
    fileIdAllOnes: allOnes(view, body + 8),
    ioctlFlags: view.getUint32(body + 48, true),
    maxOutputResponse: view.getUint32(body + 44, true),
    inputOffset,
    inputCount,
  };
  const input = start + inputOffset;
  const inputEnd = Math.min(end, input + inputCount);
  if (inputEnd - input < 24) return { ...message, ...NO_CLIENT_VALUES, ...outer, dialectCount: 0 };
  const dialectCount = view.getUint16(input + 22, true);
  const dialects = readDialects(view, input + 24, dialectCount, inputEnd);
  return {
    ...message,
    truncated: message.truncated && dialects.length < dialectCount,
    ...outer,
    capabilities: view.getUint32(input, true),
    guid: readGuid(view, input + 4),
    securityMode: view.getUint16(input + 20, true),
    dialectCount,
    dialects,
  };
}

/** IOCTL response with VALIDATE_NEGOTIATE_INFO, or the ERROR response in its place ([MS-SMB2] 2.2.32, 2.2.32.6, 2.2.2). */
export function readValidateResponse(view: DataView, start: number, end: number, message: ResponseFacts): ValidateResponseFacts {
  const body = start + HEADER;
  if (message.status !== 0) return { ...message, values: null, outputOffset: 0, outputCount: 0 };
  if (end - body < RESPONSE_BODY) return { ...message, values: null, outputOffset: 0, outputCount: 0 };
  const outputOffset = view.getUint32(body + 32, true);
  const outputCount = view.getUint32(body + 36, true);
  const output = start + outputOffset;
  if (outputCount < 24 || output + 24 > end) {
    return { ...message, values: null, outputOffset, outputCount };
  }
  const values = {
    capabilities: view.getUint32(output, true),
    guid: readGuid(view, output + 4),
    securityMode: view.getUint16(output + 20, true),
    dialect: view.getUint16(output + 22, true),
  };
  return { ...message, truncated: false, values, outputOffset, outputCount };
}

function allOnes(view: DataView, at: number): boolean {
  return (view.getInt32(at) & view.getInt32(at + 4) & view.getInt32(at + 8) & view.getInt32(at + 12)) === -1;
}
