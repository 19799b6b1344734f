import { describe, expect, it } from "vitest";
import type { ConnectionFacts, ValidationFacts } from "../../src/core/index.ts";
import { comparisonView } from "../../src/host/views/comparisonView.ts";
import { tellingExchange } from "../../src/host/views/tellingExchange.ts";
import { textsOf } from "../../src/host/views/textsOf.ts";
import type { CompareRowView, ComparisonView } from "../../src/protocol/views.ts";
import {
  connectionDetail,
  connectionFacts,
  negotiateRequest,
  negotiateResponse,
  session,
  validateRequest,
  validateResponse,
  validation,
} from "../support/handMadeConnection.ts";

function compare(facts: Partial<ConnectionFacts>, exchange = 0, language: "en" | "ja" = "en"): ComparisonView {
  const { comparison, reason } = comparisonView(connectionDetail(connectionFacts(facts)), exchange, textsOf(language));
  if (comparison === null) throw new Error(reason);
  return comparison;
}

function reason(facts: Partial<ConnectionFacts>): string {
  return comparisonView(connectionDetail(connectionFacts({ validations: [], ...facts })), 0, textsOf("en")).reason;
}

function row(view: ComparisonView, direction: "client" | "server", name: string): CompareRowView {
  const rows = view.groups.find((group) => group.direction === direction)?.rows ?? [];
  const found = rows.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No row ${direction} ${name}`);
  return found;
}

const answer = { capabilities: 0x4f, guid: { a: 5, b: 6, c: 7, d: 8 }, securityMode: 1, dialect: 0x0302 };

describe("comparison", () => {
  it("says that all is equal, and that both checks pass", () => {
    const view = compare({});
    expect(view.title).toBe("All eight values are equal.");
    expect(view.differences).toBe(0);
    expect(view.groups.map((group) => group.summary)).toEqual([
      "All equal: the server’s own check passed.",
      "All equal: the client’s check passes.",
    ]);
    expect(view.groups.flatMap((group) => group.rows.map((one) => one.mark))).toEqual(Array(8).fill("equal"));
  });

  it("says what a changed response lost", () => {
    const view = compare({ negotiates: [{ request: negotiateRequest(), response: negotiateResponse({ capabilities: 0x4e }) }] });
    expect(view.title).toBe("One of eight values differs: the server’s Capabilities lost SMB2_GLOBAL_CAP_DFS on the way.");
    const capabilities = row(view, "server", "Capabilities");
    expect(capabilities.mark).toBe("differs");
    expect(capabilities.left?.value).toEqual({ before: "0x0000004", marked: "E", after: "", side: "was" });
    expect(capabilities.right?.value).toEqual({ before: "0x0000004", marked: "F", after: "", side: "now" });
    expect(capabilities.children.filter((bit) => bit.mark === "differs").map((bit) => bit.name)).toEqual(["DFS"]);
  });

  it("tells a gained bit from a lost one, in the request too", () => {
    const request = negotiateRequest({ capabilities: 0x7f });
    const validations = [validation({ request: validateRequest({ capabilities: 0x3f }) })];
    const view = compare({ negotiates: [{ request, response: negotiateResponse() }], validations });
    expect(view.title).toBe("One of eight values differs: the client’s Capabilities gained SMB2_GLOBAL_CAP_ENCRYPTION on the way.");
    expect(row(view, "client", "Capabilities").meaning).toBe("Changed on the way to the server");
    expect(view.groups[0]?.summary).toBe("One differs: the server must end the connection.");
  });

  it("does not say where a value was changed when its repetition is not protected", () => {
    const validations = [validation({ response: validateResponse({ signed: false, values: { ...answer, securityMode: 3 } }) })];
    const view = compare({ validations });
    expect(view.title).toBe("One of eight values differs: the server’s SecurityMode lost SMB2_NEGOTIATE_SIGNING_REQUIRED.");
    expect(row(view, "server", "SecurityMode").meaning).toBe("The two messages contradict each other");
    expect(view.groups[1]?.validate.note).toBe("not signed");
  });

  it("does not count an all-zero signature as protection", () => {
    const validations = [validation({ response: validateResponse({ signatureZero: true, values: { ...answer, securityMode: 3 } }) })];
    const view = compare({ validations });
    expect(view.groups[1]?.validate.note).toBe("signature all zero");
    expect(view.title).not.toContain("on the way");
  });

  it("names several differing fields with their sides", () => {
    const negotiates = [
      { request: negotiateRequest(), response: negotiateResponse({ guid: { a: 1, b: 1, c: 1, d: 1 }, dialect: 0x0300 }) },
    ];
    const view = compare({ negotiates, dialect: 0x0300 });
    expect(view.title).toBe("Two of eight values differ: the server’s Guid and the server’s Dialect.");
    expect(row(view, "server", "Dialect").left?.text).toBe("3.0");
    expect(view.groups[1]?.summary).toBe("Two differ: the client must end the connection.");
  });

  it("lets a superset of dialects with the same highest pass", () => {
    const dialects = [0x0202, 0x0210, 0x0222, 0x0224, 0x0300, 0x0302];
    const view = compare({ validations: [validation({ request: validateRequest({ dialects }) })] });
    expect(view.differences).toBe(0);
    expect(view.title).toBe("All eight values agree: the validation only names more dialects, which is allowed.");
    expect(row(view, "client", "Dialects").mark).not.toBe("differs");
    expect(row(view, "client", "Dialects").meaning).toContain("allowed");
  });

  it("accuses missing dialects", () => {
    const request = negotiateRequest({ dialects: [0x0202, 0x0210] });
    const negotiates = [{ request, response: negotiateResponse({ dialect: 0x0210 }) }];
    const view = compare({ negotiates, dialect: 0x0210, validations: [validation({ response: null, nextRequest: null })] });
    expect(view.title).toBe("One of the four values that can be compared differs: the client’s Dialects lost 3.0 and 3.0.2 on the way.");
    expect(row(view, "server", "Capabilities").mark).toBe("missing");
    expect(row(view, "server", "Capabilities").right).toBeNull();
  });

  it("says why a side cannot be compared", () => {
    const summary = (response: ReturnType<typeof validateResponse> | null, answerLost = false) =>
      compare({ validations: [validation({ response, answerLost })] }).groups[1]?.summary;
    expect(summary(null)).toBe("Cannot be compared: the validation was not answered in this capture.");
    expect(summary(null, true)).toBe("Cannot be compared: the answer was lost from this capture.");
    expect(summary(validateResponse({ status: 0xc0000128, values: null }))).toBe(
      "Cannot be compared: the server answered STATUS_FILE_CLOSED without values.",
    );
    expect(summary(validateResponse({ values: null }))).toBe("Cannot be compared: a message was cut or holds no readable values.");
  });

  it("never compares a message that was cut with one that was not", () => {
    const cut = negotiateRequest({ truncated: true, capabilities: 0, dialects: [] });
    const view = compare({ negotiates: [{ request: cut, response: negotiateResponse() }] });
    expect(row(view, "client", "Capabilities").mark).toBe("missing");
    expect(view.differences).toBe(0);
    expect(view.groups[0]?.negotiate.note).toBe("not signed, cut when captured");
  });

  it("shows what is there when NEGOTIATE is not", () => {
    const view = compare({ negotiates: [] });
    expect(view.title).toBe("The values cannot be compared.");
    expect(view.groups[0]?.negotiate).toMatchObject({ frame: null, note: "not in this capture" });
    expect(row(view, "client", "Capabilities").right?.value.before).toBe("0x0000007F");
  });

  it("switches between the validations of a connection, and stays within them", () => {
    const later = validation({ response: validateResponse({ frame: 25, values: { ...answer, capabilities: 0x07 } }) });
    const facts = { validations: [validation(), later] };
    expect(compare(facts, 0).differences).toBe(0);
    expect(compare(facts, 1).differences).toBe(1);
    expect(compare(facts, 99).exchange).toBe(1);
    expect(compare(facts, -1).exchange).toBe(0);
    expect(compare(facts).exchanges.map((one) => one.label)).toEqual(["Validation 1, frame 15", "Validation 2, frame 25"]);
  });

  it("keeps bits without a name", () => {
    const negotiates = [{ request: negotiateRequest(), response: negotiateResponse({ capabilities: 0x8000004f | 0 }) }];
    const view = compare({ negotiates });
    const unnamed = row(view, "server", "Capabilities").children.at(-1);
    expect(unnamed).toMatchObject({ name: "0x80000000", mark: "differs" });
    expect(view.title).toContain("gained 0x80000000");
  });

  it("shows NOTIFICATIONS only where it is set", () => {
    const names = (capabilities: number) =>
      row(
        compare({ negotiates: [{ request: negotiateRequest({ capabilities }), response: negotiateResponse() }] }),
        "client",
        "Capabilities",
      ).children.map((bit) => bit.name);
    expect(names(0x7f)).not.toContain("NOTIFICATIONS");
    expect(names(0xff)).toContain("NOTIFICATIONS");
  });

  it("does not call the client's check passed where the client gave up after the answer", () => {
    const end = { by: "client", how: "FIN", frame: 16, time: 16 * 100_000 } as const;
    const view = compare({ validations: [validation({ nextRequest: null })], ended: end, ends: [end], fileRequests: 0 });
    expect(view.title).toBe("All eight values are equal as captured here.");
    expect(view.groups[1]?.summary).toBe("All equal as captured here.");
  });
});

describe("the validation to show first", () => {
  const telling = (...validations: readonly ValidationFacts[]) => tellingExchange(connectionFacts({ validations }));
  const failing = validation({ response: validateResponse({ frame: 25, values: { ...answer, capabilities: 0x07 } }) });
  const refused = validation({ response: validateResponse({ frame: 35, status: 0xc0000128, values: null }) });
  const unanswered = validation({ response: null, answerLost: true });

  it("is the first that fails, wherever it stands", () => {
    expect(telling(validation(), refused, failing, failing)).toBe(2);
  });

  it("is else the first answered one that could not be judged", () => {
    expect(telling(validation(), unanswered, refused, refused)).toBe(2);
  });

  it("is else the first of all", () => {
    expect([telling(validation(), validation()), telling(validation(), unanswered), telling()]).toEqual([0, 0, 0]);
  });
});

describe("where there is nothing to compare", () => {
  it("says why", () => {
    expect(reason({ dialect: 0x0311 })).toContain("3.1.1");
    expect(reason({ sessions: [session({ flags: 1 })] })).toContain("guest");
    expect(reason({ sessions: [session({ flags: 2 })] })).toContain("anonymous");
    expect(reason({ encryptedMessages: 3 })).toContain("encrypted");
    expect(reason({ negotiates: [], dialect: null })).toContain("neither");
    expect(reason({ negotiates: [], dialect: null, truncatedMessages: 2 })).toContain("cut");
    expect(reason({ negotiates: [], dialect: null, smb1Messages: 4 })).toContain("SMB1");
    expect(reason({})).toBe("The client sent no validation on this connection.");
  });
});

describe("comparison as Markdown", () => {
  const view = compare({ negotiates: [{ request: negotiateRequest(), response: negotiateResponse({ capabilities: 0x4e }) }] });

  it("has a row for every value, and bits only where they differ", () => {
    const rows = view.markdown
      .split("\n")
      .filter((line) => line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| Field"));
    expect(rows).toHaveLength(8 + 7);
    expect(view.markdown).toContain("| Capabilities | 0x0000004E | ≠ | 0x0000004F | Changed on the way to the client |");
  });

  it("is in the user's language", () => {
    expect(compare({}, 0, "ja").markdown).toContain("クライアントからサーバーへ");
  });
});
