import type { ConnectionFacts, NegotiateRequestFacts, NegotiateResponseFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { sameGuid } from "../model/guid.ts";
import { Command } from "../smb2/constants/commands.ts";
import { DIALECT_311 } from "../smb2/constants/dialects.ts";
import { IoctlFlags } from "../smb2/constants/fsctl.ts";
import { unfitBits, unofferedBits } from "./negotiate-capability-not-offered.ts";
import { LEAST_SIZE } from "./negotiate-size-too-small.ts";
import { isProtected, isRealUser } from "./protection.ts";
import { lacksSignatures } from "./signing-missing.ts";
import { VALIDATE_RESPONSE_LENGTH } from "./validateComparison.ts";

const FIRST_INPUT_OFFSET = 120;
const FIXED_INPUT = 24;

/**
 * Whether a connection is what most of a healthy network's are: seen whole, one sign-in, validated with equal values, and used on. No rule
 * but that on signing can have anything to say of it, so the pass asks only that one: with 75,000 connections the rules cost more than
 * reading them did. Strict on purpose; a test holds it to the verdicts of all rules.
 */
export function isRoutine(facts: ConnectionFacts): boolean {
  const negotiate = facts.negotiates[0];
  const request = negotiate?.request;
  const response = negotiate?.response;
  if (facts.negotiates.length !== 1 || !request || !response || request.truncated || response.truncated) return false;
  return (
    isSeenWhole(facts) &&
    isSignedIn(facts) &&
    treesConnected(facts) &&
    fits(request, response) &&
    isValidated(facts, request, response) &&
    !lacksSignatures(facts)
  );
}

function isSeenWhole(facts: ConnectionFacts): boolean {
  return (
    facts.synSeen &&
    facts.otherView === null &&
    facts.smb1 === null &&
    facts.otherValues === null &&
    facts.higherDialect === null &&
    facts.smb1Messages === 0 &&
    facts.repeatedSegments === 0 &&
    facts.truncatedMessages === 0 &&
    facts.lostFromClient === 0 &&
    facts.lostFromServer === 0 &&
    facts.encryptedMessages === 0 &&
    facts.compressedMessages === 0 &&
    facts.path.isPlain
  );
}

function isSignedIn(facts: ConnectionFacts): boolean {
  const session = facts.sessions[0];
  if (facts.sessions.length !== 1 || session === undefined || facts.openSetups.length > 0) return false;
  if (session.startsLate || session.binding || session.flags !== 0 || session.refusal !== null) return false;
  return (
    isRealUser(session) &&
    session.final !== null &&
    isProtected(session.final) &&
    session.denied === 0 &&
    session.signatureRefusal === null &&
    session.nextRequest !== null
  );
}

function treesConnected(facts: ConnectionFacts): boolean {
  for (const tree of facts.trees) if (tree.response?.status !== 0) return false;
  return true;
}

function fits(request: NegotiateRequestFacts, response: NegotiateResponseFacts): boolean {
  return (
    !request.signed &&
    response.status === 0 &&
    response.dialect !== DIALECT_311 &&
    request.dialects.includes(response.dialect) &&
    (request.preauthContexts === 1 || !request.dialects.includes(DIALECT_311)) &&
    response.securityMode !== 0 &&
    (unfitBits(response) | unofferedBits(request, response)) === 0 &&
    response.maxTransactSize >= LEAST_SIZE &&
    response.maxReadSize >= LEAST_SIZE &&
    response.maxWriteSize >= LEAST_SIZE
  );
}

function isValidated(facts: ConnectionFacts, request: NegotiateRequestFacts, response: NegotiateResponseFacts): boolean {
  if (facts.validations.length === 0) return false;
  for (const exchange of facts.validations) if (!holds(exchange, request, response)) return false;
  return true;
}

function holds(exchange: ValidationFacts, negotiate: NegotiateRequestFacts, answer: NegotiateResponseFacts): boolean {
  const { request, response, nextRequest } = exchange;
  const values = response?.values;
  if (!request || !response || !values || exchange.interim !== null || request.truncated || response.truncated) return false;
  return (
    isProtected(request) &&
    isProtected(response) &&
    response.status === 0 &&
    nextRequest !== null &&
    nextRequest.command !== Command.value.LOGOFF &&
    request.fileIdAllOnes &&
    request.ioctlFlags === IoctlFlags.mask.IS_FSCTL &&
    request.maxOutputResponse >= VALIDATE_RESPONSE_LENGTH &&
    request.inputOffset === FIRST_INPUT_OFFSET &&
    request.inputCount === FIXED_INPUT + 2 * request.dialectCount &&
    response.outputCount === VALIDATE_RESPONSE_LENGTH &&
    request.capabilities === negotiate.capabilities &&
    request.securityMode === negotiate.securityMode &&
    sameGuid(request.guid, negotiate.guid) &&
    sameDialects(request.dialects, negotiate.dialects) &&
    values.capabilities === answer.capabilities &&
    values.securityMode === answer.securityMode &&
    values.dialect === answer.dialect &&
    sameGuid(values.guid, answer.guid)
  );
}

function sameDialects(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
