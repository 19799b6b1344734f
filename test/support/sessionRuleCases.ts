import type { OpenSetupFacts, SetupRefusalFacts, SignatureRefusalFacts } from "../../src/core/model/connectionFacts.ts";
import { NtStatus } from "../../src/core/spec/ntStatusValues.ts";
import {
  end,
  makeFacts,
  makeFacts311,
  message,
  negotiate,
  negotiateRequest,
  negotiateResponse,
  next,
  SECOND,
  STATUS_ACCESS_DENIED,
  session,
  startsLate,
  tree,
} from "./connectionFacts.ts";
import type { RuleCases } from "./ruleCases.ts";

/*
 * Cases of the rules on sessions: what they say of signing, guests, refused and unanswered sign-ins, shares and encryption.
 */

const { STATUS_LOGON_FAILURE, STATUS_REQUEST_NOT_ACCEPTED, STATUS_BAD_NETWORK_NAME } = NtStatus;
const NONE = { signed: 0, unsigned: 0, encrypted: 0 };
const UNSIGNED = { signed: 0, unsigned: 3, encrypted: 0 };
const FIRST_UNSIGNED = { requestFrame: 12, requestCommand: 3, responseFrame: 13, responseCommand: 3 };
const unsignedRequests = { requests: UNSIGNED, responses: { signed: 3, unsigned: 0, encrypted: 0 }, firstUnsigned: FIRST_UNSIGNED };
const unsignedResponses = { responses: UNSIGNED, firstUnsigned: { ...FIRST_UNSIGNED, requestFrame: 0 } };
const serverRequires = { validations: [], negotiates: [negotiate({ response: negotiateResponse({ securityMode: 3 }) })] };
const clientRequires = { validations: [], negotiates: [negotiate({ request: negotiateRequest({ securityMode: 2 }) })] };
const at21 = { dialect: 0x0210, negotiates: [negotiate({ response: negotiateResponse({ dialect: 0x0210 }) })] };
const nothingMore = { trees: [], validations: [], fileRequests: 0, lastClientMessage: next(10, 1), lastMessageFrame: 11 };
const unused = { nextRequest: null, answered: 0, requests: NONE, responses: NONE };

function refusal(over: Partial<SetupRefusalFacts> = {}): SetupRefusalFacts {
  const answer = { ...message(11, { signed: false }), status: STATUS_LOGON_FAILURE };
  return { ...answer, requestFrame: 10, beforeUser: false, reauthentication: false, user: "tester", domain: "WORKGROUP", ...over };
}

/** A session whose sign-in the server refused. */
function refused(over: Partial<SetupRefusalFacts> = {}, more: Parameters<typeof session>[0] = {}) {
  const one = refusal(over);
  return session({ ...unused, final: one, refusal: one, refusals: 1, ...more });
}

function signatureRefusal(over: Partial<SignatureRefusalFacts> = {}): SignatureRefusalFacts {
  return { ...message(41), status: STATUS_ACCESS_DENIED, command: 2, requestSigned: true, ...over };
}

function openSetup(over: Partial<OpenSetupFacts> = {}): OpenSetupFacts {
  return { frame: 10, time: message(10).time, binding: false, interimFrame: null, answerLost: false, ...over };
}

/** A connection that ends with a SESSION_SETUP request [10]. */
function endsAtSetup(over: Parameters<typeof makeFacts>[0] = {}) {
  return makeFacts({ ...nothingMore, sessions: [], openSetups: [openSetup()], lastMessageFrame: 10, ends: [], ...over });
}

const guest = { flags: 1, final: { ...message(11, { signed: false }), status: 0 } };
const rejected = { ...nothingMore, ends: [end("client", "RST", 12)] };
const denied = { denied: 2, deniedFrames: [13, 15], answered: 2, requests: UNSIGNED, responses: UNSIGNED };
const deniedTree = tree({ response: { ...message(13), status: STATUS_ACCESS_DENIED }, treeId: null });
const encryptedShare = tree({ shareFlags: 0x8000 });

function refusedTree(status: number, over: Parameters<typeof tree>[0] = {}) {
  return tree({ response: { ...message(13), status }, treeId: null, ...over });
}

export const sessionRuleCases: Readonly<Record<string, RuleCases>> = {
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
  "session-setup-failed": {
    fires: {
      "a wrong password": {
        facts: makeFacts({ ...nothingMore, sessions: [refused()] }),
        frames: [11],
        evidence: [10],
        certainty: "proved",
      },
      "the second attempt succeeds": {
        facts: makeFacts({
          sessions: [refused({ frame: 9, requestFrame: 8 }, { id: "0x0000000000000001" }), session()],
        }),
        frames: [9],
      },
      "the same session is tried again and succeeds": {
        facts: makeFacts({ sessions: [session({ refusal: refusal({ frame: 9 }), refusals: 1 })] }),
        frames: [9],
      },
      "a session that was signed in is not let in again": {
        facts: makeFacts({
          sessions: [session({ refusal: refusal({ frame: 41, requestFrame: 40, reauthentication: true }), refusals: 1 })],
        }),
        frames: [41],
      },
      "three passwords": {
        facts: makeFacts({
          ...nothingMore,
          sessions: [7, 9, 11].map((frame) => refused({ frame, requestFrame: frame - 1 }, { id: `0x000000000000000${frame}` })),
        }),
        frames: [7, 9, 11],
      },
      "a status that nobody gives": {
        facts: makeFacts({ ...nothingMore, sessions: [refused({ status: 0xc0123456, requestFrame: null, user: null })] }),
        frames: [11],
      },
      "a hostile name": {
        facts: makeFacts({ ...nothingMore, sessions: [refused({ user: "\u202e\u0000<b>", domain: "  " })] }),
        frames: [11],
      },
      ...Object.fromEntries(
        (["STATUS_ACCESS_DENIED", "STATUS_ACCOUNT_LOCKED_OUT", "STATUS_PASSWORD_EXPIRED", "STATUS_ACCOUNT_RESTRICTION"] as const).map(
          (name) => [name, { facts: makeFacts({ ...nothingMore, sessions: [refused({ status: NtStatus[name] })] }), frames: [11] }],
        ),
      ),
    },
    silent: {
      "a user signs in": makeFacts(),
      "a binding is refused": makeFacts({ ...nothingMore, sessions: [refused({}, { binding: true })] }),
      "no sign-in at all": makeFacts({ ...nothingMore, sessions: [] }),
    },
    undetermined: {
      "the capture ends": [makeFacts({ ...nothingMore, sessions: [session({ ...unused, final: null })], ends: [] }), "capture-ends"],
      "the sign-in is missing": [startsLate(), "session-setup-missing"],
      "the answer is lost": [endsAtSetup({ openSetups: [openSetup({ answerLost: true })] }), "bytes-lost"],
    },
  },
  "session-setup-unanswered": {
    fires: {
      "the server's side ends the connection": {
        facts: endsAtSetup({ ends: [end("server", "RST", 12)] }),
        frames: [10],
        evidence: [4, 6, 12],
        certainty: "proved",
      },
      "the client's side ends it at once": {
        facts: endsAtSetup({ ends: [end("client", "RST", 12)] }),
        frames: [10],
        certainty: "suspected",
      },
      "the client gives up after a while": {
        facts: endsAtSetup({ ends: [end("client", "FIN", 12, 30 * SECOND)] }),
        frames: [10],
        certainty: "proved",
      },
      "nothing for a minute": { facts: endsAtSetup({ captureEndTime: 61 * SECOND }), frames: [10] },
      "only an interim answer": {
        facts: endsAtSetup({
          openSetups: [openSetup({ interimFrame: 11 })],
          lastMessageFrame: 11,
          ends: [end("server", "FIN", 12, 70 * SECOND)],
        }),
        frames: [10],
        evidence: [11],
      },
      "another user works on meanwhile": {
        facts: makeFacts({ openSetups: [openSetup({ frame: 20, time: 0 })], ends: [end("client", "FIN", 50, 90 * SECOND)] }),
        frames: [20],
      },
    },
    silent: {
      "a user signs in": makeFacts(),
      "a wrong password": makeFacts({ ...nothingMore, sessions: [refused()] }),
      "no sign-in at all": makeFacts({ ...nothingMore, sessions: [] }),
    },
    undetermined: {
      "the capture ends": [endsAtSetup(), "capture-ends"],
      "the answer is lost": [
        endsAtSetup({ openSetups: [openSetup({ answerLost: true })], ends: [end("server", "FIN", 12)] }),
        "bytes-lost",
      ],
      "the end acknowledges what the capture lacks": [
        endsAtSetup({ ends: [{ ...end("client", "RST", 12), afterUnseen: true }] }),
        "bytes-lost",
      ],
      "the client went on": [makeFacts({ openSetups: [openSetup()] }), "bytes-lost"],
    },
  },
  "session-guest-rejected": {
    fires: {
      "the client resets": {
        facts: makeFacts({ ...rejected, sessions: [session({ ...unused, ...guest })] }),
        frames: [11],
        evidence: [4, 6, 12],
        certainty: "suspected",
      },
      "a named user is let in as nobody": {
        facts: makeFacts({ ...rejected, sessions: [session({ ...unused, ...guest, flags: 2 })] }),
        frames: [11],
      },
    },
    silent: {
      "a guest works": makeFacts({ sessions: [session(guest)] }),
      "a real user is signed in": makeFacts({ ...rejected, sessions: [session(unused)] }),
      "an anonymous probe": makeFacts({ ...rejected, sessions: [session({ ...unused, ...guest, anonymousLogon: true })] }),
      "the server ends": makeFacts({ ...rejected, ends: [end("server", "RST", 12)], sessions: [session({ ...unused, ...guest })] }),
      "idle for ten seconds": makeFacts({
        ...rejected,
        ends: [end("client", "FIN", 12, 10 * SECOND)],
        sessions: [session({ ...unused, ...guest })],
      }),
    },
    undetermined: {
      "the capture ends": [makeFacts({ ...nothingMore, ends: [], sessions: [session({ ...unused, ...guest })] }), "capture-ends"],
      "requests may be lost": [makeFacts({ ...rejected, lostFromClient: 80, sessions: [session({ ...unused, ...guest })] }), "bytes-lost"],
    },
  },
  "session-bind-refused": {
    fires: {
      "multichannel is off": {
        facts: makeFacts({ ...nothingMore, sessions: [refused({ status: STATUS_REQUEST_NOT_ACCEPTED }, { binding: true })] }),
        frames: [11],
        evidence: [4, 6, 10],
      },
      ...Object.fromEntries(
        (
          [
            "STATUS_INVALID_PARAMETER",
            "STATUS_USER_SESSION_DELETED",
            "STATUS_NETWORK_SESSION_EXPIRED",
            "STATUS_NOT_SUPPORTED",
            "STATUS_ACCESS_DENIED",
            "STATUS_UNSUCCESSFUL",
          ] as const
        ).map((name) => [
          name,
          { facts: makeFacts({ ...nothingMore, sessions: [refused({ status: NtStatus[name] }, { binding: true })] }), frames: [11] },
        ]),
      ),
    },
    silent: {
      "a bound channel": makeFacts({ sessions: [session({ binding: true })] }),
      "a wrong password": makeFacts({ ...nothingMore, sessions: [refused()] }),
      "a bound channel that is not signed in again": makeFacts({
        sessions: [session({ binding: true, refusal: refusal({ reauthentication: true }), refusals: 1 })],
      }),
    },
    undetermined: {
      "the capture ends": [endsAtSetup({ openSetups: [openSetup({ binding: true })] }), "capture-ends"],
    },
  },
  "tree-connect-failed": {
    fires: {
      "no such share": {
        facts: makeFacts({ trees: [refusedTree(STATUS_BAD_NETWORK_NAME)], validations: [] }),
        frames: [13],
        evidence: [12],
      },
      "no such share, and a cause for others": {
        facts: makeFacts({
          ...serverRequires,
          sessions: [session(unsignedRequests)],
          trees: [deniedTree, refusedTree(STATUS_BAD_NETWORK_NAME, { response: { ...message(15), status: STATUS_BAD_NETWORK_NAME } })],
          validations: [],
        }),
        frames: [15],
      },
      "refused at first, then connected": {
        facts: makeFacts({ trees: [deniedTree, tree({ response: { ...message(15), status: 0 } })], validations: [] }),
        frames: [13],
      },
      "a name that the capture lacks": {
        facts: makeFacts({ trees: [refusedTree(STATUS_BAD_NETWORK_NAME, { request: null, path: null })], validations: [] }),
        frames: [13],
      },
      "a hostile name": {
        facts: makeFacts({ trees: [refusedTree(STATUS_BAD_NETWORK_NAME, { path: "\\\\server\\\u202eshare\u0007" })], validations: [] }),
        frames: [13],
      },
      ...Object.fromEntries(
        (
          [
            "STATUS_ACCESS_DENIED",
            "STATUS_SMB_BAD_CLUSTER_DIALECT",
            "STATUS_USER_SESSION_DELETED",
            "STATUS_REQUEST_NOT_ACCEPTED",
            "STATUS_SHARING_PAUSED",
            "STATUS_INTERNAL_ERROR",
          ] as const
        ).map((name) => [name, { facts: makeFacts({ trees: [refusedTree(NtStatus[name])], validations: [] }), frames: [13] }]),
      ),
    },
    silent: {
      connected: makeFacts(),
      "no share at all": makeFacts({ trees: [] }),
      "unsigned requests are refused": makeFacts({
        ...serverRequires,
        sessions: [session(unsignedRequests)],
        trees: [deniedTree],
        validations: [],
      }),
      "the session must be encrypted": makeFacts({
        sessions: [session({ ...denied, flags: 4 })],
        trees: [deniedTree],
        validations: [],
      }),
    },
    undetermined: { "the capture ends": [makeFacts({ trees: [tree({ response: null })], ends: [] }), "capture-ends"] },
  },
  "session-guest": {
    fires: {
      "a guest": { facts: makeFacts({ sessions: [session(guest)] }), frames: [11] },
      "nobody asked and a guest was let in": {
        facts: makeFacts({ sessions: [session({ ...guest, user: "", domain: "", anonymousLogon: true })] }),
        frames: [11],
      },
      "a user by Kerberos": { facts: makeFacts({ sessions: [session({ ...guest, user: null, domain: null })] }), frames: [11] },
    },
    silent: {
      "a user": makeFacts(),
      anonymous: makeFacts({ sessions: [session({ ...guest, flags: 2 })] }),
      "the client does not take it": makeFacts({ ...rejected, sessions: [session({ ...unused, ...guest })] }),
    },
    undetermined: {
      "the sign-in is missing": [startsLate(), "session-setup-missing"],
      "the capture ends": [endsAtSetup(), "capture-ends"],
    },
  },
  "session-anonymous": {
    fires: {
      "the server's flag": { facts: makeFacts({ sessions: [session({ ...guest, flags: 2 })] }), frames: [11] },
      "no user was named": { facts: makeFacts({ sessions: [session({ ...guest, flags: 0, anonymousLogon: true })] }), frames: [11] },
    },
    silent: {
      "a user": makeFacts(),
      "a guest": makeFacts({ sessions: [session({ ...guest, anonymousLogon: true })] }),
      "a refused probe": makeFacts({ ...nothingMore, sessions: [refused({}, { anonymousLogon: true })] }),
    },
    undetermined: {
      "the sign-in is missing": [startsLate(), "session-setup-missing"],
      "the capture ends": [endsAtSetup(), "capture-ends"],
    },
  },
};
