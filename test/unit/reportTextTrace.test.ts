import { describe, expect, it } from "vitest";
import {
  type ConnectionDetail,
  isFieldKey,
  isSectionId,
  ruleById,
  type TextTrace,
  type TraceSpan,
  type TraceSymbol,
  toTextTrace,
} from "../../src/core/index.ts";
import { caseNames, readCase } from "../support/caseCapture.ts";

const CASE = "tn_302_resp_caps_clear_dfs.client";

function textAt(trace: TextTrace, place: { readonly line: number; readonly start: number; readonly end: number }): string {
  return trace.text.split("\n")[place.line]?.slice(place.start, place.end) ?? "";
}

async function traceOf(name: string, connection = 0, language: "en" | "ja" = "en"): Promise<TextTrace> {
  const { analysis, details } = await readCase(name);
  const wanted = connection === 0 ? details : details.filter((detail) => detail.connection.id === connection);
  return toTextTrace(analysis, wanted, { name: "trace.pcap", language, connection });
}

describe("the Problem of a finding", () => {
  it("stands on the value that decides, and leads to the one it contradicts and to the end", async () => {
    const trace = await traceOf(CASE);
    expect(trace.problems).toHaveLength(1);
    const [problem] = trace.problems;
    expect(problem).toMatchObject({
      rule: "vni-server-capabilities-differ",
      severity: "error",
      connection: 1,
      frame: 15,
      finding: 0,
      count: 1,
    });
    expect(problem && textAt(trace, problem)).toBe("0x0000004f");
    expect(problem?.related.map((place) => textAt(trace, place))).toEqual(["0x0000004e", "TCP FIN"]);
    expect(problem?.related[0]?.text).toBe("[6] NEGOTIATE response: Capabilities 0x0000004e");
  });

  it("says what, why and what to do, and where its block begins", async () => {
    const trace = await traceOf(CASE);
    const [problem] = trace.problems;
    expect(trace.text.split("\n")[problem?.headingLine ?? -1]).toMatch(/^ERROR {2}vni-server-capabilities-differ/);
    expect(problem?.title).toMatch(/^The server's NEGOTIATE response was changed/);
    expect(problem?.message).toMatch(/\[15\][\s\S]*3\.2\.5\.14\.12[\s\S]*\n1\. /);
  });

  it("stands on the header's Flags where a signature is missing", async () => {
    const trace = await traceOf("te_302_file_closed_unsigned.client");
    const problem = trace.problems.find(({ rule }) => rule === "vni-response-unprotected");
    expect(problem && textAt(trace, problem)).toBe("0x00000001");
    expect(problem?.related.map((place) => textAt(trace, place))).toContain("0x00000008");
  });

  it("stands on its own block where the trace does not show the connection", async () => {
    const { analysis } = await readCase(CASE);
    const trace = toTextTrace(analysis, [], { name: "trace.pcap", language: "en", connection: 0 });
    const [problem] = trace.problems;
    expect(problem && textAt(trace, problem)).toBe("vni-server-capabilities-differ");
    expect(problem?.line).toBe(problem?.headingLine);
    const link = trace.spans.find(({ kind }) => kind === "link");
    expect(link && textAt(trace, link)).toBe("Connection 1");
    expect(link?.ref).toBe(1);
  });

  it("is one for an incident of several connections", async () => {
    const { analysis, details } = await readCase(CASE);
    const [incident] = analysis.incidents;
    const many = { ...analysis, incidents: incident === undefined ? [] : [{ ...incident, connections: [1, 2, 3], count: 3 }] };
    const trace = toTextTrace(many, details, { name: "trace.pcap", language: "en", connection: 0 });
    expect(trace.problems.map(({ count }) => count)).toEqual([3]);
    expect(trace.text).toMatch(/^ERROR .* 3 connections$/m);
  });
});

describe("a value that is repeated in the validation", () => {
  it("is marked as equal or not, with its partner", async () => {
    const { text } = await traceOf(CASE);
    expect(text).toMatch(/ {2}Guid +930d91ab-a593-43da-a78d-0982e0e2dda0 {2}= \[4\]\n/);
    expect(text).toMatch(/Capabilities +0x0000004f {2}DFS .* <> \[6\] 0x0000004e\n/);
    expect(text).toMatch(/Capabilities +0x0000004e {2}LEASING .* <- differs from \[15\]\n/);
  });

  it("tells bit by bit in its hover what is set here and there", async () => {
    const trace = await traceOf(CASE);
    const value = trace.spans.find((span) => span.kind === "value" && span.frame === 15 && textAt(trace, span) === "0x0000004f");
    expect(value?.key).toBe("vniRsp.capabilities");
    expect(value?.hover).toContain("0x00000001 SMB2_GLOBAL_CAP_DFS: set, not set in [6]");
    expect(value?.hover).toContain("0x00000002 SMB2_GLOBAL_CAP_LEASING: set");
    expect(value?.hover?.at(-1)).toBe("[6] has 0x0000004e.");
  });

  it("has no mark where the capture lacks the partner", async () => {
    const { text } = await traceOf("dv_mid_after_neg_ok");
    expect(text).toMatch(/Capabilities +0x0000007f/);
    expect(text).not.toMatch(/= \[|<> \[|<- differs/);
  });
});

describe("the trace of one connection", () => {
  it("shows every field of every message and every rule's verdict", async () => {
    const whole = await traceOf(CASE);
    const own = await traceOf(CASE, 1);
    for (const field of ["Signature", "MaxReadSize", "CreditCharge", "InputOffset"]) {
      expect(own.text).toMatch(new RegExp(`^ +${field} `, "m"));
      expect(whole.text).not.toMatch(new RegExp(`^ +${field} `, "m"));
    }
    expect(own.text).toMatch(/^ {2}fails +vni-server-capabilities-differ$/m);
    expect(own.text).toMatch(/^ {2}holds +vni-server-guid-differs$/m);
    const [problem] = own.problems;
    expect(problem && textAt(own, problem)).toBe("0x0000004f");
  });

  it("counts in the trace of the capture what it leaves out, with a link to the connection", async () => {
    const trace = await traceOf("ok_302_default.client");
    const link = trace.spans.find(({ kind }) => kind === "link");
    expect(link?.ref).toBe(1);
    expect(link && textAt(trace, link)).toMatch(/^\d+ more messages: \d+ [A-Z_]+, /);
    const own = await traceOf("ok_302_default.client", 1);
    expect(own.spans.some(({ kind }) => kind === "link")).toBe(false);
  });
});

describe("folds", () => {
  it("close what is healthy and leave open what failed", async () => {
    const collapsed = async (name: string) => (await traceOf(name)).folds.filter((fold) => fold.collapsed).length;
    expect(await collapsed("ok_302_default.client")).toBe(0);
    expect(await collapsed(CASE)).toBe(0);
    expect(await collapsed("ok_311_sig_aes-128-cmac.client")).toBe(1);
  });
});

describe("a connection's own document", () => {
  it("folds each message but those that findings name, and structures inside of them", async () => {
    const trace = await traceOf(CASE, 1);
    const lines = trace.text.split("\n");
    const heads = trace.folds.filter(({ startLine }) => /^ {2}\[\d+\]/.test(lines[startLine] ?? ""));
    const open = heads.filter(({ collapsed }) => !collapsed).map(({ startLine }) => lines[startLine]?.trim().split(" ")[0]);
    expect(open).toEqual(["[6]", "[15]"]);
    expect(heads).toHaveLength(10);
    const inside = trace.folds.find(
      ({ startLine }) => /^ +Token /.test(lines[startLine] ?? "") || /^ +Buffer /.test(lines[startLine] ?? ""),
    );
    expect(inside?.collapsed).toBe(false);
    for (const { startLine, endLine } of trace.folds) expect(lines[endLine], `fold from ${lines[startLine]}`).not.toBe(undefined);
  });
});

describe("the message lines of a connection's own document", () => {
  const headsOf = (trace: TextTrace) => trace.text.split("\n").filter((line) => /^ {2}\[\d+\] .* (->|<-) /.test(line));
  const head = (trace: TextTrace, frame: number) => headsOf(trace).find((line) => line.startsWith(`  [${frame}]`)) ?? "";

  it("name the file that a request uses, the share for its root, and the time that the final answer took", async () => {
    const trace = await traceOf("ok_302_default.client", 1);
    expect(head(trace, 26)).toMatch(/QUERY_DIRECTORY {7}\\\\198\.51\.100\.20\\share$/);
    expect(head(trace, 38)).toMatch(/CREATE {16}hello\.txt$/);
    expect(head(trace, 42)).toMatch(/READ {18}hello\.txt$/);
    expect(head(trace, 43)).toMatch(/STATUS_PENDING$/);
    expect(head(trace, 44)).toMatch(/STATUS_SUCCESS {3}4\.1 ms$/);
    expect(head(trace, 48)).toMatch(/TREE_DISCONNECT {7}\\\\198\.51\.100\.20\\share$/);
  });

  it("say neither in the trace of the whole capture, where each stands between messages that are left out", async () => {
    expect(headsOf(await traceOf("ok_302_default.client")).filter((line) => /\d (ms|µs)/.test(line))).toEqual([]);
  });
});

describe("request and response", () => {
  it("are paired by the places of their commands", async () => {
    for (const connection of [0, 1]) {
      const trace = await traceOf(CASE, connection);
      const lines = trace.text.split("\n");
      const frames = trace.pairs.map(({ request, response }) => [request, response].map(({ line }) => lines[line]?.trim().split(" ")[0]));
      expect(frames).toEqual([
        ["[4]", "[6]"],
        ["[8]", "[9]"],
        ["[10]", "[11]"],
        ["[12]", "[13]"],
        ["[14]", "[15]"],
      ]);
      for (const { request, response } of trace.pairs) {
        expect(textAt(trace, request)).toBe(textAt(trace, response));
        expect(request.endLine).toBeLessThan(response.line);
      }
    }
  });

  it("are left alone where the trace shows only one of them", async () => {
    const trace = await traceOf("ok_302_default.client");
    expect(trace.pairs.length).toBeGreaterThan(3);
    for (const { request, response } of trace.pairs) expect(textAt(trace, request)).toBe(textAt(trace, response));
  });
});

describe("limits", () => {
  it("end a trace at the length that an editor shows, and say so", async () => {
    const { analysis, details } = await readCase(CASE);
    const [detail] = details;
    if (detail === undefined) throw new Error("no detail");
    const messages = Array.from({ length: 6000 }, (_, index) => detail.messages[index % detail.messages.length]).flatMap(
      (one) => one ?? [],
    );
    const long: ConnectionDetail = { ...detail, messages };
    const trace = toTextTrace(analysis, [long], { name: "trace.pcap", language: "en", connection: 1 });
    expect(trace.lineCount).toBeLessThan(50_200);
    expect(trace.lineCount).toBeGreaterThan(49_000);
    expect(trace.text).toMatch(/\nThis text ends here: [^\n]+\n$/);
  });

  it("keep setup messages of a chatty connection to a screenful", async () => {
    const { analysis, details } = await readCase(CASE);
    const [detail] = details;
    const tree = detail?.messages.find(({ command }) => command === 3);
    if (detail === undefined || tree === undefined) throw new Error("no detail");
    const messages = [...detail.messages, ...Array.from({ length: 500 }, (_, index) => ({ ...tree, frame: 1000 + index }))];
    const trace = toTextTrace(analysis, [{ ...detail, messages }], { name: "trace.pcap", language: "en", connection: 0 });
    expect(trace.text.match(/TREE_CONNECT +\\/g)?.length).toBeLessThan(30);
    expect(trace.text).toMatch(/4\d\d more messages: 4\d\d TREE_CONNECT/);
  });
});

describe("names from a capture", () => {
  it("are escaped, wherever they stand", async () => {
    const { analysis, details } = await readCase(CASE);
    const trace = toTextTrace(analysis, details, { name: "a\u202eb\nc.pcap", language: "en", connection: 0 });
    expect(trace.text.split("\n")[0]).toContain("a\\u{202e}b\\u{a}c.pcap");
    expect(trace.symbols[0]?.name).toBe("a\\u{202e}b\\u{a}c.pcap");
  });
});

describe.each(caseNames)("the map of %s", (name) => {
  it.each([
    ["en", 0],
    ["ja", 0],
    ["en", 1],
  ] as const)("fits the text (%s, connection %i)", async (language, connection) => {
    const trace = await traceOf(name, connection, language);
    const lines = trace.text.split("\n");
    expect(lines).toHaveLength(trace.lineCount + 1);
    expect(lines.at(-1)).toBe("");
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    expect(wrongSpans(trace)).toEqual([]);
    for (const problem of trace.problems) {
      expect(textAt(trace, problem)).not.toBe("");
      expect(ruleById(problem.rule)).toBeDefined();
      for (const related of problem.related) expect(textAt(trace, related)).not.toBe("");
    }
    for (const fold of trace.folds) {
      expect(fold.startLine).toBeLessThan(fold.endLine);
      expect(fold.endLine).toBeLessThan(trace.lineCount);
    }
    checkSymbols(trace.symbols, 0, trace.lineCount);
  });
});

/** What is wrong with the spans; an expectation for each of many thousands would take long. */
function wrongSpans(trace: TextTrace): readonly string[] {
  const lines = trace.text.split("\n");
  return trace.spans.flatMap((span) => {
    const text = lines[span.line]?.slice(span.start, span.end) ?? "";
    const fits = text !== "" && text.length === span.end - span.start && fitsKind(span, text);
    return fits && (span.key === undefined || isFieldKey(span.key)) ? [] : [JSON.stringify({ ...span, text })];
  });
}

function fitsKind({ kind, ref }: TraceSpan, text: string): boolean {
  switch (kind) {
    case "frame":
      return new RegExp(`^\\[${ref}( FIN| RST)?\\]$`).test(text);
    case "section":
      return isSectionId(String(ref));
    case "rule":
      return text === ref;
    case "status":
      return typeof ref === "number";
    default:
      return true;
  }
}

/** Symbols follow each other, children lie inside. */
function checkSymbols(symbols: readonly TraceSymbol[], from: number, to: number): void {
  let at = from;
  for (const { startLine, endLine, selectionLine, children, name } of symbols) {
    expect(name).not.toBe("");
    expect(startLine).toBeGreaterThanOrEqual(at);
    expect(endLine).toBeGreaterThanOrEqual(startLine);
    expect(endLine).toBeLessThan(to);
    expect(selectionLine).toBeGreaterThanOrEqual(startLine);
    checkSymbols(children, startLine, endLine + 1);
    at = endLine + 1;
  }
}
