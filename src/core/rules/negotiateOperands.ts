import type { ConnectionFacts, NegotiateFacts, NegotiateRequestFacts, NegotiateResponseFacts } from "../model/connectionFacts.ts";
import { WILDCARD_DIALECT } from "../smb2/constants/dialects.ts";
import { type Followed, followed } from "./ending.ts";
import type { ReasonId } from "./reasons.ts";

/**
 * The NEGOTIATE exchange that set the connection's values ([MS-SMB2] 3.2.5.2): the last with a successful answer other than 0x02FF,
 * else the last one. Undefined when the capture holds none.
 */
export function countingNegotiate(facts: ConnectionFacts): NegotiateFacts | undefined {
  for (let index = facts.negotiates.length - 1; index >= 0; index--) {
    const negotiate = facts.negotiates[index];
    if (negotiate?.response != null && isFinalAnswer(negotiate.response)) return negotiate;
  }
  return facts.negotiates.at(-1);
}

/** Whether an answer fixes the dialect; one that is too short to name a dialect does not. */
function isFinalAnswer(response: NegotiateResponseFacts): boolean {
  return response.status === 0 && response.dialect !== 0 && response.dialect !== WILDCARD_DIALECT;
}

/** The request whose values the server compares ([MS-SMB2] 3.3.5.15.12), or why it cannot be had. */
export function negotiateRequest(facts: ConnectionFacts): NegotiateRequestFacts | ReasonId {
  const negotiate = countingNegotiate(facts);
  if (negotiate === undefined) return "negotiate-missing";
  if (negotiate.request === null) return facts.smb1 === null ? "negotiate-request-missing" : "negotiated-by-smb1";
  if (negotiate.request.truncated) return "message-truncated";
  return negotiate.request.dialects.length === 0 ? "negotiate-unreadable" : negotiate.request;
}

/** The response whose values the client compares ([MS-SMB2] 3.2.5.14.12), or why it cannot be had. */
export function negotiateResponse(facts: ConnectionFacts): NegotiateResponseFacts | ReasonId {
  const negotiate = countingNegotiate(facts);
  if (negotiate === undefined) return "negotiate-missing";
  const response = negotiate.response;
  if (response === null) return "negotiate-response-missing";
  if (response.truncated) return "message-truncated";
  return isFinalAnswer(response) ? response : "negotiate-response-missing";
}

/** What followed the NEGOTIATE response: any later message of the client shows that it went on. */
export function afterNegotiate(facts: ConnectionFacts, response: NegotiateResponseFacts): Followed {
  const last = facts.lastClientMessage;
  return followed(facts, response.frame, last !== null && last.frame > response.frame ? last : null);
}
