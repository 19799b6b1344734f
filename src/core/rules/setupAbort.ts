import type { ConnectionFacts, ResponseFacts, SessionFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { ABORT_WITHIN, endingEvidence, type Followed, followed } from "./ending.ts";
import type { Evidence } from "./finding.ts";
import { isRealUser } from "./protection.ts";
import { negotiateContext } from "./validateEvidence.ts";
import { undetermined } from "./verdicts.ts";

/** A session whose successful sign-in was the last thing that the client waited for. */
export interface SetupAbort {
  readonly session: SessionFacts;
  readonly final: ResponseFacts;
  readonly after: Followed;
}

/**
 * The session after whose final SESSION_SETUP response the client ended the connection without another request. Guest and anonymous
 * sessions have no signature to reject; a channel that was bound may well stay unused; a session that worked was not rejected.
 */
export function findSetupAbort(facts: ConnectionFacts): SetupAbort | undefined {
  for (const session of facts.sessions) {
    if (session.nextRequest !== null || session.final === null || !isCandidate(session)) continue;
    const after = followed(facts, session.final.frame, null);
    if (after.ending !== "client-fin" && after.ending !== "client-rst") continue;
    if ((after.endTime ?? 0) - session.final.time <= ABORT_WITHIN) return { session, final: session.final, after };
  }
  return undefined;
}

/** "Cannot tell" where the capture ends with the sign-in; undefined where something followed it. */
export function openSetup(facts: ConnectionFacts): ReturnType<typeof undetermined> | undefined {
  for (const session of facts.sessions) {
    if (session.final === null || session.nextRequest !== null || !isCandidate(session)) continue;
    if (followed(facts, session.final.frame, null).ending === "open") return undetermined("capture-ends");
  }
  return undefined;
}

/** Whether any session of the connection belongs to a real user whose sign-in the capture shows. */
export function hasRealUser(facts: ConnectionFacts): boolean {
  return facts.sessions.some(isRealUser);
}

function isCandidate(session: SessionFacts): boolean {
  return isRealUser(session) && !session.binding && session.answered === 0;
}

/** The sign-in and the end of the connection as proof. */
export function setupAbortEvidence(facts: ConnectionFacts, abort: SetupAbort): readonly Evidence[] {
  return [
    ...negotiateContext(facts),
    { frame: abort.final.frame, role: "observed", command: Command.value.SESSION_SETUP, response: true },
    ...endingEvidence(abort.after),
  ];
}
