import type { ConnectionFacts, OpenSetupFacts } from "../model/connectionFacts.ts";
import { endAfter } from "./ending.ts";
import { undetermined } from "./verdicts.ts";

/**
 * Why the capture does not show how a sign-in came out: it began before the capture, bytes are missing, or the capture ends in the midst of
 * it. Undefined where nothing is open.
 */
export function signInUnknown(facts: ConnectionFacts): ReturnType<typeof undetermined> | undefined {
  if (facts.sessions.some((session) => session.final === null && session.startsLate)) return undetermined("session-setup-missing");
  if (facts.openSetups.some((setup) => setup.answerLost)) return undetermined("bytes-lost");
  const open = facts.openSetups.length > 0 || facts.sessions.some((session) => session.final === null);
  return open && facts.ends.length === 0 ? undetermined("capture-ends") : undefined;
}

/**
 * Nanoseconds after which nobody waits for the answer to a sign-in any more. A server that asks a distant domain controller may well need
 * some; Windows gives up after 60 s ([MS-SMB2] 3.2.6.1).
 */
const SIGN_IN_OVERDUE = 60e9;

/** What became of a SESSION_SETUP request whose answer the capture lacks. */
export type OpenSetupEnd = "server-ended" | "client-ended" | "silence" | "bytes-lost" | "capture-ends";

/** Tells what became of it. A connection on which something else went on after the request lost the answer, or waits for it still. */
export function openSetupEnd(facts: ConnectionFacts, setup: OpenSetupFacts): OpenSetupEnd {
  if (setup.answerLost) return "bytes-lost";
  const end = endAfter(facts, setup.frame);
  const until = end?.time ?? facts.captureEndTime;
  if (wentOn(facts, setup)) {
    if (until - setup.time >= SIGN_IN_OVERDUE) return "silence";
    return end === undefined ? "capture-ends" : "bytes-lost";
  }
  if (end?.afterUnseen === true) return "bytes-lost";
  if (end !== undefined) return end.by === "server" ? "server-ended" : "client-ended";
  return until - setup.time >= SIGN_IN_OVERDUE ? "silence" : "capture-ends";
}

function wentOn(facts: ConnectionFacts, setup: OpenSetupFacts): boolean {
  const last = facts.lastMessageFrame ?? 0;
  return last > setup.frame && last !== setup.interimFrame;
}
