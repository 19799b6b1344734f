import { expect, test } from "vitest";
import type { TextTrace, TraceProblem, TraceSpan } from "../../src/core/report/textTrace.ts";
import { lineOfConnection, lineOfFrame, partnersOfLine, problemsOfLine, spansAt, subjectOfLine } from "../../src/extension/traceIndex.ts";

/*
 *  0  ERROR rule [6] says 0x4e
 *  1    What
 *  2
 *  3  Connection 7
 *  4    [4] NEGOTIATE
 *  5    [6] NEGOTIATE
 *  6        Capabilities 0x4e DFS differs from [15]
 *  7  Connection 8
 */
const frame = (line: number, start: number, ref: number, connection = 7): TraceSpan => ({
  kind: "frame",
  line,
  start,
  end: start + 3,
  ref,
  connection,
  frame: ref,
});
const problem: TraceProblem = {
  finding: 0,
  rule: "vni-server-capabilities-differ",
  severity: "error",
  line: 6,
  start: 20,
  end: 24,
  connection: 7,
  frame: 6,
  title: "",
  message: "",
  count: 1,
  headingLine: 0,
  sections: [],
  remedies: [],
  related: [],
};
const symbol = { detail: "", children: [] };
const trace: TextTrace = {
  text: "",
  lineCount: 8,
  folds: [],
  pairs: [{ request: { line: 4, start: 6, end: 15, endLine: 4 }, response: { line: 5, start: 6, end: 15, endLine: 6 } }],
  spans: [
    { ...frame(0, 11, 6) },
    { kind: "heading", line: 3, start: 0, end: 12, connection: 7 },
    frame(4, 2, 4),
    frame(5, 2, 6),
    { kind: "field", line: 6, start: 6, end: 18, connection: 7, frame: 6 },
    { kind: "value", line: 6, start: 20, end: 28, connection: 7, frame: 6 },
    { kind: "flag", line: 6, start: 25, end: 28, connection: 7, frame: 6 },
    frame(6, 42, 15),
    { kind: "heading", line: 7, start: 0, end: 12, connection: 8 },
  ],
  symbols: [
    { ...symbol, name: "rule", kind: "finding", startLine: 0, endLine: 2, selectionLine: 0 },
    { ...symbol, name: "Connection 7", kind: "connection", startLine: 3, endLine: 6, selectionLine: 3 },
    { ...symbol, name: "Connection 8", kind: "connection", startLine: 7, endLine: 7, selectionLine: 7 },
  ],
  problems: [problem],
};

test("a frame's own line comes before the lines that name it", () => {
  expect(lineOfFrame(trace, 7, 6)).toBe(5);
  expect(lineOfFrame(trace, 7, 15)).toBe(6);
  expect(lineOfFrame(trace, 7, 99)).toBeUndefined();
  expect(lineOfFrame(trace, 8, 6)).toBeUndefined();
});

test("a connection is found by its number", () => {
  expect(lineOfConnection(trace, 8)).toBe(7);
  expect(lineOfConnection(trace, 9)).toBeUndefined();
});

test("a finding is found at its place and in every line of its block, and not between", () => {
  expect([0, 1, 6].map((line) => problemsOfLine(trace, line))).toEqual([[problem], [problem], [problem]]);
  expect([3, 4, 7].map((line) => problemsOfLine(trace, line))).toEqual([[], [], []]);
});

test("a line tells its connection and message", () => {
  expect(subjectOfLine(trace, 1)).toEqual({ connection: 7, frame: 6 });
  expect(subjectOfLine(trace, 4)).toEqual({ connection: 7, frame: 4 });
  expect(subjectOfLine(trace, 7)).toEqual({ connection: 8, frame: null });
});

test("the narrowest span over a place comes first", () => {
  expect(spansAt(trace, 6, 26).map(({ kind }) => kind)).toEqual(["flag", "value"]);
  expect(spansAt(trace, 6, 60)).toEqual([]);
});

test("a request leads to its response from any of its lines, and back", () => {
  expect(partnersOfLine(trace, 4).map(({ line }) => line)).toEqual([5]);
  expect(partnersOfLine(trace, 6).map(({ line }) => line)).toEqual([4]);
  expect(partnersOfLine(trace, 3)).toEqual([]);
});
