import {
  end,
  endsAtAnswer,
  endsAtRequest,
  makeFacts,
  makeFacts311,
  message,
  negotiate,
  negotiateRequest,
  negotiateResponse,
  next,
  OTHER_GUID,
  SECOND,
  STATUS_ACCESS_DENIED,
  STATUS_FILE_CLOSED,
  session,
  startsLate,
  tree,
  validateError,
  validateRequest,
  validateResponse,
  validation,
} from "./connectionFacts.ts";
import type { RuleCases } from "./ruleCases.ts";

const guest = session({ flags: 1, final: { ...message(11, { signed: false }), status: 0 } });
const unprotectedPair = validation({ request: validateRequest({ signed: false }), response: validateResponse({ signed: false }) });
const pending = { ...message(15, { signed: false }), status: 0x103 };

/** Cases of the rules on how the validation is sent, protected and answered. */
export const validateProtocolCases: Readonly<Record<string, RuleCases>> = {
  "vni-response-unprotected": {
    fires: {
      "success without signature": {
        facts: endsAtAnswer({ validations: [validation({ response: validateResponse({ signed: false }), nextRequest: null })] }),
        frames: [15],
        evidence: [4, 6, 14, 16],
      },
      "an error without signature, the client goes on": {
        facts: makeFacts({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED, { signed: false }) })] }),
        frames: [15],
        evidence: [6],
      },
      "ACCESS_DENIED without signature": {
        facts: makeFacts({ validations: [validation({ response: validateError(STATUS_ACCESS_DENIED, { signed: false }) })] }),
        frames: [15],
      },
      "an all-zero signature": {
        facts: makeFacts({ validations: [validation({ response: validateResponse({ signatureZero: true }) })] }),
        frames: [15],
      },
      "the request is missing: only suspected": {
        facts: makeFacts({ validations: [validation({ request: null, response: validateResponse({ signed: false }) })] }),
        frames: [15],
        certainty: "suspected",
      },
    },
    silent: {
      "the request was unprotected too": makeFacts({ validations: [unprotectedPair] }),
      "an interim response is never signed": makeFacts({
        validations: [validation({ interim: pending, response: validateResponse({ frame: 17 }) })],
      }),
      encrypted: makeFacts({ validations: [validation({ response: validateResponse({ signed: false, encrypted: true }) })] }),
      "a guest has no key": makeFacts({
        sessions: [guest],
        validations: [validation({ request: null, response: validateResponse({ signed: false }) })],
      }),
    },
    undetermined: {
      "the answer was lost from the capture": [
        makeFacts({ validations: [validation({ response: null, answerLost: true })] }),
        "answer-lost",
      ],
      "the capture ends at the request": [endsAtRequest(), "capture-ends"],
    },
  },
  "vni-request-unprotected": {
    fires: {
      "neither request nor answer is signed": { facts: makeFacts({ validations: [unprotectedPair] }), frames: [14], evidence: [4, 15] },
      "an all-zero signature": {
        facts: makeFacts({ validations: [validation({ request: validateRequest({ signatureZero: true }) })] }),
        frames: [14],
      },
    },
    silent: {
      signed: makeFacts(),
      "a guest has no key": makeFacts({ sessions: [guest], validations: [unprotectedPair] }),
    },
    undetermined: {
      "the request is missing": [makeFacts({ validations: [validation({ request: null })] }), "validate-request-missing"],
    },
  },
  "vni-access-denied": {
    fires: {
      "signed, then the client closes": {
        facts: endsAtAnswer({ validations: [validation({ response: validateError(STATUS_ACCESS_DENIED), nextRequest: null })] }),
        frames: [15],
        evidence: [4, 6, 14, 16],
      },
    },
    silent: {
      "another status": makeFacts({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED) })] }),
      "unsigned is another rule's": makeFacts({
        validations: [validation({ response: validateError(STATUS_ACCESS_DENIED, { signed: false }) })],
      }),
    },
    undetermined: { "the capture ends at the request": [endsAtRequest(), "capture-ends"] },
  },
  "vni-error-accepted": {
    fires: {
      "a known status": {
        facts: makeFacts({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED) })] }),
        frames: [15],
        evidence: [14],
      },
      "a status that nobody is known to send": {
        facts: makeFacts({ validations: [validation({ response: validateError(0xc000009a) })] }),
        frames: [15],
      },
      "the client goes on encrypted": {
        facts: makeFacts({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED), nextRequest: next(16, -1) })] }),
        frames: [15],
      },
    },
    silent: {
      "the client closes": endsAtAnswer({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED), nextRequest: null })] }),
      "the client logs off": makeFacts({
        validations: [validation({ response: validateError(STATUS_FILE_CLOSED), nextRequest: next(16, 2) })],
      }),
      success: makeFacts(),
    },
    undetermined: {
      "the capture ends at the answer": [
        endsAtAnswer({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED), nextRequest: null })], ends: [] }),
        "capture-ends",
      ],
    },
  },
  "vni-request-aborted": {
    fires: {
      "the server resets": {
        facts: endsAtRequest({ ends: [end("server", "RST", 15)] }),
        frames: [14],
        evidence: [4, 15],
      },
      "the server closes after an interim response": {
        facts: endsAtRequest({
          validations: [validation({ response: null, interim: pending, nextRequest: null })],
          lastMessageFrame: 15,
          ends: [end("server", "FIN", 16)],
        }),
        frames: [14],
        evidence: [16],
      },
      "NEGOTIATE is missing": {
        facts: endsAtRequest({ negotiates: [], dialect: null, ends: [end("server", "FIN", 15)] }),
        frames: [14],
      },
      "only the second validation of the connection": {
        facts: endsAtRequest({
          validations: [validation(), validation({ request: validateRequest({ frame: 22 }), response: null, nextRequest: null })],
          ends: [end("server", "FIN", 23)],
          lastClientMessage: next(22, 11),
          lastMessageFrame: 22,
        }),
        frames: [22],
        evidence: [23],
      },
    },
    silent: {
      "a difference is the cause": endsAtRequest({
        negotiates: [negotiate({ request: negotiateRequest({ capabilities: 1 }) })],
        ends: [end("server", "FIN", 15)],
      }),
      "the client closes": endsAtRequest({ ends: [end("client", "FIN", 15, 21 * SECOND)] }),
      "answered, then closed by the server": endsAtAnswer({ ends: [end("server", "FIN", 16)] }),
      "the end of an earlier connection on the same ports": makeFacts({ ends: [end("server", "FIN", 1)] }),
    },
    undetermined: {
      "only an earlier connection on the same ports was ended": [endsAtRequest({ ends: [end("server", "FIN", 1)] }), "capture-ends"],
      "the capture ends at the request": [endsAtRequest(), "capture-ends"],
      "the answer was lost from the capture": [
        endsAtRequest({
          validations: [validation({ response: null, answerLost: true, nextRequest: null })],
          ends: [end("server", "FIN", 30)],
        }),
        "answer-lost",
      ],
    },
  },
  "vni-response-aborted": {
    fires: {
      "the client closes": { facts: endsAtAnswer(), frames: [15], evidence: [4, 6, 14, 16], certainty: "suspected" },
      "the client resets after an error": {
        facts: endsAtAnswer({
          validations: [validation({ response: validateError(STATUS_FILE_CLOSED), nextRequest: null })],
          ends: [end("client", "RST", 16)],
        }),
        frames: [15],
      },
      "the client logs off": {
        facts: makeFacts({ validations: [validation({ nextRequest: next(16, 2) })], ends: [] }),
        frames: [15],
        evidence: [16],
      },
      "NEGOTIATE is missing": { facts: endsAtAnswer({ negotiates: [], dialect: null, synSeen: false }), frames: [15] },
    },
    silent: {
      "the client goes on": makeFacts(),
      "TREE_DISCONNECT means that it was accepted": makeFacts({ validations: [validation({ nextRequest: next(16, 4) })] }),
      "the client goes on encrypted": makeFacts({ validations: [validation({ nextRequest: next(16, -1) })] }),
      "the server closes": endsAtAnswer({ ends: [end("server", "RST", 16)] }),
      "a difference is the cause": endsAtAnswer({ negotiates: [negotiate({ response: negotiateResponse({ guid: OTHER_GUID }) })] }),
      "unprotected is the cause": endsAtAnswer({
        validations: [validation({ response: validateResponse({ signed: false }), nextRequest: null })],
      }),
      "ACCESS_DENIED is the cause": endsAtAnswer({
        validations: [validation({ response: validateError(STATUS_ACCESS_DENIED), nextRequest: null })],
      }),
      "the client closes after minutes of silence": endsAtAnswer({ ends: [end("client", "FIN", 16, 300 * SECOND)] }),
    },
    undetermined: {
      "the capture ends at the answer": [endsAtAnswer({ ends: [] }), "capture-ends"],
      "requests may have been lost": [endsAtAnswer({ lostFromClient: 120 }), "bytes-lost"],
    },
  },
  "vni-unanswered": {
    fires: {
      "the client gives up": {
        facts: endsAtRequest({ ends: [end("client", "FIN", 20, 20 * SECOND)] }),
        frames: [14],
        evidence: [4, 6, 20],
      },
      "the capture goes on": { facts: endsAtRequest({ captureEndTime: 16 * SECOND }), frames: [14] },
      "the server answers later requests and closes": {
        facts: makeFacts({
          validations: [validation({ response: null, nextRequest: next(30, 3) })],
          lastClientMessage: next(30, 3),
          lastMessageFrame: 31,
          ends: [end("server", "FIN", 40, 40 * SECOND)],
        }),
        frames: [14],
      },
    },
    silent: {
      answered: makeFacts(),
      "the server closes instead": endsAtRequest({ ends: [end("server", "FIN", 15)] }),
    },
    undetermined: {
      "the capture ends at the request": [endsAtRequest(), "capture-ends"],
      "the capture goes on for less than 15 seconds": [endsAtRequest({ captureEndTime: 14 * SECOND }), "capture-ends"],
      "the answer was lost from the capture": [
        makeFacts({ validations: [validation({ response: null, answerLost: true })] }),
        "answer-lost",
      ],
    },
  },
  "vni-on-smb311": {
    fires: {
      "the server closes": {
        facts: makeFacts311({ validations: [validation({ response: null, nextRequest: null })], ends: [end("server", "FIN", 15)] }),
        frames: [14],
        evidence: [6, 15],
      },
    },
    silent: { "3.0.2": makeFacts(), "3.1.1 without validation": makeFacts311() },
    undetermined: { "NEGOTIATE is missing": [makeFacts({ negotiates: [], dialect: null }), "negotiate-missing"] },
  },
  "vni-output-too-small": {
    fires: {
      "16 bytes": {
        facts: makeFacts({ validations: [validation({ request: validateRequest({ maxOutputResponse: 16 }) })] }),
        frames: [14],
        evidence: [4],
      },
    },
    silent: {
      "more than needed": makeFacts({ validations: [validation({ request: validateRequest({ maxOutputResponse: 16_384 }) })] }),
    },
    undetermined: {
      "the request was cut": [
        makeFacts({ validations: [validation({ request: validateRequest({ maxOutputResponse: 0, truncated: true }) })] }),
        "message-truncated",
      ],
    },
  },
  "vni-malformed": {
    fires: {
      "FileId, Flags and InputOffset": {
        facts: makeFacts({
          validations: [validation({ request: validateRequest({ fileIdAllOnes: false, ioctlFlags: 0, inputOffset: 123 }) })],
        }),
        frames: [14],
        evidence: [4],
      },
      "FileId alone": {
        facts: makeFacts({ validations: [validation({ request: validateRequest({ fileIdAllOnes: false }) })] }),
        frames: [14],
      },
      "InputCount does not fit DialectCount": {
        facts: makeFacts({ validations: [validation({ request: validateRequest({ inputCount: 40 }) })] }),
        frames: [14],
      },
      "the answer is too short": {
        facts: makeFacts({ validations: [validation({ response: validateResponse({ values: null, outputCount: 20 }) })] }),
        frames: [15],
      },
    },
    silent: {
      "a larger MaxOutputResponse": makeFacts({ validations: [validation({ request: validateRequest({ maxOutputResponse: 16_384 }) })] }),
      "an error has no output": makeFacts({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED) })] }),
    },
    undetermined: {
      "both messages were cut": [
        makeFacts({
          validations: [
            validation({
              request: validateRequest({ inputOffset: 0, truncated: true }),
              response: validateResponse({ values: null, outputCount: 0, truncated: true }),
            }),
          ],
        }),
        "message-truncated",
      ],
    },
  },
  "vni-not-sent": {
    fires: { "3.0.2": { facts: makeFacts({ validations: [] }), frames: [13], evidence: [4, 6] } },
    silent: {
      sent: makeFacts(),
      "nothing but the TREE_CONNECT": makeFacts({ validations: [], fileRequests: 0 }),
      "the client implements no 3.x": makeFacts({
        validations: [],
        dialect: 0x0210,
        negotiates: [
          negotiate({ request: negotiateRequest({ dialects: [0x0202, 0x0210] }), response: negotiateResponse({ dialect: 0x0210 }) }),
        ],
      }),
      "a guest": makeFacts({ validations: [], sessions: [guest] }),
      encrypted: makeFacts({ validations: [], encryptedMessages: 20, sessions: [session({ flags: 4 })] }),
      "3.1.1": makeFacts311(),
    },
    undetermined: {
      "requests were lost": [makeFacts({ validations: [], lostFromClient: 200 }), "bytes-lost"],
      "the NEGOTIATE request is missing": [
        makeFacts({ validations: [], negotiates: [negotiate({ request: null })] }),
        "negotiate-request-missing",
      ],
    },
  },
  "vni-hidden": {
    fires: {
      "the session is encrypted": {
        facts: makeFacts({ validations: [], encryptedMessages: 20, sessions: [session({ flags: 4 })] }),
        frames: [11],
        evidence: [4, 6],
      },
      "the share is encrypted": {
        facts: makeFacts({ validations: [], encryptedMessages: 20, trees: [tree({ shareFlags: 0x8000 })] }),
        frames: [13],
      },
      "the client encrypts": {
        facts: makeFacts({ validations: [], encryptedMessages: 20, trees: [], sessions: [session({ nextRequest: next(12, -1) })] }),
        frames: [12],
      },
    },
    silent: {
      "3.1.1 has no validation": makeFacts311({ encryptedMessages: 20, sessions: [session({ flags: 4 })] }),
      "nothing is encrypted": makeFacts({ validations: [] }),
      "the validation was seen before the client encrypts": makeFacts({ encryptedMessages: 20 }),
    },
    undetermined: { "NEGOTIATE is missing": [startsLate({ encryptedMessages: 20 }), "negotiate-missing"] },
  },
};
