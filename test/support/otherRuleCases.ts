import type { OtherView } from "../../src/core/model/otherView.ts";
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
  validation,
} from "./connectionFacts.ts";
import type { RuleCases } from "./ruleCases.ts";

const abandoned = session({ nextRequest: null, answered: 0, requests: { signed: 0, unsigned: 0, encrypted: 0 } });
const afterSetup = {
  sessions: [abandoned],
  trees: [],
  validations: [],
  fileRequests: 0,
  lastClientMessage: next(10, 1),
  lastMessageFrame: 11,
};
const guest = { flags: 1, final: { ...message(11, { signed: false }), status: 0 } };
/** The NEGOTIATE request [8] with another salt than at the other point [7]. */
function otherView(over: Partial<OtherView> = {}): OtherView {
  const salt = { field: "NegotiateContextList[0].Salt", response: false, frame: 8, value: "ad", otherFrame: 7, otherValue: "52" };
  return { connection: 2, point: "eth1", otherPoint: "eth0", arrived: true, altered: [salt], incomparable: null, ...over };
}
const refusedTree = { ...message(13), status: STATUS_ACCESS_DENIED };
const ipc = tree({ path: "\\\\server\\IPC$", response: refusedTree, treeId: null });
const unsigned = { requests: { signed: 2, unsigned: 14, encrypted: 0 }, responses: { signed: 2, unsigned: 14, encrypted: 0 } };

function refused(over: Parameters<typeof session>[0], trees = [ipc]) {
  const requests = { signed: 2, unsigned: 0, encrypted: 0 };
  return makeFacts311({ trees, sessions: [session({ answered: 2, denied: 2, deniedFrames: [13, 15], requests, ...over })] });
}

function smb1(answeredBy: "SMB1" | "SMB2" | null, selected: number | null, dialects: readonly string[]) {
  const responseFrame = answeredBy === null ? null : 5;
  return makeFacts({
    smb1: { requestFrame: 4, dialects, responseFrame, answeredBy, selected },
    smb1Messages: 10,
    messages: 0,
    negotiates: [],
    dialect: null,
    sessions: [],
    trees: [],
    validations: [],
  });
}

/** Cases of the rules on sign-in, NEGOTIATE, signing and the capture itself. */
export const otherRuleCases: Readonly<Record<string, RuleCases>> = {
  "session-setup-aborted": {
    fires: {
      "the client closes": {
        facts: makeFacts({ ...afterSetup, ends: [end("client", "FIN", 12)] }),
        frames: [11],
        evidence: [4, 6, 12],
        certainty: "suspected",
      },
      "a response changed from 3.0.2 to 2.1 on its way": {
        facts: makeFacts({
          ...afterSetup,
          dialect: 0x0210,
          negotiates: [negotiate({ response: negotiateResponse({ dialect: 0x0210 }) })],
          ends: [end("client", "RST", 12)],
        }),
        frames: [11],
        evidence: [6],
      },
    },
    silent: {
      "the client goes on": makeFacts(),
      "a healthy client signs in and logs off": makeFacts({
        ...afterSetup,
        sessions: [session({ nextRequest: next(12, 2), answered: 1 })],
      }),
      "the server closes": makeFacts({ ...afterSetup, ends: [end("server", "RST", 12)] }),
      "a guest": makeFacts({ ...afterSetup, sessions: [{ ...abandoned, ...guest }], ends: [end("client", "FIN", 12)] }),
      "a wrong password": makeFacts({
        ...afterSetup,
        sessions: [{ ...abandoned, final: { ...message(11), status: 0xc000006d } }],
        ends: [end("client", "FIN", 12)],
      }),
      "3.1.1 is another rule's": makeFacts311({ ...afterSetup, ends: [end("client", "FIN", 12)] }),
      "a channel that was bound and never used": makeFacts({
        ...afterSetup,
        sessions: [{ ...abandoned, binding: true }],
        ends: [end("client", "FIN", 12)],
      }),
    },
    undetermined: {
      "the capture ends": [makeFacts({ ...afterSetup, ends: [] }), "capture-ends"],
      "NEGOTIATE is missing": [
        makeFacts({ ...afterSetup, negotiates: [], dialect: null, ends: [end("client", "FIN", 12)] }),
        "negotiate-missing",
      ],
      "requests may have been lost": [makeFacts({ ...afterSetup, lostFromClient: 90, ends: [end("client", "FIN", 12)] }), "bytes-lost"],
    },
  },
  "preauth-aborted": {
    fires: {
      "the client closes": {
        facts: makeFacts311({ ...afterSetup, ends: [end("client", "FIN", 12)] }),
        frames: [11],
        evidence: [4, 6, 12],
        certainty: "suspected",
      },
      "IPC$ and everything else refused": { facts: refused({}), frames: [13, 15], evidence: [11], certainty: "suspected" },
      "IPC$ and a share refused, the unsigned LOGOFF answered": {
        facts: refused({ answered: 3, denied: 2, requests: { signed: 2, unsigned: 1, encrypted: 0 } }, [
          ipc,
          tree({ request: message(14), response: { ...refusedTree, frame: 15 }, treeId: null }),
        ]),
        frames: [13, 15],
      },
    },
    silent: {
      "the client goes on": makeFacts311(),
      "sign-in and LOGOFF": makeFacts311({ ...afterSetup, sessions: [session({ nextRequest: next(12, 2), answered: 1 })] }),
      "a single refused share": refused(
        { answered: 1, denied: 1, deniedFrames: [13], requests: { signed: 1, unsigned: 0, encrypted: 0 } },
        [tree({ response: refusedTree, treeId: null })],
      ),
      "a refused share after IPC$ worked": refused({ answered: 2, denied: 1, deniedFrames: [15] }, [
        tree({ path: "\\\\server\\IPC$" }),
        tree({ response: { ...refusedTree, frame: 15 }, treeId: null }),
      ]),
      "a guest": makeFacts311({ ...afterSetup, sessions: [{ ...abandoned, ...guest }], ends: [end("client", "FIN", 12)] }),
      "anonymous, whatever the server's flag says": makeFacts311({
        ...afterSetup,
        sessions: [{ ...abandoned, anonymousLogon: true }],
        ends: [end("client", "FIN", 12)],
      }),
      "IPC$ refused, but the share worked": refused(
        { answered: 2, denied: 1, deniedFrames: [13], requests: { signed: 1, unsigned: 1, encrypted: 0 } },
        [ipc, tree({ request: message(14, { signed: false }) })],
      ),
      "a probe without sign-in": makeFacts311({
        sessions: [],
        trees: [],
        fileRequests: 0,
        lastClientMessage: next(4, 0),
        lastMessageFrame: 6,
      }),
      "encryption is demanded": refused({ flags: 4 }),
      "idle for minutes": makeFacts311({ ...afterSetup, ends: [end("client", "FIN", 12, 400 * SECOND)] }),
    },
    undetermined: {
      "the capture ends": [makeFacts311({ ...afterSetup, ends: [] }), "capture-ends"],
      "IPC$ is refused, and a share may yet be accepted": [{ ...refused({}), ends: [], ended: null }, "capture-ends"],
    },
  },
  "negotiate-dialect-not-offered": {
    fires: {
      "an unknown dialect": {
        facts: makeFacts({
          negotiates: [negotiate({ response: negotiateResponse({ dialect: 0x0999 }) })],
          dialect: 0x0999,
          validations: [],
        }),
        frames: [6],
        evidence: [4],
      },
    },
    silent: {
      offered: makeFacts(),
      "the wildcard answer": makeFacts({ negotiates: [negotiate({ response: negotiateResponse({ dialect: 0x02ff }) }), negotiate()] }),
      "an error": makeFacts({ negotiates: [negotiate({ response: negotiateResponse({ dialect: 0x0999, status: 0xc00000bb }) })] }),
    },
    undetermined: {
      "the request is missing": [makeFacts({ negotiates: [negotiate({ request: null })] }), "negotiate-request-missing"],
      "the request was cut": [
        makeFacts({ negotiates: [negotiate({ request: negotiateRequest({ dialects: [], truncated: true }) })] }),
        "message-truncated",
      ],
    },
  },
  "signing-not-required": {
    fires: { "neither side requires it": { facts: makeFacts({ sessions: [session(unsigned)] }), frames: [4, 6], evidence: [11] } },
    silent: {
      "everything is signed": makeFacts(),
      "the server requires it": makeFacts({
        sessions: [session(unsigned)],
        negotiates: [negotiate({ response: negotiateResponse({ securityMode: 3 }) })],
      }),
      "the client requires it when signing in": makeFacts({ sessions: [session({ ...unsigned, securityMode: 2 })] }),
      "a guest": makeFacts({ sessions: [session({ ...unsigned, ...guest })] }),
      "no plain request was answered": makeFacts({
        sessions: [session({ ...unsigned, responses: { signed: 2, unsigned: 0, encrypted: 0 } })],
      }),
    },
    undetermined: {
      "the sign-in is missing": [
        startsLate({ sessions: [session({ ...unsigned, startsLate: true, final: null })] }),
        "session-setup-missing",
      ],
      "NEGOTIATE is missing": [makeFacts({ sessions: [session(unsigned)], negotiates: [], dialect: null }), "negotiate-missing"],
    },
  },
  "smb1-negotiated": {
    fires: {
      "SMB2 was offered": { facts: smb1("SMB1", 0, ["NT LM 0.12", "SMB 2.002", "SMB 2.???"]), frames: [5], evidence: [4] },
      "only SMB1 was offered": { facts: smb1("SMB1", 0, ["NT LM 0.12"]), frames: [5] },
      "a hostile dialect string": { facts: smb1("SMB1", 0, ["\u202e\u0000<b>"]), frames: [5] },
    },
    silent: {
      "answered by SMB2": makeFacts({
        smb1: { requestFrame: 3, dialects: ["NT LM 0.12", "SMB 2.???"], responseFrame: 5, answeredBy: "SMB2", selected: null },
      }),
      "none was accepted": smb1("SMB1", 0xffff, ["PC NETWORK PROGRAM 1.0"]),
      "SMB2 only": makeFacts(),
    },
    undetermined: {
      "the answer is missing": [smb1(null, null, ["NT LM 0.12"]), "negotiate-response-missing"],
      "NEGOTIATE is missing": [startsLate({ smb1Messages: 5, messages: 0, sessions: [] }), "negotiate-missing"],
    },
  },
  "path-negotiate-altered": {
    fires: {
      "another salt at the other point": { facts: makeFacts({ otherView: otherView() }), frames: [8], evidence: [7] },
      "nothing tells which point comes first": { facts: makeFacts({ otherView: otherView({ arrived: null }) }), frames: [8] },
    },
    silent: {
      "one point": makeFacts(),
      "the same at both points": makeFacts({ otherView: otherView({ altered: [] }) }),
    },
    undetermined: {
      "NEGOTIATE was cut": [makeFacts({ otherView: otherView({ altered: [], incomparable: "message-truncated" }) }), "message-truncated"],
      "one point lacks NEGOTIATE": [
        makeFacts({ otherView: otherView({ altered: [], incomparable: "negotiate-missing" }) }),
        "negotiate-missing",
      ],
    },
  },
  "capture-starts-late": {
    fires: { "neither SYN nor NEGOTIATE": { facts: startsLate({ firstFrame: 3 }), frames: [3] } },
    silent: {
      "from the start": makeFacts(),
      "NEGOTIATE was lost after the SYN": startsLate({ synSeen: true }),
      "the remains of an earlier connection": startsLate({ messages: 0, sessions: [] }),
    },
    undetermined: {},
  },
  "capture-duplicates": {
    fires: {
      "each packet twice": {
        facts: makeFacts({ dataSegments: 20, repeatedSegments: 20, firstRepeatFrame: 8, firstRepeatOf: 7 }),
        frames: [8],
        evidence: [7],
      },
    },
    silent: {
      "a few": makeFacts({ dataSegments: 20, repeatedSegments: 9, firstRepeatFrame: 8, firstRepeatOf: 7 }),
      none: makeFacts(),
    },
    undetermined: {
      "cut after two packets": [makeFacts({ dataSegments: 2, repeatedSegments: 2, firstRepeatFrame: 8, firstRepeatOf: 7 }), "few-segments"],
    },
  },
  "capture-truncated": {
    fires: {
      "NEGOTIATE was cut": {
        facts: makeFacts({
          truncatedMessages: 9,
          firstTruncatedFrame: 4,
          negotiates: [negotiate({ request: negotiateRequest({ truncated: true }) })],
        }),
        frames: [4],
      },
      "nothing could be recognised": {
        facts: startsLate({ synSeen: true, sessions: [], truncatedMessages: 9, firstTruncatedFrame: 4 }),
        frames: [4],
      },
    },
    silent: {
      "only data was cut": makeFacts({ truncatedMessages: 9, firstTruncatedFrame: 30 }),
      "nothing was cut": makeFacts({ validations: [validation()] }),
    },
    undetermined: {},
  },
};
