import type { EarlierNegotiation } from "../../src/core/model/connectionFacts.ts";
import {
  end,
  makeFacts,
  makeFacts311,
  message,
  negotiate,
  negotiateRequest,
  negotiateResponse,
  next,
  OTHER_GUID,
  SECOND,
  session,
  startsLate,
} from "./connectionFacts.ts";
import type { RuleCases } from "./ruleCases.ts";

const STATUS_INVALID_PARAMETER = 0xc000000d;
const STATUS_NOT_SUPPORTED = 0xc00000bb;
const STATUS_USER_SESSION_DELETED = 0xc0000203;
const request311 = negotiateRequest({ dialects: [0x0302, 0x0311], preauthContexts: 1 });
const response311 = negotiateResponse({ dialect: 0x0311, capabilities: 0x0f, preauthContexts: 1 });

/** A connection that got no further than NEGOTIATE. */
const atNegotiate = { sessions: [], trees: [], validations: [], fileRequests: 0, lastClientMessage: next(4, 0), lastMessageFrame: 6 };
const refusedWith = (status: number) => ({
  ...atNegotiate,
  dialect: null,
  negotiates: [negotiate({ response: negotiateResponse({ status }) })],
});
const unansweredBy = (over: Partial<Parameters<typeof makeFacts>[0]>) =>
  makeFacts({
    ...atNegotiate,
    lastMessageFrame: 4,
    serverSilent: true,
    negotiates: [negotiate({ response: null })],
    dialect: null,
    ...over,
  });
const smb1Only = (over: Partial<Parameters<typeof makeFacts>[0]>, dialects: readonly string[] = ["NT LM 0.12"]) =>
  makeFacts({
    ...atNegotiate,
    smb1: { requestFrame: 4, dialects, responseFrame: null, answeredBy: null, selected: null },
    negotiates: [],
    messages: 0,
    dialect: null,
    lastMessageFrame: 4,
    serverSilent: true,
    ...over,
  });

const earlier = (over: Partial<Parameters<typeof negotiateResponse>[0]>, request = {}): EarlierNegotiation => ({
  connection: 7,
  client: { address: "192.0.2.10", port: 50_000 },
  request: negotiateRequest({ frame: 2, ...request }),
  response: negotiateResponse({ frame: 3, ...over }),
});
const gaveUp = { ...atNegotiate, ends: [end("client", "FIN", 7)] };
const deleted = session({ final: { ...message(11), status: STATUS_USER_SESSION_DELETED }, nextRequest: null, answered: 0 });
const settledOn = (dialect: number, dialects = [0x0302, 0x0311]) => ({
  dialect,
  negotiates: [
    negotiate({
      request: negotiateRequest({ dialects, preauthContexts: dialects.includes(0x0311) ? 1 : 0 }),
      response: negotiateResponse({ dialect }),
    }),
  ],
});

/** Cases of the rules on NEGOTIATE. */
export const negotiateRuleCases: Readonly<Record<string, RuleCases>> = {
  "negotiate-no-common-dialect": {
    fires: {
      STATUS_NOT_SUPPORTED: { facts: makeFacts(refusedWith(STATUS_NOT_SUPPORTED)), frames: [6], evidence: [4] },
      "the request is not in the capture, and a later one succeeds": {
        facts: makeFacts({
          negotiates: [
            negotiate({ request: null, response: negotiateResponse({ status: STATUS_NOT_SUPPORTED }) }),
            negotiate({ request: negotiateRequest({ frame: 7 }), response: negotiateResponse({ frame: 8 }) }),
          ],
        }),
        frames: [6],
      },
      "SMB1 accepts none": {
        facts: smb1Only({ smb1: { requestFrame: 4, dialects: ["LANMAN1.0"], responseFrame: 5, answeredBy: "SMB1", selected: 0xffff } }),
        frames: [5],
        evidence: [4],
      },
    },
    silent: { "a dialect is settled": makeFacts(), "another error": makeFacts(refusedWith(STATUS_INVALID_PARAMETER)) },
    undetermined: { "no answer": [unansweredBy({ ends: [] }), "negotiate-response-missing"] },
  },
  "negotiate-refused": {
    fires: {
      "an error status": { facts: makeFacts(refusedWith(STATUS_INVALID_PARAMETER)), frames: [6], evidence: [4] },
      "the server's side ends the connection": { facts: unansweredBy({ ends: [end("server", "RST", 5)] }), frames: [4], evidence: [5] },
      "the client gives up after a minute": {
        facts: unansweredBy({ ends: [end("client", "RST", 9, 60 * SECOND)] }),
        frames: [4],
        evidence: [9],
      },
      "nothing but keep-alives for a minute": { facts: unansweredBy({ ends: [], lastTime: 60 * SECOND }), frames: [4] },
      "SMB1 to a server without it": { facts: smb1Only({ ends: [end("server", "RST", 5)] }), frames: [4], evidence: [5] },
      "SMB1 and SMB2 to something else": { facts: smb1Only({ ends: [end("server", "FIN", 5)] }, ["NT LM 0.12", "SMB 2.???"]), frames: [4] },
    },
    silent: {
      answered: makeFacts(),
      "STATUS_NOT_SUPPORTED is another rule's": makeFacts(refusedWith(STATUS_NOT_SUPPORTED)),
      "what answers is no SMB": unansweredBy({ serverSilent: false, ends: [end("server", "FIN", 6)] }),
      "SMB1 to what is no SMB": smb1Only({ serverSilent: false, ends: [end("server", "FIN", 6)] }),
      "the client does not wait": unansweredBy({ ends: [end("client", "RST", 5)] }),
      "the client goes on": unansweredBy({ lastMessageFrame: 8, ends: [end("server", "RST", 9)] }),
      "the answer may be missing from the capture": unansweredBy({ lostFromServer: 200, ends: [end("server", "RST", 5)] }),
      "the end acknowledges an answer": unansweredBy({ ends: [{ ...end("server", "FIN", 5), afterUnseen: true }] }),
    },
    undetermined: {
      "the capture ends": [unansweredBy({ ends: [] }), "capture-ends"],
      "the client received an answer": [
        unansweredBy({ negotiates: [negotiate({ response: null, answerLost: true })], ends: [end("server", "RST", 5)] }),
        "negotiate-response-missing",
      ],
    },
  },
  "negotiate-repeated": {
    fires: {
      "the server ends the connection": {
        facts: makeFacts({
          ...atNegotiate,
          negotiates: [negotiate(), negotiate({ request: negotiateRequest({ frame: 7 }), response: null })],
          lastMessageFrame: 7,
          ends: [end("server", "FIN", 8)],
        }),
        frames: [7],
        evidence: [6, 8],
      },
      "and answers it": {
        facts: makeFacts({
          negotiates: [negotiate(), negotiate({ request: negotiateRequest({ frame: 7 }), response: negotiateResponse({ frame: 8 }) })],
        }),
        frames: [7],
        evidence: [8],
      },
    },
    silent: {
      "the first was SMB1's": makeFacts({
        negotiates: [
          negotiate({ request: null, response: negotiateResponse({ dialect: 0x02ff }) }),
          negotiate({ request: negotiateRequest({ frame: 7 }), response: negotiateResponse({ frame: 8 }) }),
        ],
      }),
      "after an error": makeFacts({
        negotiates: [
          negotiate({ response: negotiateResponse({ status: STATUS_NOT_SUPPORTED }) }),
          negotiate({ request: negotiateRequest({ frame: 7 }), response: negotiateResponse({ frame: 8 }) }),
        ],
      }),
    },
    undetermined: {
      "bytes are missing in between": [
        makeFacts({ negotiates: [negotiate(), negotiate({ request: negotiateRequest({ frame: 7 }) })], lostFromClient: 90 }),
        "bytes-lost",
      ],
    },
  },
  "negotiate-server-changed": {
    fires: {
      "another server": {
        facts: makeFacts({ ...gaveUp, otherValues: earlier({ guid: OTHER_GUID }) }),
        frames: [6],
        evidence: [3, 7],
        certainty: "suspected",
      },
      everything: {
        facts: makeFacts({ ...gaveUp, otherValues: earlier({ guid: OTHER_GUID, dialect: 0x0300, securityMode: 3 }) }),
        frames: [6],
      },
      "other capabilities": { facts: makeFacts({ ...gaveUp, otherValues: earlier({ capabilities: 1 }) }), frames: [6] },
      "the session is deleted because of the other dialect": {
        facts: makeFacts({
          ...atNegotiate,
          sessions: [deleted],
          otherValues: earlier({ dialect: 0x0300 }),
          lastClientMessage: next(10, 1),
        }),
        frames: [6],
        evidence: [3, 11],
      },
    },
    silent: {
      "nothing is known of the server": makeFacts(gaveUp),
      "the client signs in": makeFacts({ otherValues: earlier({ guid: OTHER_GUID }) }),
      "the client offered something else": makeFacts({
        ...gaveUp,
        otherValues: earlier({ dialect: 0x0210, capabilities: 7 }, { dialects: [0x0210] }),
      }),
      "the server closes": makeFacts({ ...gaveUp, ends: [end("server", "FIN", 7)], otherValues: earlier({ guid: OTHER_GUID }) }),
      "a deleted session of the same dialect": makeFacts({
        ...atNegotiate,
        sessions: [deleted],
        otherValues: earlier({ capabilities: 1 }),
        lastClientMessage: next(10, 1),
      }),
    },
    undetermined: {
      "the capture ends": [makeFacts({ ...gaveUp, ends: [], otherValues: earlier({ guid: OTHER_GUID }) }), "capture-ends"],
      "the sign-in may be lost": [makeFacts({ ...gaveUp, lostFromClient: 90, otherValues: earlier({ guid: OTHER_GUID }) }), "bytes-lost"],
    },
  },
  "negotiate-downgraded": {
    fires: {
      "the server chose 3.1.1 before": {
        facts: makeFacts({ ...settledOn(0x0302), validations: [], higherDialect: earlier({ dialect: 0x0311 }) }),
        frames: [6],
        evidence: [3, 4],
        certainty: "suspected",
      },
      "the client got 3.1.1 before and offers it no more": {
        facts: makeFacts({ ...settledOn(0x0302, [0x0300, 0x0302]), validations: [], otherValues: earlier({ dialect: 0x0311 }) }),
        frames: [6],
      },
    },
    silent: {
      "nothing higher is known": makeFacts({ validations: [] }),
      validated: makeFacts({ higherDialect: earlier({ dialect: 0x0311 }) }),
      "a client that asks for one dialect": makeFacts({
        ...settledOn(0x0302, [0x0302]),
        validations: [],
        otherValues: earlier({ dialect: 0x0311 }),
      }),
      "another node": makeFacts({
        ...settledOn(0x0302, [0x0300, 0x0302]),
        validations: [],
        otherValues: earlier({ dialect: 0x0311, guid: OTHER_GUID }),
      }),
    },
    undetermined: {
      "a validation may still come": [
        makeFacts({ ...settledOn(0x0302), validations: [], ends: [], fileRequests: 0, higherDialect: earlier({ dialect: 0x0311 }) }),
        "capture-ends",
      ],
    },
  },
  "negotiate-capability-not-offered": {
    fires: {
      "encryption on 3.1.1": {
        facts: makeFacts311({ negotiates: [{ request: request311, response: { ...response311, capabilities: 0x6f } }] }),
        frames: [6],
      },
      "leases on 2.0.2": {
        facts: makeFacts({
          ...settledOn(0x0202, [0x0202]),
          negotiates: [negotiate({ request: null, response: negotiateResponse({ dialect: 0x0202, capabilities: 7 }) })],
          validations: [],
        }),
        frames: [6],
      },
      "not offered": {
        facts: makeFacts({ negotiates: [negotiate({ request: negotiateRequest({ capabilities: 7 }) })], validations: [] }),
        frames: [6],
        evidence: [4],
      },
    },
    silent: {
      offered: makeFacts(),
      "DFS and leases are not asked for": makeFacts({
        ...settledOn(0x0210, [0x0210]),
        negotiates: [
          negotiate({ request: negotiateRequest({ capabilities: 0 }), response: negotiateResponse({ dialect: 0x0210, capabilities: 7 }) }),
        ],
        validations: [],
      }),
      "an unreleased dialect": makeFacts({ ...settledOn(0x0224, [0x0224]), validations: [] }),
      "the validation shows that it was changed": makeFacts({
        negotiates: [negotiate({ request: negotiateRequest({ capabilities: 7 }) })],
      }),
    },
    undetermined: {
      "NEGOTIATE is cut": [
        makeFacts({ negotiates: [negotiate({ response: negotiateResponse({ truncated: true }) })] }),
        "message-truncated",
      ],
    },
  },
  "negotiate-signing-not-enabled": {
    fires: {
      "0x0000": {
        facts: makeFacts({ negotiates: [negotiate({ response: negotiateResponse({ securityMode: 0 }) })], validations: [] }),
        frames: [6],
      },
    },
    silent: {
      enabled: makeFacts(),
      "the validation shows that it was changed": makeFacts({
        negotiates: [negotiate({ response: negotiateResponse({ securityMode: 0 }) })],
      }),
    },
    undetermined: { "no answer": [makeFacts({ negotiates: [negotiate({ response: null })] }), "negotiate-response-missing"] },
  },
  "negotiate-size-too-small": {
    fires: {
      "the client gives up": {
        facts: makeFacts({ ...gaveUp, negotiates: [negotiate({ response: negotiateResponse({ maxReadSize: 4095 }) })] }),
        frames: [6],
        evidence: [7],
      },
      "and goes on": {
        facts: makeFacts({
          negotiates: [negotiate({ response: negotiateResponse({ maxTransactSize: 4096, maxReadSize: 1, maxWriteSize: 65_535 }) })],
        }),
        frames: [6],
      },
    },
    silent: {
      "just enough": makeFacts({ negotiates: [negotiate({ response: negotiateResponse({ maxReadSize: 65_536 }) })] }),
      "starts late": startsLate(),
    },
    undetermined: { "no answer": [makeFacts({ negotiates: [negotiate({ response: null })] }), "negotiate-response-missing"] },
  },
};
