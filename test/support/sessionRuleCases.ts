import { NtStatus } from "../../src/core/spec/ntStatusValues.ts";
import { end, makeFacts, message, SECOND, session, startsLate, tree } from "./connectionFacts.ts";
import type { RuleCases } from "./ruleCases.ts";
import {
  denied,
  deniedTree,
  endsAtSetup,
  guest,
  nothingMore,
  openSetup,
  refusal,
  refused,
  refusedTree,
  rejected,
  serverRequires,
  unsignedRequests,
  unused,
} from "./sessionFacts.ts";

const { STATUS_REQUEST_NOT_ACCEPTED, STATUS_BAD_NETWORK_NAME } = NtStatus;

/** Cases of the rules on sign-ins, guests and shares. */
export const sessionRuleCases: Readonly<Record<string, RuleCases>> = {
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
      "the request is not in the capture, and may be anonymous": makeFacts({
        ...rejected,
        sessions: [session({ ...unused, ...guest, logonSeen: false })],
      }),
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
