import type { OpenSetupFacts, SetupRefusalFacts, SignatureRefusalFacts } from "../../src/core/model/connectionFacts.ts";
import { NtStatus } from "../../src/core/spec/ntStatusValues.ts";
import {
  end,
  makeFacts,
  message,
  negotiate,
  negotiateRequest,
  negotiateResponse,
  next,
  STATUS_ACCESS_DENIED,
  session,
  tree,
} from "./connectionFacts.ts";

/*
 * Facts of sessions that did not go well, for the cases of the rules on signing and sessions.
 */

const NONE = { signed: 0, unsigned: 0, encrypted: 0 };
export const UNSIGNED = { signed: 0, unsigned: 3, encrypted: 0 };
const FIRST_UNSIGNED = { requestFrame: 12, requestCommand: 3, responseFrame: 13, responseCommand: 3 };
export const unsignedRequests = { requests: UNSIGNED, responses: { signed: 3, unsigned: 0, encrypted: 0 }, firstUnsigned: FIRST_UNSIGNED };
export const unsignedResponses = { responses: UNSIGNED, firstUnsigned: { ...FIRST_UNSIGNED, requestFrame: 0 } };
export const serverRequires = { validations: [], negotiates: [negotiate({ response: negotiateResponse({ securityMode: 3 }) })] };
export const clientRequires = { validations: [], negotiates: [negotiate({ request: negotiateRequest({ securityMode: 2 }) })] };
export const at21 = { dialect: 0x0210, negotiates: [negotiate({ response: negotiateResponse({ dialect: 0x0210 }) })] };
export const nothingMore = { trees: [], validations: [], fileRequests: 0, lastClientMessage: next(10, 1), lastMessageFrame: 11 };
export const unused = { nextRequest: null, answered: 0, requests: NONE, responses: NONE };

export function refusal(over: Partial<SetupRefusalFacts> = {}): SetupRefusalFacts {
  const answer = { ...message(11, { signed: false }), status: NtStatus.STATUS_LOGON_FAILURE };
  return { ...answer, requestFrame: 10, beforeUser: false, reauthentication: false, user: "tester", domain: "WORKGROUP", ...over };
}

/** A session whose sign-in the server refused. */
export function refused(over: Partial<SetupRefusalFacts> = {}, more: Parameters<typeof session>[0] = {}) {
  const one = refusal(over);
  return session({ ...unused, final: one, refusal: one, refusals: 1, ...more });
}

export function signatureRefusal(over: Partial<SignatureRefusalFacts> = {}): SignatureRefusalFacts {
  return { ...message(41), status: STATUS_ACCESS_DENIED, command: 2, requestSigned: true, ...over };
}

export function openSetup(over: Partial<OpenSetupFacts> = {}): OpenSetupFacts {
  return { frame: 10, time: message(10).time, binding: false, interimFrame: null, answerLost: false, ...over };
}

/** A connection that ends with a SESSION_SETUP request [10]. */
export function endsAtSetup(over: Parameters<typeof makeFacts>[0] = {}) {
  return makeFacts({ ...nothingMore, sessions: [], openSetups: [openSetup()], lastMessageFrame: 10, ends: [], ...over });
}

export const guest = { flags: 1, final: { ...message(11, { signed: false }), status: 0 } };
export const rejected = { ...nothingMore, ends: [end("client", "RST", 12)] };
export const denied = { denied: 2, deniedFrames: [13, 15], answered: 2, requests: UNSIGNED, responses: UNSIGNED };
export const deniedTree = tree({ response: { ...message(13), status: STATUS_ACCESS_DENIED }, treeId: null });
export const encryptedShare = tree({ shareFlags: 0x8000 });

export function refusedTree(status: number, over: Parameters<typeof tree>[0] = {}) {
  return tree({ response: { ...message(13), status }, treeId: null, ...over });
}
