import { expect, test } from "vitest";
import { AnswerParts } from "../../src/host/answerParts.ts";
import type { FromWorker } from "../../src/protocol/worker.ts";

const spans = (count: number) => Array.from({ length: count }, (_, line) => ({ line }));

test("an answer without many spans goes at once", () => {
  const sent: FromWorker[] = [];
  const parts = new AnswerParts((message) => sent.push(message));
  parts.answer(1, { text: "x", spans: spans(2000) });
  parts.answer(2, { total: 3 });
  parts.answer(3, null);
  expect(sent.map(({ type }) => type)).toEqual(["ok", "ok", "ok"]);
});

test("many spans go part by part, the next when the one before was taken in", () => {
  const sent: FromWorker[] = [];
  const parts = new AnswerParts((message) => sent.push(message));
  parts.answer(7, { text: "x", spans: spans(4001) });
  expect(sent.length).toBe(1);
  parts.more(7);
  expect(sent.length).toBe(2);
  parts.more(7);
  parts.more(7);
  expect(sent.map(({ type }) => type)).toEqual(["part", "part", "ok"]);
  const got = sent.flatMap((message) => (message.type === "part" ? message.spans : message.type === "ok" ? spansOf(message.answer) : []));
  expect(got).toEqual(spans(4001));
});

function spansOf(answer: unknown): readonly unknown[] {
  return (answer as { readonly spans: readonly unknown[] }).spans;
}
