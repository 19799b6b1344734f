import type { Scope } from "../struct/field.ts";
import { flagSet } from "../struct/flagSet.ts";
import { nameSet } from "../struct/nameSet.ts";
import { contentsOf, type DerElement, readDerElement } from "./derElement.ts";
import { type DerInner, derEnumerated, derFlags, derOctets, derOid, derText } from "./derPrimitives.ts";
import { derChoice, derExplicit, derSequence, derSequenceOf } from "./derSequence.ts";
import type { DerType } from "./derType.ts";
import { mechanismNames } from "./mechanisms.ts";
import { messageSignature } from "./ntlmSignature.ts";

/** negState of NegTokenResp ([RFC4178] 4.2.2). */
export const NegState = nameSet("", {
  "accept-completed": [0, "spnego.negState.acceptCompleted"],
  "accept-incomplete": [1, "spnego.negState.acceptIncomplete"],
  reject: [2, "spnego.negState.reject"],
  "request-mic": [3, "spnego.negState.requestMic"],
});

/** ContextFlags ([RFC4178] 4.2.1): bit 0 is the highest. */
const ContextFlags = flagSet("", {
  delegFlag: 0x80000000,
  mutualFlag: 0x40000000,
  replayFlag: 0x20000000,
  sequenceFlag: 0x10000000,
  anonFlag: 0x08000000,
  confFlag: 0x04000000,
  integFlag: 0x02000000,
});

/** Context tags of NegotiationToken ([RFC4178] 4.2). */
export const NEG_TOKEN_INIT = 0xa0;
export const NEG_TOKEN_RESP = 0xa1;

const mechanism = derOid({ names: mechanismNames, text: "spnego.mechType", filter: "spnego.MechType" });
const mechTypes = derSequenceOf(mechanism, { text: "spnego.mechTypes", filter: "spnego.mechTypes" });
const mechListMic = derOctets({ inner: messageSignature, text: "spnego.mechListMic", filter: "spnego.mechListMIC" });

/** What the server tells in NEGOTIATE of itself ([MS-SPNG] 2.2.1). */
const NegHints = derSequence("NegHints", "MS-SPNG 2.2.1", {
  hintName: [0, derText({ text: "spnego.hintName", filter: "spnego.hintName" })],
  hintAddress: [1, derOctets({ filter: "spnego.hintAddress" })],
});

/**
 * NegTokenInit and NegTokenInit2, which differ by what tag 3 holds: the MIC, or negHints with the MIC after them.
 * @param mechToken Reads the token of the mechanism inside.
 */
function negTokenInit(mechToken: DerInner): DerType {
  const hintsOrMic = derChoice([NegHints, mechListMic]);
  const fields = {
    mechTypes: [0, mechTypes],
    reqFlags: [1, derFlags({ flags: ContextFlags, filter: "spnego.reqFlags" })],
    mechToken: [2, derOctets({ inner: mechToken, text: "spnego.mechToken", filter: "spnego.mechToken" })],
  } as const;
  const plain = derSequence("NegTokenInit", "RFC4178 4.2.1", { ...fields, mechListMIC: [3, hintsOrMic] });
  const extended = derSequence("NegTokenInit2", "MS-SPNG 2.2.1", {
    ...fields,
    negHints: [3, hintsOrMic, { text: "spnego.negHints", filter: "spnego.negHints_element" }],
    mechListMIC: [4, mechListMic],
  });
  return { ...extended, read: (place, element) => (hasMicAtThree(place.scope, element) ? plain : extended).read(place, element) };
}

/** NegTokenResp: the answer to an offer, in either direction. */
function negTokenResp(responseToken: DerInner): DerType {
  return derSequence("NegTokenResp", "RFC4178 4.2.2", {
    negState: [0, derEnumerated({ names: NegState, text: "spnego.negState", filter: "spnego.negResult" })],
    supportedMech: [1, derOid({ names: mechanismNames, text: "spnego.supportedMech", filter: "spnego.supportedMech" })],
    responseToken: [2, derOctets({ inner: responseToken, text: "spnego.responseToken", filter: "spnego.responseToken" })],
    mechListMIC: [3, mechListMic],
  });
}

/**
 * NegotiationToken ([RFC4178] 4.2).
 * @param token Reads the token of the mechanism inside.
 */
export function negotiationToken(token: DerInner): DerType {
  const kinds = { [NEG_TOKEN_INIT]: negTokenInit(token), [NEG_TOKEN_RESP]: negTokenResp(token) };
  return derChoice(Object.entries(kinds).map(([tag, kind]) => derExplicit(Number(tag), kind)));
}

const FIELDS_BEFORE_THREE = 3;
const CONTEXT_THREE = 0xa3;

/** Whether the field with tag 3 is an OCTET STRING, as only the MIC of the plain NegTokenInit is. */
function hasMicAtThree(scope: Scope, element: DerElement): boolean {
  let inside = contentsOf(scope, element);
  for (let field = 0; field <= FIELDS_BEFORE_THREE; field++) {
    const found = readDerElement(inside);
    if (found === undefined) return false;
    if (found.tag === CONTEXT_THREE) return readDerElement(contentsOf(inside, found))?.tag === mechListMic.tag;
    inside = { ...inside, start: found.end };
  }
  return false;
}
