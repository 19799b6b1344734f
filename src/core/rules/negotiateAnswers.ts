import type { ConnectionFacts, NegotiateFacts } from "../model/connectionFacts.ts";
import { dialectName, WILDCARD_DIALECT } from "../smb2/constants/dialects.ts";

/*
 * What came of the NEGOTIATE exchanges of one connection, for the rules on those that did not settle a dialect.
 */

/** The frame in which a dialect was fixed first ([MS-SMB2] 3.3.5.4: NegotiateDialect is none of 0xFFFF and 0x02FF any more). */
export function settledIn({ response }: NegotiateFacts): number | null {
  if (response === null || response.status !== 0) return null;
  return response.dialect === 0 || response.dialect === WILDCARD_DIALECT ? null : response.frame;
}

/** Dialect that an exchange answered after `frame` settled; null where none did. */
export function laterDialect(facts: ConnectionFacts, frame: number): string | null {
  for (const exchange of facts.negotiates) {
    const settled = settledIn(exchange);
    if (settled !== null && settled > frame) return dialectName(exchange.response?.dialect ?? 0);
  }
  return null;
}

/** Whether a NEGOTIATE request stands without an answer, of which it is not known whether it refused. */
export function hasOpenNegotiate(facts: ConnectionFacts): boolean {
  for (const { request, response } of facts.negotiates) if (request !== null && response === null) return true;
  return facts.smb1 !== null && facts.smb1.answeredBy === null && facts.negotiates.length === 0;
}
