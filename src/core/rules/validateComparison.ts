import type { ClientValues, ConnectionFacts, ServerValues, ValidateRequestFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { sameGuid } from "../model/guid.ts";
import { DIALECT_311 } from "../smb2/constants/dialects.ts";
import { type DialectRelation, relateDialects } from "./dialectSets.ts";
import type { Verdict } from "./finding.ts";
import { hiddenExchange } from "./hiddenExchange.ts";
import { missingAnswer } from "./missingAnswer.ts";
import { negotiateRequest, negotiateResponse } from "./negotiateOperands.ts";
import { isKeyless, isProtected, sessionById } from "./protection.ts";
import type { ReasonId } from "./reasons.ts";
import { undetermined } from "./verdicts.ts";

/** Of a connection's exchanges at most so many stand in one finding's evidence; its `count` has them all. */
export const MAX_SHOWN_EXCHANGES = 32;

/** Length of a VALIDATE_NEGOTIATE_INFO response ([MS-SMB2] 2.2.32.6). */
export const VALIDATE_RESPONSE_LENGTH = 24;

export const STATUS_ACCESS_DENIED = 0xc0000022;

/** What one validation exchange shows by itself, as `ValidationSummary` reports it. */
export interface ValidationVerdict {
  readonly verdict: "holds" | "fails" | "undetermined";
  /** Why it is undetermined. */
  readonly reason: ReasonId | null;
}

const EXCHANGE_HOLDS: ValidationVerdict = { verdict: "holds", reason: null };
const EXCHANGE_FAILS: ValidationVerdict = { verdict: "fails", reason: null };

/** The verdict of every validation exchange of the connection, in their order ([MS-SMB2] 3.2.5.14.12, 3.3.5.15.12). */
export function validationVerdicts(facts: ConnectionFacts): readonly ValidationVerdict[] {
  return facts.validations.map((exchange) => judgeExchange(facts, exchange));
}

function judgeExchange(facts: ConnectionFacts, exchange: ValidationFacts): ValidationVerdict {
  if (facts.dialect === DIALECT_311 || breaksRules(facts, exchange)) return EXCHANGE_FAILS;
  const client = negotiateRequest(facts);
  const server = negotiateResponse(facts);
  const { request, response } = exchange;
  if (typeof server !== "string" && response?.values != null && !sameServerValues(server, response.values)) return EXCHANGE_FAILS;
  if (typeof client !== "string" && isReadable(request) && !agreeingClient(facts, exchange, client, request)) return EXCHANGE_FAILS;
  if (request !== null && response === null && missingAnswer(facts, exchange) === "server-ended") return EXCHANGE_FAILS;
  const reason = unreadableAnswer(facts, exchange) ?? missingOperand(client, server, request);
  return reason === undefined ? EXCHANGE_HOLDS : { verdict: "undetermined", reason };
}

function breaksRules(facts: ConnectionFacts, exchange: ValidationFacts): boolean {
  const { request, response } = exchange;
  if (request !== null && isUnprotectedRequest(facts, exchange)) return true;
  if (isReadable(request) && request.maxOutputResponse < VALIDATE_RESPONSE_LENGTH) return true;
  return response !== null && (!isProtected(response) || response.status === STATUS_ACCESS_DENIED);
}

function missingOperand(client: object | ReasonId, server: object | ReasonId, request: ValidateRequestFacts | null): ReasonId | undefined {
  if (typeof server === "string") return server;
  if (typeof client === "string") return client;
  return unreadableRequest(request);
}

/** Whether the values of a validation request can be compared: it is whole, and its lengths let them be read. */
export function isReadable(request: ValidateRequestFacts | null): request is ValidateRequestFacts {
  return request !== null && !request.truncated && request.dialectCount > 0 && request.dialects.length === request.dialectCount;
}

function unreadableRequest(request: ValidateRequestFacts | null): ReasonId | undefined {
  if (request === null) return "validate-request-missing";
  if (request.truncated) return "message-truncated";
  return isReadable(request) ? undefined : "validate-request-unreadable";
}

/** Whether a validation request lacks protection that it could have: guest and anonymous sessions have no key to sign with. */
export function isUnprotectedRequest(facts: ConnectionFacts, exchange: ValidationFacts): boolean {
  if (exchange.request === null || isProtected(exchange.request)) return false;
  const session = sessionById(facts, exchange.sessionId);
  return session === undefined || !isKeyless(session);
}

function sameServerValues(one: ServerValues, other: ServerValues): boolean {
  return (
    one.capabilities === other.capabilities &&
    one.securityMode === other.securityMode &&
    one.dialect === other.dialect &&
    sameGuid(one.guid, other.guid)
  );
}

function agreeingClient(facts: ConnectionFacts, exchange: ValidationFacts, negotiate: ClientValues, request: ClientValues): boolean {
  return (
    negotiate.capabilities === request.capabilities &&
    negotiate.securityMode === request.securityMode &&
    sameGuid(negotiate.guid, request.guid) &&
    !dialectsFail(facts, exchange, relateDialects(negotiate.dialects, request.dialects))
  );
}

/** A superset is legal, unless the server ended the connection instead of answering: then it is what the server found. */
export function dialectsFail(facts: ConnectionFacts, exchange: ValidationFacts, relation: DialectRelation): boolean {
  if (relation !== "superset") return relation === "differs";
  return exchange.response === null && missingAnswer(facts, exchange) === "server-ended";
}

/** Why the answer to one validation gives no values; undefined where it does. */
function unreadableAnswer(facts: ConnectionFacts, exchange: ValidationFacts): ReasonId | undefined {
  const { response } = exchange;
  if (response === null) {
    const missing = missingAnswer(facts, exchange);
    return missing === "server-ended" ? "unanswered" : missing;
  }
  if (response.values !== null) return undefined;
  if (response.truncated) return "message-truncated";
  return response.status === 0 ? "answer-unreadable" : "answered-with-error";
}

/** Why no answer of the connection can be compared; undefined where at least one can. */
export function noReadableAnswer(facts: ConnectionFacts): ReasonId | undefined {
  let first: ReasonId | undefined;
  for (const exchange of facts.validations) {
    const reason = unreadableAnswer(facts, exchange);
    if (reason === undefined) return undefined;
    first ??= reason;
  }
  return first;
}

/** Why no validation of the connection has an answer at all; undefined where one has. */
export function noAnswer(facts: ConnectionFacts): ReasonId | undefined {
  if (facts.validations.some((exchange) => exchange.response !== null)) return undefined;
  const first = facts.validations[0];
  return first === undefined ? undefined : unreadableAnswer(facts, first);
}

/** Why no validation request of the connection can be compared; undefined where at least one can. */
export function noReadableRequest(facts: ConnectionFacts): ReasonId | undefined {
  let first: ReasonId | undefined;
  for (const { request } of facts.validations) {
    const reason = unreadableRequest(request);
    if (reason === undefined) return undefined;
    first ??= reason;
  }
  return first;
}

/**
 * What a rule on the validation says where the capture shows none: nothing at all where there can be none, "cannot tell" where one may
 * be hidden or was sent before the capture began.
 */
export function withoutValidation(facts: ConnectionFacts): Extract<Verdict, { verdict: "undetermined" }> | undefined {
  if (facts.dialect === DIALECT_311 || facts.messages === 0) return undefined;
  if (hiddenExchange(facts) !== undefined) return undetermined("encrypted");
  if (facts.dialect === null && facts.negotiates.length === 0 && facts.smb1 === null) {
    return undetermined(facts.truncatedMessages > 0 ? "message-truncated" : "negotiate-missing");
  }
  return undefined;
}

const NO_EXCHANGES: readonly ValidationFacts[] = [];

/** The exchanges of a connection that fit; allocates nothing where none does. */
export function exchangesWhere(facts: ConnectionFacts, fits: (exchange: ValidationFacts) => boolean): readonly ValidationFacts[] {
  return facts.validations.some(fits) ? facts.validations.filter(fits) : NO_EXCHANGES;
}
