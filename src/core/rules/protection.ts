import type { ConnectionFacts, MessageFacts, SessionFacts } from "../model/connectionFacts.ts";
import { SessionFlags } from "../smb2/constants/sessionFlags.ts";

/**
 * Whether a message was protected on its way: encrypted, or signed with a Signature field that holds something. An all-zero signature
 * is none, whatever the flag says ([MS-SMB2] 3.1.4.1).
 */
export function isProtected(message: MessageFacts): boolean {
  return message.encrypted || (message.signed && !message.signatureZero);
}

/** The facts of one session by its id. */
export function sessionById(facts: ConnectionFacts, id: string): SessionFacts | undefined {
  for (const session of facts.sessions) if (session.id === id) return session;
  return undefined;
}

/** Whether the session has no key of a user: guest or anonymous ([MS-SMB2] 2.2.6). It never signs and never validates. */
export function isKeyless(session: SessionFacts): boolean {
  return (session.flags & (SessionFlags.mask.IS_GUEST | SessionFlags.mask.IS_NULL)) !== 0 || session.anonymousLogon;
}

/** Whether the sign-in of a real user is in the capture and succeeded. */
export function isRealUser(session: SessionFacts): boolean {
  return session.final !== null && session.final.status === 0 && !isKeyless(session);
}

/**
 * Whose session it is, as far as the capture shows: `unknown` where the answer to the sign-in is missing or cut, or where the request that
 * it answers is, so that the sign-in may have been an anonymous one. `none`: nobody signed in.
 */
export function userOf(session: SessionFacts): "real" | "keyless" | "none" | "unknown" {
  if (isKeyless(session)) return "keyless";
  if (session.final === null) return "unknown";
  if (session.final.status !== 0) return "none";
  return session.logonSeen && !session.final.truncated ? "real" : "unknown";
}

/** Why it is not known whose session it is; of one that `userOf` calls `unknown`. */
export function unseenSignIn(session: SessionFacts): "message-truncated" | "session-setup-missing" {
  return session.final !== null && session.setupRequestFrame !== null ? "message-truncated" : "session-setup-missing";
}

/** Whether the server demands encryption for the whole session (SMB2_SESSION_FLAG_ENCRYPT_DATA). */
export function mustEncrypt(session: SessionFacts): boolean {
  return (session.flags & SessionFlags.mask.ENCRYPT_DATA) !== 0;
}
