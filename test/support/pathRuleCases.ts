import { end, makeFacts, SECOND, startsLate } from "./connectionFacts.ts";
import { endHeader, openingWith, pathFacts, senderFacts } from "./pathFacts.ts";
import type { RuleCases } from "./ruleCases.ts";

const QUERY = [0x01, 0, 10, 1, 1, 5, 0, 5];

function withOption(kind: number, value: readonly number[], side: "client" | "server" = "client") {
  const opening = openingWith(kind, value, side === "client" ? 1 : 2);
  return makeFacts({ path: pathFacts({ [side]: senderFacts({ opening, hasUnusualOption: true }) }) });
}

const serverRst = [end("server", "RST", 50)];

/** A connection that is reset in the server's name; the packets of the server had TTL 128 and counted their identifications. */
function resetBy(header: Parameters<typeof endHeader>[0]) {
  return makeFacts({ ends: serverRst, path: pathFacts({ ends: [endHeader(header)] }) });
}

const wentOn = { resetFrame: 50, frame: 52, after: 1e6, answeredFrame: 53 };
const wentOnAfterReset = (over: Partial<typeof wentOn> | { readonly answeredFrame: null }, header = endHeader()) =>
  makeFacts({ ends: serverRst, path: pathFacts({ server: senderFacts({ wentOn: { ...wentOn, ...over } }), ends: [header] }) });

const neverOpened = {
  messages: 0,
  negotiates: [],
  dialect: null,
  sessions: [],
  trees: [],
  validations: [],
  ends: [],
  lastClientMessage: null,
} as const;
const refused = pathFacts({ unopened: "refused", ends: [endHeader({ sequenceOffset: null })] });
const silent = (synRepeats: number) => pathFacts({ unopened: "unanswered", synRepeats, ends: [] });
const repetition = { count: 5, firstFrame: 15, lastFrame: 19, span: 9 * SECOND };
const clientRst = [end("client", "RST", 20)];

/** Cases of the rules on what happens between the ends. */
export const pathRuleCases: Readonly<Record<string, RuleCases>> = {
  "path-wan-accelerator": {
    fires: {
      "SteelHead's query in the SYN": { facts: withOption(76, QUERY), frames: [1], certainty: "proved" },
      "SteelHead's transparency in the answer": {
        facts: withOption(78, [0, 0, 10, 1, 1, 5, 10, 2, 2, 5, 0xd9, 3, 1, 0xbd], "server"),
        frames: [2],
        certainty: "proved",
      },
      "WAAS, whose option is not documented inside": { facts: withOption(33, [1, 2]), frames: [1], certainty: "suspected" },
      Citrix: { facts: withOption(25, []), frames: [1], certainty: "suspected" },
      "an option of nobody known": { facts: withOption(77, [1, 2, 3]), frames: [1], certainty: "suspected" },
      "a transparency option that is too short": { facts: withOption(78, [0, 1]), frames: [1], certainty: "suspected" },
    },
    silent: {
      "the usual options": makeFacts(),
      "Multipath TCP": withOption(30, [0, 0x81, 1, 2, 3, 4, 5, 6, 7, 8]),
      "TCP Fast Open": withOption(34, [1, 2, 3, 4]),
      "user time-out": withOption(28, [0, 60]),
      "no SMB": makeFacts({ ...neverOpened, path: pathFacts({ client: senderFacts({ hasUnusualOption: true }) }) }),
    },
    undetermined: {
      "the handshake is missing": [
        startsLate({ path: pathFacts({ client: senderFacts({ opening: null }), server: senderFacts({ opening: null }) }) }),
        "handshake-missing",
      ],
      "an option for experiments": [withOption(254, [0xf9, 0x89]), "option-of-anybody"],
    },
  },
  "path-reset-injected": {
    fires: {
      "both ends go on": { facts: wentOnAfterReset({}), frames: [50], evidence: [52, 53], certainty: "proved" },
      "the server goes on, the client has believed the reset": {
        facts: wentOnAfterReset({ answeredFrame: null }),
        frames: [50],
        evidence: [52],
        certainty: "suspected",
      },
      "another TTL and no time stamps": {
        facts: resetBy({ ttl: 61, sender: { ttl: 58, timestamps: true } }),
        frames: [50],
        evidence: [2],
        certainty: "suspected",
      },
      "another TTL and an identification out of the count": {
        facts: resetBy({ ttl: 250, id: 40_000 }),
        frames: [50],
        certainty: "suspected",
      },
      "both ends at once": {
        facts: makeFacts({
          ends: [end("server", "RST", 50, 5 * SECOND), end("client", "RST", 51, 5 * SECOND + 2e5)],
          path: pathFacts({ ends: [endHeader({ ttl: 60, id: 0 }), endHeader({ ttl: 60, id: 0 })] }),
        }),
        frames: [50],
        certainty: "suspected",
      },
    },
    silent: {
      "the server's own": resetBy({}),
      "for a socket that is closed": resetBy({ ack: false, id: 0, acknowledgmentOffset: null }),
      "a route that changed by a hop": resetBy({ ttl: 127, id: 40_000 }),
      "of a machine that counts anew": resetBy({ id: 40_000 }),
      "behind its own FIN": makeFacts({
        ends: [end("server", "FIN", 49), end("server", "RST", 50)],
        path: pathFacts({ ends: [endHeader(), endHeader({ ttl: 60, id: 40_000 })] }),
      }),
      "a FIN with another TTL": makeFacts({ path: pathFacts({ ends: [endHeader({ ttl: 60, id: 40_000 })] }) }),
    },
    undetermined: {
      "only the TTL": [resetBy({ ttl: 60, id: 0 }), "ttl-alone"],
      "nothing to compare with": [resetBy({ ttl: 60, id: 40_000, sender: { ttl: null, samples: 1 } }), "sender-unknown"],
    },
  },
  "tcp-connect-refused": {
    fires: {
      "a RST": {
        facts: makeFacts({ ...neverOpened, ends: [end("server", "RST", 2)], path: refused }),
        frames: [2],
        evidence: [1],
        certainty: "proved",
      },
      "no answer for 20 seconds": { facts: makeFacts({ ...neverOpened, captureEndTime: 20 * SECOND, path: silent(3) }), frames: [1] },
    },
    silent: {
      "it was opened": makeFacts(),
      "the capture starts later": startsLate(),
    },
    undetermined: {
      "the capture ends too soon": [makeFacts({ ...neverOpened, captureEndTime: 14 * SECOND, path: silent(3) }), "capture-ends"],
      "one retransmission, of which the answer may be lost": [
        makeFacts({ ...neverOpened, captureEndTime: 90 * SECOND, path: silent(1) }),
        "capture-ends",
      ],
    },
  },
  "tcp-retransmit-reset": {
    fires: {
      "the client's, and its RST": {
        facts: makeFacts({ ends: clientRst, path: pathFacts({ client: senderFacts({ repetition, retransmissions: 5 }) }) }),
        frames: [15, 19],
        evidence: [20],
      },
      "the server's": { facts: makeFacts({ ends: clientRst, path: pathFacts({ server: senderFacts({ repetition }) }) }), frames: [15, 19] },
    },
    silent: {
      "two of them": makeFacts({
        ends: clientRst,
        path: pathFacts({ client: senderFacts({ repetition: { ...repetition, count: 2 }, retransmissions: 2 }) }),
      }),
      "too quick for time-outs": makeFacts({
        ends: clientRst,
        path: pathFacts({ client: senderFacts({ repetition: { ...repetition, span: 1e6 }, retransmissions: 5 }) }),
      }),
      "closed by FIN": makeFacts({ path: pathFacts({ client: senderFacts({ retransmissions: 9 }) }) }),
    },
    undetermined: {
      "the capture ends": [
        makeFacts({ ends: [], path: pathFacts({ client: senderFacts({ retransmissions: 4 }), ends: [] }) }),
        "capture-ends",
      ],
    },
  },
  "capture-lost-frames": {
    fires: {
      "an answer is missing": {
        facts: makeFacts({ lostFromServer: 300, hidingGaps: 2, firstHidingGap: { frame: 16, from: "server" } }),
        frames: [16],
      },
      "a request is missing": {
        facts: makeFacts({ lostFromClient: 300, hidingGaps: 1, firstHidingGap: { frame: 16, from: "client" } }),
        frames: [16],
      },
    },
    silent: { "nothing is missing": makeFacts() },
    undetermined: { "lost on the way, perhaps": [makeFacts({ lostFromServer: 300 }), "bytes-lost"] },
  },
};
