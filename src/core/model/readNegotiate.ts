import { DIALECT_311 } from "../smb2/constants/dialects.ts";
import type {
  ClientValues,
  MessageFacts,
  NegotiateRequestFacts,
  NegotiateResponseFacts,
  ResponseFacts,
  ServerValues,
} from "./connectionFacts.ts";
import type { Guid } from "./guid.ts";

/*
 * The fields that the rules need of NEGOTIATE and VALIDATE_NEGOTIATE_INFO, read at fixed offsets: these run for every connection of a
 * capture, where the declarations with their field objects would cost more than all the rest. A test holds the two together.
 */

const HEADER = 64;
/** Dialects of one message that are kept; the specification knows five, Samba offers up to eight. */
const MOST_DIALECTS = 64;
const MOST_CONTEXTS = 32;
const PREAUTH_INTEGRITY_CAPABILITIES = 1;

export const NO_GUID: Guid = { a: 0, b: 0, c: 0, d: 0 };

export function readGuid(view: DataView, at: number): Guid {
  return { a: view.getInt32(at, true), b: view.getInt32(at + 4, true), c: view.getInt32(at + 8, true), d: view.getInt32(at + 12, true) };
}

let lastDialects: readonly number[] = [];

/**
 * `count` dialects from `at` on, as many as lie before `end`. Nearly every list of a capture equals the one before, and is then the same
 * array: two new ones for each of 75,000 connections were a sixth of their garbage.
 */
export function readDialects(view: DataView, at: number, count: number, end: number): readonly number[] {
  const readable = Math.max(0, Math.min(count, MOST_DIALECTS, (end - at) >> 1));
  if (!isDialects(lastDialects, view, at, readable)) {
    const dialects: number[] = [];
    for (let i = 0; i < readable; i++) dialects.push(view.getUint16(at + 2 * i, true));
    lastDialects = dialects;
  }
  return lastDialects;
}

function isDialects(dialects: readonly number[], view: DataView, at: number, count: number): boolean {
  if (dialects.length !== count) return false;
  for (let i = 0; i < count; i++) if (dialects[i] !== view.getUint16(at + 2 * i, true)) return false;
  return true;
}

/** [MS-SMB2] 2.2.3. `start` is the header's first byte, `end` the first byte that was not kept. */
export function readNegotiateRequest(view: DataView, start: number, end: number, message: MessageFacts): NegotiateRequestFacts {
  const body = start + HEADER;
  if (end - body < 36) return withoutValues(message);
  const count = view.getUint16(body + 2, true);
  const dialects = readDialects(view, body + 36, count, end);
  const missing = dialects.length < Math.min(count, MOST_DIALECTS);
  return {
    frame: message.frame,
    time: message.time,
    signed: message.signed,
    signatureZero: message.signatureZero,
    encrypted: false,
    truncated: message.truncated && missing,
    securityMode: view.getUint16(body + 4, true),
    capabilities: view.getUint32(body + 8, true),
    guid: readGuid(view, body + 12),
    dialects,
    preauthContexts: dialects.includes(DIALECT_311)
      ? countPreauth(view, start, view.getUint32(body + 28, true), view.getUint16(body + 32, true), end)
      : 0,
  };
}

function withoutValues({ frame, time, signed, signatureZero, truncated }: MessageFacts): NegotiateRequestFacts {
  return { frame, time, signed, signatureZero, encrypted: false, truncated, ...NO_CLIENT_VALUES, preauthContexts: 0 };
}

/** [MS-SMB2] 2.2.4. */
export function readNegotiateResponse(view: DataView, start: number, end: number, message: ResponseFacts): NegotiateResponseFacts {
  const body = start + HEADER;
  if (end - body < 40) return { ...message, ...NO_SERVER_VALUES, maxTransactSize: 0, maxReadSize: 0, maxWriteSize: 0, preauthContexts: 0 };
  const dialect = view.getUint16(body + 4, true);
  return {
    frame: message.frame,
    time: message.time,
    status: message.status,
    signed: message.signed,
    signatureZero: message.signatureZero,
    encrypted: false,
    truncated: false,
    securityMode: view.getUint16(body + 2, true),
    dialect,
    guid: readGuid(view, body + 8),
    capabilities: view.getUint32(body + 24, true),
    maxTransactSize: view.getUint32(body + 28, true),
    maxReadSize: view.getUint32(body + 32, true),
    maxWriteSize: view.getUint32(body + 36, true),
    preauthContexts: dialect === DIALECT_311 ? countResponsePreauth(view, start, body, end) : 0,
  };
}

function countResponsePreauth(view: DataView, start: number, body: number, end: number): number | null {
  return end - body < 64 ? null : countPreauth(view, start, view.getUint32(body + 60, true), view.getUint16(body + 6, true), end);
}

export const NO_CLIENT_VALUES: ClientValues = { capabilities: 0, guid: NO_GUID, securityMode: 0, dialects: [] };
export const NO_SERVER_VALUES: ServerValues = { capabilities: 0, guid: NO_GUID, securityMode: 0, dialect: 0 };

/** Contexts of type PREAUTH_INTEGRITY_CAPABILITIES in a NegotiateContextList ([MS-SMB2] 2.2.3.1); null where not every context is there. */
function countPreauth(view: DataView, start: number, offset: number, count: number, end: number): number | null {
  let at = start + offset;
  let found = 0;
  if (count > MOST_CONTEXTS) return null;
  for (let i = 0; i < count; i++) {
    if (at + 8 > end) return null;
    if (view.getUint16(at, true) === PREAUTH_INTEGRITY_CAPABILITIES) found++;
    at += 8 + view.getUint16(at + 2, true);
    at += (8 - ((at - start) & 7)) & 7;
  }
  return found;
}
