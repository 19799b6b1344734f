import { describe, expect, test } from "vitest";
import { parseFromWebview } from "../../src/extension/webviewMessage.ts";

const good = [
  { type: "ready", state: null },
  { type: "ready", state: { view: "comparison", connection: 3, chip: "failed", filter: "nas", differencesOnly: true } },
  { type: "rows", request: 1, chip: "all", filter: "", start: 0, count: 200 },
  { type: "rows", request: 1, chip: "all", filter: "", start: 0, count: 200, find: 12 },
  { type: "overview", request: 2, connection: 1 },
  { type: "comparison", request: 3, connection: 1, exchange: 0 },
  { type: "comparison", request: 3, connection: 1, exchange: 0, best: true },
  {
    type: "ready",
    state: {
      view: "messages",
      connection: 3,
      chip: "all",
      filter: "",
      differencesOnly: false,
      messages: { page: 1, command: "11", status: "errors", matters: true, text: "nas", frame: 15 },
    },
  },
  { type: "messages", request: 4, connection: 1, page: 0, command: "", status: "all", matters: false, text: "", start: 0, count: 200 },
  {
    type: "messages",
    request: 4,
    connection: 1,
    page: 0,
    command: "",
    status: "all",
    matters: false,
    text: "",
    start: 0,
    count: 200,
    find: 6,
  },
  { type: "message", request: 5, connection: 1, page: 0, index: 3 },
  { type: "copy-message", connection: 1, page: 0, index: 3, path: "Capabilities", form: "filter" },
  { type: "open-frame", connection: 1, frame: 6 },
  { type: "open-section", section: "MS-SMB2 3.2.5.14.12" },
  { type: "open-rule", rule: "vni-hidden" },
  { type: "copy", text: "Set-SmbClientConfiguration" },
  { type: "open-snippet", remedy: "require-signing-client", platform: "windows", connection: 1 },
  { type: "selected", connection: 2 },
  { type: "next-finding", connection: 2, by: -1 },
  { type: "stop" },
  { type: "action", action: "show-log" },
  { type: "action", action: "rule-settings" },
] as const;

describe("a message of the page", () => {
  test.each(good)("$type is taken as it is", (message) => {
    expect(parseFromWebview(message)).toEqual(message);
  });

  test.each(good)("$type loses what does not belong to it", (message) => {
    expect(parseFromWebview({ ...message, html: "<script>" })).toEqual(message);
  });

  test.each([
    null,
    "ready",
    {},
    { type: "__proto__" },
    { type: "rows", request: 1, chip: "all", filter: "", start: 0, count: 1_000_000_000 },
    { type: "rows", request: 1, chip: "all", filter: "", start: 0, count: 1, find: "12" },
    { type: "rows", request: 1, chip: "everything", filter: "", start: 0, count: 1 },
    { type: "rows", request: 1, chip: "all", filter: "x".repeat(501), start: 0, count: 1 },
    { type: "overview", request: 1, connection: -1 },
    { type: "message", request: 1, connection: 1, page: 0, index: -1 },
    { type: "copy-message", connection: 1, page: 0, index: 0, path: "x".repeat(2001), form: "text" },
    { type: "copy-message", connection: 1, page: 0, index: 0, path: "", form: "html" },
    { type: "overview", request: 1, connection: 1.5 },
    { type: "overview", request: Number.NaN, connection: 1 },
    { type: "overview", request: 1, connection: "1" },
    { type: "comparison", request: 1, connection: 1, exchange: 0, best: "yes" },
    { type: "copy", text: "x".repeat(1_000_001) },
    { type: "action", action: "run" },
  ])("%j is refused", (message) => {
    expect(parseFromWebview(message)).toBeUndefined();
  });

  test("a state of another version is given up, not the page", () => {
    expect(parseFromWebview({ type: "ready", state: { view: "ladder", connection: 1 } })).toEqual({ type: "ready", state: null });
  });
});
