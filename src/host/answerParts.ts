import type { FromWorker } from "../protocol/worker.ts";

/** Spans of a text trace in one message: taking them apart takes the other side some milliseconds. */
const MOST_SPANS = 2000;

/** Sends answers; one with many spans part by part, each once the other side said `more` to the one before. */
export class AnswerParts {
  private readonly send: (message: FromWorker) => void;
  private readonly rests = new Map<number, { readonly answer: Spanned; sent: number }>();

  constructor(send: (message: FromWorker) => void) {
    this.send = send;
  }

  answer(id: number, answer: unknown): void {
    if (!hasManySpans(answer)) {
      this.send({ type: "ok", id, answer });
      return;
    }
    this.rests.set(id, { answer, sent: 0 });
    this.more(id);
  }

  /** The other side has taken the last part in. */
  more(id: number): void {
    const rest = this.rests.get(id);
    if (rest === undefined) return;
    const { answer, sent } = rest;
    rest.sent += MOST_SPANS;
    const spans = answer.spans.slice(sent, rest.sent);
    if (rest.sent < answer.spans.length) {
      this.send({ type: "part", id, spans });
      return;
    }
    this.rests.delete(id);
    this.send({ type: "ok", id, answer: { ...answer, spans } });
  }
}

interface Spanned {
  readonly spans: readonly unknown[];
}

function hasManySpans(answer: unknown): answer is Spanned {
  const spans = typeof answer === "object" && answer !== null && "spans" in answer ? answer.spans : undefined;
  return Array.isArray(spans) && spans.length > MOST_SPANS;
}
