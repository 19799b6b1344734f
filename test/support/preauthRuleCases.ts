import {
  end,
  makeFacts,
  makeFacts311,
  message,
  negotiate,
  negotiateRequest,
  negotiateResponse,
  next,
  session,
  tree,
} from "./connectionFacts.ts";
import type { RuleCases } from "./ruleCases.ts";

const STATUS_INVALID_PARAMETER = 0xc000000d;
const NO_COMMON_HASH = 0xc05d0000;
const request311 = negotiateRequest({ dialects: [0x0302, 0x0311], preauthContexts: 1 });
const response311 = negotiateResponse({ dialect: 0x0311, capabilities: 0x0f, preauthContexts: 1 });

/** A connection that got no further than NEGOTIATE. */
const refused = {
  dialect: null,
  sessions: [],
  trees: [],
  validations: [],
  fileRequests: 0,
  lastClientMessage: next(4, 0),
  lastMessageFrame: 6,
};

/** Cases of the rules on the pre-authentication integrity of 3.1.1. */
export const preauthRuleCases: Readonly<Record<string, RuleCases>> = {
  "preauth-context-missing": {
    fires: {
      "the request has none": {
        facts: makeFacts({
          ...refused,
          negotiates: [
            negotiate({
              request: { ...request311, preauthContexts: 0 },
              response: negotiateResponse({ status: STATUS_INVALID_PARAMETER }),
            }),
          ],
        }),
        frames: [4],
        evidence: [6],
      },
      "the response has two": {
        facts: makeFacts311({ negotiates: [{ request: request311, response: { ...response311, preauthContexts: 2 } }] }),
        frames: [6],
        evidence: [4],
      },
      "no common hash": {
        facts: makeFacts({
          ...refused,
          negotiates: [{ request: request311, response: { ...response311, status: NO_COMMON_HASH } }],
        }),
        frames: [6],
      },
    },
    silent: { "one on each side": makeFacts311(), "an older dialect": makeFacts() },
    undetermined: {
      "the list of contexts is cut": [
        makeFacts311({ negotiates: [{ request: { ...request311, preauthContexts: null }, response: response311 }] }),
        "message-truncated",
      ],
    },
  },
  "preauth-response-unsigned": {
    fires: {
      "not signed": {
        facts: makeFacts311({ sessions: [session({ final: { ...message(11, { signed: false }), status: 0 } })] }),
        frames: [11],
        evidence: [4, 6],
      },
      "signed with zeros": {
        facts: makeFacts311({ sessions: [session({ final: { ...message(11, { signatureZero: true }), status: 0 }, nextRequest: null })] }),
        frames: [11],
      },
    },
    silent: {
      signed: makeFacts311(),
      "a guest": makeFacts311({ sessions: [session({ flags: 1, final: { ...message(11, { signed: false }), status: 0 } })] }),
      "a wrong password": makeFacts311({ sessions: [session({ final: { ...message(11, { signed: false }), status: 0xc000006d } })] }),
      "only the first round of a sign-in": makeFacts311({ sessions: [session({ final: null, logonSeen: false, answered: 0 })] }),
    },
    undetermined: {
      "the answer was cut": [
        makeFacts311({ sessions: [session({ final: { ...message(11, { signed: false, truncated: true }), status: 0 } })] }),
        "session-setup-missing",
      ],
      "the request that it answers is missing": [
        makeFacts311({ sessions: [session({ logonSeen: false, final: { ...message(11, { signed: false }), status: 0 } })] }),
        "session-setup-missing",
      ],
    },
  },
  "tree-connect-unprotected": {
    fires: {
      "the server ends the connection": {
        facts: makeFacts311({
          trees: [tree({ request: message(12, { signed: false }), response: null, treeId: null })],
          fileRequests: 0,
          lastClientMessage: next(12, 3),
          lastMessageFrame: 12,
          ends: [end("server", "FIN", 13)],
        }),
        frames: [12],
        evidence: [11, 13],
      },
      "and again": {
        facts: makeFacts311({
          trees: [tree({ request: message(12, { signed: false }) }), tree({ request: message(20, { signed: false }) })],
        }),
        frames: [12, 20],
      },
    },
    silent: {
      signed: makeFacts311(),
      "on 3.0.2": makeFacts({ trees: [tree({ request: message(12, { signed: false }) })] }),
      anonymous: makeFacts311({
        sessions: [session({ anonymousLogon: true })],
        trees: [tree({ request: message(12, { signed: false }) })],
      }),
    },
    undetermined: {
      "whose session it is, is not known": [
        makeFacts311({ sessions: [session({ final: null })], trees: [tree({ request: message(12, { signed: false }) })] }),
        "session-setup-missing",
      ],
      "the signature is cut": [
        makeFacts311({ trees: [tree({ request: message(12, { signatureZero: true, truncated: true }) })] }),
        "message-truncated",
      ],
    },
  },
};
