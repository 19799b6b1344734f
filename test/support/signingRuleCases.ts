import { NtStatus } from "../../src/core/spec/ntStatusValues.ts";
import {
  makeFacts,
  makeFacts311,
  message,
  negotiate,
  negotiateRequest,
  STATUS_ACCESS_DENIED,
  session,
  startsLate,
} from "./connectionFacts.ts";
import type { RuleCases } from "./ruleCases.ts";
import {
  at21,
  clientRequires,
  denied,
  deniedTree,
  encryptedShare,
  guest,
  nothingMore,
  refused,
  serverRequires,
  signatureRefusal,
  unsignedRequests,
  unsignedResponses,
} from "./sessionFacts.ts";

/** Cases of the rules on missing and refused signatures and on encryption that is required. */
export const signingRuleCases: Readonly<Record<string, RuleCases>> = {
  "signing-missing": {
    fires: {
      "the server requires it, requests are unsigned": {
        facts: makeFacts({ ...serverRequires, sessions: [session(unsignedRequests)] }),
        frames: [12],
        evidence: [6],
        certainty: "proved",
      },
      "the client requires it, responses are unsigned": {
        facts: makeFacts({ ...clientRequires, sessions: [session(unsignedResponses)] }),
        frames: [13],
        evidence: [4],
      },
      "the client requires it when signing in": {
        facts: makeFacts({ sessions: [session({ ...unsignedResponses, securityMode: 2 })] }),
        frames: [13],
        evidence: [10],
      },
      "the second of two users": {
        facts: makeFacts({ ...serverRequires, sessions: [session(), session({ ...unsignedRequests, id: "0x0000000000000002" })] }),
        frames: [12],
      },
      "an unsigned LOGOFF is refused": {
        facts: makeFacts({ sessions: [session({ ...unsignedRequests, signatureRefusal: signatureRefusal({ requestSigned: false }) })] }),
        frames: [12, 41],
        certainty: "suspected",
      },
    },
    silent: {
      "everything is signed": makeFacts(serverRequires),
      "neither side requires it": makeFacts({ sessions: [session(unsignedRequests)] }),
      "a guest": makeFacts({ ...serverRequires, sessions: [session({ ...unsignedRequests, ...guest })] }),
      anonymous: makeFacts({ ...serverRequires, sessions: [session({ ...unsignedRequests, anonymousLogon: true })] }),
      "the session is to be encrypted": makeFacts({ ...serverRequires, sessions: [session({ ...unsignedRequests, flags: 4 })] }),
      "a refused sign-in": makeFacts({ ...serverRequires, ...nothingMore, sessions: [refused()] }),
    },
    undetermined: {
      "NEGOTIATE is missing": [makeFacts({ sessions: [session(unsignedRequests)], negotiates: [], dialect: null }), "negotiate-missing"],
      "the sign-in is missing": [
        startsLate({ sessions: [session({ ...unsignedRequests, startsLate: true, final: null })] }),
        "session-setup-missing",
      ],
      "the sign-in was cut, and may be a guest's": [
        makeFacts({
          ...serverRequires,
          sessions: [session({ ...unsignedRequests, final: { ...message(11, { truncated: true }), status: 0 } })],
        }),
        "message-truncated",
      ],
    },
  },
  "signing-refused": {
    fires: {
      "LOGOFF refused": {
        facts: makeFacts({ sessions: [session({ signatureRefusal: signatureRefusal() })] }),
        frames: [41],
        evidence: [4, 6],
        certainty: "suspected",
      },
      "the status says it": {
        facts: makeFacts({
          sessions: [session({ signatureRefusal: signatureRefusal({ status: NtStatus.STATUS_INVALID_SIGNATURE, command: 3 }) })],
        }),
        frames: [41],
        certainty: "proved",
      },
    },
    silent: {
      "permissions refuse files": makeFacts({ sessions: [session({ denied: 3, deniedFrames: [17, 19, 21] })] }),
      "what is refused has no signature": makeFacts({
        sessions: [session({ ...unsignedRequests, signatureRefusal: signatureRefusal({ requestSigned: false }) })],
      }),
      "a guest": makeFacts({ sessions: [session({ ...guest, signatureRefusal: signatureRefusal() })] }),
      "encryption is demanded": makeFacts({ sessions: [session({ flags: 4, signatureRefusal: signatureRefusal() })] }),
    },
    undetermined: {
      "the sign-in is missing": [
        startsLate({ sessions: [session({ startsLate: true, final: null, signatureRefusal: signatureRefusal() })] }),
        "session-setup-missing",
      ],
    },
  },
  "encryption-required": {
    fires: {
      "2.1 refused before a user is named": {
        facts: makeFacts({
          ...at21,
          ...nothingMore,
          sessions: [refused({ status: STATUS_ACCESS_DENIED, beforeUser: true, user: null, domain: null })],
        }),
        frames: [11],
        certainty: "suspected",
      },
      "3.0.2 without the capability": {
        facts: makeFacts({
          ...nothingMore,
          negotiates: [negotiate({ request: negotiateRequest({ capabilities: 0x3f }) })],
          sessions: [refused({ status: STATUS_ACCESS_DENIED, beforeUser: true })],
        }),
        frames: [11],
      },
      "plain requests in a session that demands it": {
        facts: makeFacts({ sessions: [session({ ...denied, flags: 4 })], trees: [deniedTree], validations: [] }),
        frames: [13, 15],
        evidence: [11],
        certainty: "proved",
      },
      "plain requests on a share that demands it": {
        facts: makeFacts({
          sessions: [session({ ...denied, answered: 3, deniedFrames: [17, 19] })],
          trees: [encryptedShare],
          validations: [],
        }),
        frames: [17, 19],
        evidence: [13],
        certainty: "suspected",
      },
    },
    silent: {
      "a user is refused": makeFacts({ ...at21, ...nothingMore, sessions: [refused({ status: STATUS_ACCESS_DENIED })] }),
      "3.0.2 with the capability": makeFacts({
        ...nothingMore,
        sessions: [refused({ status: STATUS_ACCESS_DENIED, beforeUser: true })],
      }),
      "3.1.1": makeFacts311({ ...nothingMore, sessions: [refused({ status: STATUS_ACCESS_DENIED, beforeUser: true })] }),
      "a wrong password": makeFacts({ ...at21, ...nothingMore, sessions: [refused({ beforeUser: true })] }),
      "what is plain is accepted all the same": makeFacts({ sessions: [session({ ...denied, answered: 5, flags: 4 })], validations: [] }),
      "it encrypts": makeFacts({
        sessions: [session({ ...denied, flags: 4, requests: { signed: 0, unsigned: 2, encrypted: 9 } })],
        validations: [],
      }),
      "files of such a share are read": makeFacts({
        sessions: [session({ ...denied, answered: 9 })],
        trees: [encryptedShare],
        validations: [],
      }),
      "a share without it is refused": makeFacts({ sessions: [session(denied)], trees: [deniedTree], validations: [] }),
    },
    undetermined: {
      "NEGOTIATE is missing": [
        makeFacts({
          ...nothingMore,
          negotiates: [],
          dialect: null,
          sessions: [refused({ status: STATUS_ACCESS_DENIED, beforeUser: true })],
        }),
        "negotiate-missing",
      ],
      "more may follow": [
        makeFacts({ sessions: [session({ ...denied, flags: 4 })], trees: [deniedTree], validations: [], ends: [] }),
        "capture-ends",
      ],
      "answers may be lost": [
        makeFacts({ sessions: [session({ ...denied, flags: 4 })], trees: [deniedTree], validations: [], lostFromServer: 70 }),
        "bytes-lost",
      ],
    },
  },
};
