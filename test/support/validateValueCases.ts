import {
  end,
  endsAtAnswer,
  endsAtRequest,
  makeFacts,
  makeFacts311,
  negotiate,
  negotiateRequest,
  negotiateResponse,
  next,
  OTHER_GUID,
  STATUS_FILE_CLOSED,
  session,
  startsLate,
  validateError,
  validateRequest,
  validateResponse,
  validation,
} from "./connectionFacts.ts";
import type { RuleCases } from "./ruleCases.ts";

type RequestChange = Parameters<typeof negotiateRequest>[0];
type ResponseChange = Parameters<typeof negotiateResponse>[0];

/** A NEGOTIATE request that was changed before the capture point; the server closes. */
function changedRequest(change: RequestChange) {
  return endsAtRequest({ negotiates: [negotiate({ request: negotiateRequest(change) })], ends: [end("server", "FIN", 15)] });
}

/** A NEGOTIATE response that was changed before the capture point; the client closes after the second validation. */
function changedResponse(change: ResponseChange) {
  return makeFacts({
    negotiates: [negotiate({ response: negotiateResponse(change) })],
    validations: [
      validation({ nextRequest: next(16, 3) }),
      validation({
        request: validateRequest({ frame: 18 }),
        response: validateResponse({ frame: 19 }),
        nextRequest: null,
      }),
    ],
    ends: [end("client", "FIN", 20)],
  });
}

function clientCases(change: RequestChange): RuleCases {
  return {
    fires: {
      "the server closes instead of answering": { facts: changedRequest(change), frames: [14], evidence: [4, 15], certainty: "proved" },
      "the server answers all the same": {
        facts: makeFacts({ negotiates: [negotiate({ request: negotiateRequest(change) })] }),
        frames: [14],
        evidence: [4, 15],
      },
      "the response of NEGOTIATE is missing": {
        facts: makeFacts({ negotiates: [negotiate({ request: negotiateRequest(change), response: null })] }),
        frames: [14],
        evidence: [4],
      },
    },
    silent: {
      "both agree": makeFacts(),
      "only the first, multi-protocol NEGOTIATE differs": makeFacts({
        negotiates: [{ request: null, response: negotiateResponse({ dialect: 0x02ff, capabilities: 0 }) }, negotiate()],
      }),
      "no validation on 3.1.1": makeFacts311(),
      "a validation too short to hold values": makeFacts({
        validations: [
          validation({ request: validateRequest({ capabilities: 0, guid: OTHER_GUID, securityMode: 0, dialects: [], inputCount: 8 }) }),
        ],
      }),
    },
    undetermined: {
      "NEGOTIATE is missing": [makeFacts({ negotiates: [], dialect: null, synSeen: false }), "negotiate-missing"],
      "the NEGOTIATE request is missing": [makeFacts({ negotiates: [negotiate({ request: null })] }), "negotiate-request-missing"],
      "the NEGOTIATE request was cut": [
        makeFacts({ negotiates: [negotiate({ request: negotiateRequest({ ...change, truncated: true }) })] }),
        "message-truncated",
      ],
      "negotiated by SMB1": [
        makeFacts({
          negotiates: [{ request: null, response: negotiateResponse({ dialect: 0x0202 }) }],
          smb1: { requestFrame: 3, dialects: ["SMB 2.002"], responseFrame: 6, answeredBy: "SMB2", selected: null },
        }),
        "negotiated-by-smb1",
      ],
      "the validation request was cut": [
        makeFacts({ validations: [validation({ request: validateRequest({ dialects: [], truncated: true }) })] }),
        "message-truncated",
      ],
      "the validation is encrypted": [
        makeFacts({ validations: [], encryptedMessages: 30, sessions: [session({ flags: 4, nextRequest: next(12, -1) })] }),
        "encrypted",
      ],
    },
  };
}

function serverCases(change: ResponseChange): RuleCases {
  return {
    fires: {
      "the client closes after the second answer": {
        facts: changedResponse(change),
        frames: [15, 19],
        evidence: [6, 20],
        certainty: "proved",
      },
      "the client goes on": {
        facts: makeFacts({ negotiates: [negotiate({ response: negotiateResponse(change) })] }),
        frames: [15],
        evidence: [6],
      },
      "the request of NEGOTIATE is missing": {
        facts: makeFacts({ negotiates: [{ request: null, response: negotiateResponse(change) }] }),
        frames: [15],
        evidence: [6],
      },
      "the client logs off": {
        facts: endsAtAnswer({
          negotiates: [negotiate({ response: negotiateResponse(change) })],
          validations: [validation({ nextRequest: next(17, 2) })],
          ends: [],
        }),
        frames: [15],
        evidence: [6, 17],
      },
    },
    silent: {
      "both agree": makeFacts(),
      "a second NEGOTIATE that was refused does not count": makeFacts({
        negotiates: [negotiate(), negotiate({ response: negotiateResponse({ ...change, frame: 9, status: 0xc00000bb }) })],
      }),
      "an error has no values": makeFacts({
        negotiates: [negotiate({ response: negotiateResponse(change) })],
        validations: [validation({ response: validateError(STATUS_FILE_CLOSED) })],
      }),
      "no validation on 3.1.1": makeFacts311(),
    },
    undetermined: {
      "NEGOTIATE is missing": [startsLate(), "negotiate-missing"],
      "the NEGOTIATE response is missing": [makeFacts({ negotiates: [negotiate({ response: null })] }), "negotiate-response-missing"],
      "the answer was cut": [
        makeFacts({ validations: [validation({ response: validateResponse({ values: null, truncated: true }) })] }),
        "message-truncated",
      ],
      "the answer was lost from the capture": [
        makeFacts({ validations: [validation({ response: null, answerLost: true })] }),
        "answer-lost",
      ],
      "the capture ends at the request": [endsAtRequest(), "capture-ends"],
      "the answer is an error": [
        makeFacts({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED) })] }),
        "answered-with-error",
      ],
    },
  };
}

const dialects = clientCases({ dialects: [0x0202, 0x0210, 0x0300] });

/** Cases of the eight rules that compare a value of NEGOTIATE with its repetition. */
export const validateValueCases: Readonly<Record<string, RuleCases>> = {
  "vni-client-capabilities-differ": clientCases({ capabilities: 0x7b }),
  "vni-client-guid-differs": clientCases({ guid: OTHER_GUID }),
  "vni-client-security-mode-differs": clientCases({ securityMode: 0 }),
  "vni-client-dialects-differ": {
    fires: {
      ...dialects.fires,
      "the server confirms a higher list: only suspected": {
        facts: makeFacts({ negotiates: [negotiate({ request: negotiateRequest({ dialects: [0x0202, 0x0210] }) })] }),
        frames: [14],
        certainty: "suspected",
      },
      "an offered dialect is missing": {
        facts: makeFacts({ validations: [validation({ request: validateRequest({ dialects: [0x0202, 0x0302] }) })] }),
        frames: [14],
        evidence: [4],
      },
      "a superset after which the server closes": {
        facts: changedRequest({ dialects: [0x0202, 0x0300, 0x0302] }),
        frames: [14],
        evidence: [4, 15],
      },
    },
    silent: {
      ...dialects.silent,
      "a superset with the same highest": makeFacts({
        negotiates: [negotiate({ request: negotiateRequest({ dialects: [0x0302] }) })],
      }),
    },
    undetermined: dialects.undetermined,
  },
  "vni-server-capabilities-differ": serverCases({ capabilities: 0x4e }),
  "vni-server-guid-differs": serverCases({ guid: OTHER_GUID }),
  "vni-server-security-mode-differs": serverCases({ securityMode: 3 }),
  "vni-dialect-differs": serverCases({ dialect: 0x0300 }),
};
