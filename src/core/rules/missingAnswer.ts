import type { ConnectionFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { endAfter } from "./ending.ts";

/** Nanoseconds after which a missing answer is one: a merely slow server has long answered, clients wait 15 to 60 seconds. */
export const ANSWER_OVERDUE = 15e9;

/** Why a validation request has no answer in the capture. */
export type MissingAnswer = "answer-lost" | "server-ended" | "unanswered" | "capture-ends";

/**
 * Tells for an exchange with a request and without a final response: lost from the capture alone; the server's side ended the connection
 * instead; never answered; or the capture merely ends there.
 */
export function missingAnswer(facts: ConnectionFacts, exchange: ValidationFacts): MissingAnswer {
  const { request } = exchange;
  if (exchange.answerLost || request === null) return "answer-lost";
  const end = endAfter(facts, request.frame);
  if (end?.by === "server" && end.afterUnseen !== true && !wentOnWithoutIt(facts, exchange, end.time)) return "server-ended";
  if (end !== undefined || facts.captureEndTime - request.time >= ANSWER_OVERDUE) return "unanswered";
  return "capture-ends";
}

/** The server answered something later, or a later validation was sent after the time-out of this one: its end is not the answer. */
function wentOnWithoutIt(facts: ConnectionFacts, exchange: ValidationFacts, endTime: number): boolean {
  const { request, interim } = exchange;
  if (request === null) return false;
  const lastFromClient = Math.max(facts.lastClientMessage?.frame ?? 0, request.frame);
  const last = facts.lastMessageFrame ?? 0;
  if (last > lastFromClient && last !== interim?.frame) return true;
  return exchange !== facts.validations.at(-1) && endTime - request.time >= ANSWER_OVERDUE;
}
