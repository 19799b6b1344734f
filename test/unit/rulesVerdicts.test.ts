import { describe, expect, it } from "vitest";
import type { ConnectionFacts } from "../../src/core/model/connectionFacts.ts";
import { connectionOutcome } from "../../src/core/rules/connectionOutcome.ts";
import { judgeConnection } from "../../src/core/rules/engine.ts";
import { RULES } from "../../src/core/rules/list.ts";
import { renderFinding } from "../../src/core/rules/renderFinding.ts";
import { validationVerdicts } from "../../src/core/rules/validateComparison.ts";
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
  STATUS_ACCESS_DENIED,
  STATUS_FILE_CLOSED,
  session,
  startsLate,
  validateError,
  validateRequest,
  validateResponse,
  validation,
} from "../support/connectionFacts.ts";

function outcomeOf(facts: ConnectionFacts) {
  const { findings, outcomes } = judgeConnection(facts);
  return connectionOutcome(findings, outcomes, validationVerdicts(facts), facts);
}

const changed = negotiate({ response: negotiateResponse({ capabilities: 0x4e }) });

describe("validationVerdicts", () => {
  it("holds where both sides agree under protection", () => {
    expect(validationVerdicts(makeFacts())).toEqual([{ verdict: "holds", reason: null }]);
  });

  it("holds for a superset of dialects with the same highest", () => {
    const negotiates = [negotiate({ request: negotiateRequest({ dialects: [0x0302] }) })];
    expect(validationVerdicts(makeFacts({ negotiates }))[0]?.verdict).toBe("holds");
  });

  it("compares with the NEGOTIATE that settled the dialect, not with a refused second one", () => {
    const refused = negotiate({ response: negotiateResponse({ frame: 9, status: 0xc00000bb, capabilities: 0 }) });
    expect(validationVerdicts(makeFacts({ negotiates: [negotiate(), refused] }))[0]?.verdict).toBe("holds");
  });

  it.each<[string, ConnectionFacts]>([
    ["a server value differs", makeFacts({ negotiates: [changed] })],
    ["a client value differs", makeFacts({ negotiates: [negotiate({ request: negotiateRequest({ securityMode: 0 }) })] })],
    ["the answer is unprotected", makeFacts({ validations: [validation({ response: validateResponse({ signed: false }) })] })],
    ["the answer is ACCESS_DENIED", makeFacts({ validations: [validation({ response: validateError(STATUS_ACCESS_DENIED) })] })],
    ["the request is unprotected", makeFacts({ validations: [validation({ request: validateRequest({ signed: false }) })] })],
    ["the server closes instead", endsAtRequest({ ends: [end("server", "RST", 15)] })],
    ["the dialect is 3.1.1", makeFacts311({ validations: [validation()] })],
  ])("fails where %s", (_name, facts) => {
    expect(validationVerdicts(facts)).toEqual([{ verdict: "fails", reason: null }]);
  });

  it.each<[string, ConnectionFacts]>([
    ["negotiate-missing", makeFacts({ negotiates: [], dialect: null })],
    ["negotiate-request-missing", makeFacts({ negotiates: [negotiate({ request: null })] })],
    ["negotiate-response-missing", makeFacts({ negotiates: [negotiate({ response: null })] })],
    ["validate-request-missing", makeFacts({ validations: [validation({ request: null })] })],
    ["answered-with-error", makeFacts({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED) })] })],
    ["answer-lost", makeFacts({ validations: [validation({ response: null, answerLost: true })] })],
    ["capture-ends", endsAtRequest()],
    ["unanswered", endsAtRequest({ ends: [end("client", "FIN", 15)] })],
    ["message-truncated", makeFacts({ validations: [validation({ response: validateResponse({ values: null, truncated: true }) })] })],
    ["answer-unreadable", makeFacts({ validations: [validation({ response: validateResponse({ values: null, outputCount: 4 }) })] })],
  ])("cannot tell: %s", (reason, facts) => {
    expect(validationVerdicts(facts)).toEqual([{ verdict: "undetermined", reason }]);
  });
});

describe("connectionOutcome", () => {
  it("lets the worst finding decide", () => {
    const plain = { requests: { signed: 2, unsigned: 9, encrypted: 0 }, responses: { signed: 2, unsigned: 9, encrypted: 0 } };
    expect(outcomeOf(makeFacts({ negotiates: [changed], sessions: [session(plain)] }))).toEqual({
      outcome: "failed",
      decidedBy: "vni-server-capabilities-differ",
      reason: null,
    });
    expect(outcomeOf(makeFacts({ sessions: [session(plain)] }))).toEqual({
      outcome: "warning",
      decidedBy: "signing-not-required",
      reason: null,
    });
  });

  it.each<[string, ConnectionFacts, string, string | null]>([
    ["a validation that holds", makeFacts(), "validated", null],
    ["3.1.1 without findings", makeFacts311(), "healthy", null],
    ["a finding of severity information alone", makeFacts({ validations: [] }), "healthy", null],
    ["a late start", startsLate(), "unknown", "negotiate-missing"],
    [
      "a validation answered with an error",
      makeFacts({ validations: [validation({ response: validateError(STATUS_FILE_CLOSED) })] }),
      "unknown",
      "answered-with-error",
    ],
    [
      "hidden by encryption",
      makeFacts({ validations: [], encryptedMessages: 9, sessions: [session({ flags: 4 })] }),
      "unknown",
      "encrypted",
    ],
    ["remains without a message", startsLate({ messages: 0, sessions: [] }), "unknown", "no-messages"],
    [
      "one that holds beside one that was lost",
      makeFacts({ validations: [validation(), validation({ response: null, answerLost: true })] }),
      "validated",
      null,
    ],
  ])("%s", (_name, facts, outcome, reason) => {
    expect(outcomeOf(facts)).toEqual({ outcome, decidedBy: null, reason });
  });
});

describe("judgeConnection", () => {
  it("allocates no verdict for a healthy connection: the shared ones come back", () => {
    const first = judgeConnection(makeFacts()).outcomes;
    const second = judgeConnection(makeFacts({ id: 2 })).outcomes;
    expect(first.length).toBeGreaterThan(10);
    first.forEach((outcome, index) => {
      expect(outcome).toBe(second[index]);
    });
  });

  it("gives one finding a cause, with the abort as its effect", () => {
    const { findings, outcomes } = judgeConnection(endsAtAnswer({ negotiates: [changed] }));
    expect(findings.map((finding) => finding.rule)).toEqual(["vni-server-capabilities-differ"]);
    expect(findings[0]?.evidence.find((piece) => piece.role === "effect")).toEqual({ frame: 16, role: "effect", value: "FIN" });
    expect(outcomes.some((outcome) => outcome.rule === "vni-response-aborted")).toBe(false);
  });

  it("counts every exchange, but keeps the evidence of a bounded number", () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      validation({ request: validateRequest({ frame: 100 + 2 * index }), response: validateResponse({ frame: 101 + 2 * index }) }),
    );
    const finding = judgeConnection(makeFacts({ negotiates: [changed], validations: many })).findings[0];
    expect(finding?.count).toBe(500);
    expect(finding?.frames).toHaveLength(32);
  });

  it("names field, values and direction of both messages", () => {
    const [finding] = judgeConnection(endsAtAnswer({ negotiates: [changed] })).findings;
    expect(finding?.evidence.slice(0, 2)).toEqual([
      { frame: 6, role: "expected", command: 0, response: true, field: "Capabilities", value: "0x0000004e" },
      { frame: 15, role: "observed", command: 11, response: true, field: "Capabilities", value: "0x0000004f" },
    ]);
  });
});

describe("renderFinding", () => {
  it("tells the cause, the flag and the end in both languages", () => {
    const [finding] = judgeConnection(endsAtAnswer({ negotiates: [changed] })).findings;
    if (finding === undefined) throw new Error("no finding");
    expect(renderFinding(finding, "en").what).toBe(
      "The NEGOTIATE response [6] says Capabilities 0x0000004e, the signed answer to the validation [15] says 0x0000004f. SMB2_GLOBAL_CAP_DFS is missing in [6]: something between the server and this capture point changed the message. The client then ended the connection with FIN [16].",
    );
    expect(renderFinding(finding, "ja").title).toBe(
      "サーバーの NEGOTIATE 応答が途中で書き換えられたため、クライアントが接続を切断しました。",
    );
  });

  it("does not say that the client closed a connection on which it went on", () => {
    const [finding] = judgeConnection(makeFacts({ negotiates: [changed] })).findings;
    if (finding === undefined) throw new Error("no finding");
    expect(renderFinding(finding, "en").title).toContain("but the client went on");
    expect(renderFinding(finding, "en").what).toContain("went on all the same [16]");
  });

  it("gives the id of an unknown rule instead of failing", () => {
    const [finding] = judgeConnection(makeFacts({ negotiates: [changed] })).findings;
    if (finding === undefined) throw new Error("no finding");
    expect(renderFinding({ ...finding, rule: "from-a-later-version" }, "en").title).toBe("from-a-later-version");
  });
});

describe("less capture", () => {
  it("never gives a finding of severity error that the whole capture does not give", () => {
    const whole = makeFacts();
    const cuts: readonly ConnectionFacts[] = [
      makeFacts({ negotiates: [], dialect: null }),
      makeFacts({ negotiates: [negotiate({ request: null })] }),
      makeFacts({ negotiates: [negotiate({ response: null })], dialect: null }),
      makeFacts({ validations: [validation({ request: null })] }),
      makeFacts({ validations: [validation({ response: null, answerLost: true, nextRequest: next(16, 5) })] }),
      endsAtRequest(),
      startsLate(),
    ];
    expect(errors(whole)).toEqual([]);
    for (const cut of cuts) expect(errors(cut)).toEqual([]);
  });
});

function errors(facts: ConnectionFacts): readonly string[] {
  const severe = new Set(RULES.filter((rule) => rule.severity === "error").map((rule) => rule.id));
  return judgeConnection(facts)
    .findings.filter((finding) => severe.has(finding.rule))
    .map((finding) => finding.rule);
}
