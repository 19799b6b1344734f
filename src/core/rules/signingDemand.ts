import type { ConnectionFacts, SessionFacts } from "../model/connectionFacts.ts";
import { SecurityMode } from "../smb2/constants/negotiateFlags.ts";
import { negotiateRequest, negotiateResponse } from "./negotiateOperands.ts";
import type { ReasonId } from "./reasons.ts";

/** Which side demands that a session is signed, and the message that says so. */
export interface SigningDemand {
  readonly by: "client" | "server";
  readonly frame: number;
  /** SecurityMode of that message. */
  readonly mode: number;
  /** It is the SESSION_SETUP request that demands it, not NEGOTIATE. */
  readonly atSignIn: boolean;
}

/**
 * Who demands signing of a real user's session ([MS-SMB2] 3.2.5.3.1, 3.3.5.5.3): one side is enough. `none` where both are known not to;
 * a reason where one says nothing of it and the other is not in the capture.
 */
export function signingDemand(facts: ConnectionFacts, session: SessionFacts): SigningDemand | "none" | ReasonId {
  const request = negotiateRequest(facts);
  const response = negotiateResponse(facts);
  if (typeof response !== "string" && requiresSigning(response.securityMode))
    return { by: "server", frame: response.frame, mode: response.securityMode, atSignIn: false };
  if (typeof request !== "string" && requiresSigning(request.securityMode))
    return { by: "client", frame: request.frame, mode: request.securityMode, atSignIn: false };
  const mode = session.securityMode ?? 0;
  if (requiresSigning(mode) && session.setupRequestFrame !== null)
    return { by: "client", frame: session.setupRequestFrame, mode, atSignIn: true };
  if (typeof response === "string") return response;
  return typeof request === "string" ? request : "none";
}

/** Whether SMB2_NEGOTIATE_SIGNING_REQUIRED is set ([MS-SMB2] 2.2.3). */
export function requiresSigning(securityMode: number): boolean {
  return (securityMode & SecurityMode.mask.SIGNING_REQUIRED) !== 0;
}
