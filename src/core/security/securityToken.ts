import { type BlobOptions, blobReading } from "../struct/blob.ts";
import type { Part, PartPlace, Reading, Scope } from "../struct/field.ts";
import { innerScope } from "../struct/inner.ts";
import type { PayloadValue } from "../struct/payload.ts";
import { regionOf } from "../struct/region.ts";
import type { Struct } from "../struct/struct.ts";
import { walkStruct } from "../struct/walkStruct.ts";
import { contentsOf, type DerElement, readDerElement } from "./derElement.ts";
import { type DerInner, derOid } from "./derPrimitives.ts";
import { type DerPlace, walkDer } from "./derType.ts";
import { KERBEROS_TAGS, KerberosTokenHead, kerberosMessage } from "./kerberos.ts";
import { KERBEROS, MS_KERBEROS, mechanismNames } from "./mechanisms.ts";
import { NegoexMessageHeader } from "./negoex.ts";
import { ntlmDeclaration } from "./ntlmssp.ts";
import { NEG_TOKEN_INIT, NEG_TOKEN_RESP, negotiationToken } from "./spnego.ts";

/** [RFC2743] 3.1. */
const APPLICATION_TOKEN = 0x60;
const NTLM_SIGNATURE = [0x4e, 0x54, 0x4c, 0x4d, 0x53, 0x53, 0x50, 0x00];
const NEGOEX_SIGNATURE = [0x4e, 0x45, 0x47, 0x4f, 0x45, 0x58, 0x54, 0x53];
/** SPNEGO in a buffer, a mechanism in SPNEGO, and one more; tokens in tokens could go on as deep as there are bytes. */
const MAX_DEPTH = 3;

const thisMech = derOid({ names: mechanismNames, text: "gss.thisMech", filter: "gss-api.OID" });

/**
 * A security buffer of NEGOTIATE or SESSION_SETUP: SPNEGO, NTLMSSP, Kerberos or NEGOEX, raw or in the frame of GSS-API. Its fields stand
 * below it: `Buffer.mechTypes`, `Buffer.mechToken.NegotiateFlags`. Anything else stays opaque.
 */
export function securityToken<M>(options: BlobOptions<M>): Part<PayloadValue, M> {
  return { walk: (place) => bufferReading(place, options) as Reading<PayloadValue> | undefined };
}

function bufferReading<M>(place: PartPlace<M>, options: BlobOptions<M>): Reading | undefined {
  const region = regionOf(place, options, options.length(place.values));
  const plain = blobReading(place, options, region);
  if (region === undefined || plain?.value === undefined) return plain;
  const token = walkToken({ scope: innerScope(place.scope, region), name: place.name, section: place.section }, 0);
  if (token === undefined) return plain;
  const { start, end } = plain.value;
  const { children, section, show } = token;
  const value = { ...(token.value as object | undefined), start, end };
  return { ...plain, value, children, section, show, issues: [...plain.issues, ...token.issues] };
}

/** A token of any kind; undefined when it is of none that is known. */
function walkToken(place: DerPlace, depth: number): Reading | undefined {
  const { scope } = place;
  if (depth >= MAX_DEPTH) return undefined;
  switch (scope.bytes[scope.start]) {
    case APPLICATION_TOKEN:
      return walkApplicationToken(place, depth);
    case NEG_TOKEN_INIT:
    case NEG_TOKEN_RESP:
      return walkDer(negotiationToken(tokenInside(depth)), place);
    case KERBEROS_TAGS.AP_REQ:
    case KERBEROS_TAGS.AP_REP:
    case KERBEROS_TAGS.KRB_ERROR:
      return walkDer(kerberosMessage, place);
    default:
      return walkSigned(place);
  }
}

function tokenInside(depth: number): DerInner {
  return (place) => walkToken(place, depth + 1);
}

/** Tokens that begin with a signature: NTLMSSP, NEGOEX. */
function walkSigned({ scope, name }: DerPlace): Reading | undefined {
  if (startsWith(scope, NEGOEX_SIGNATURE)) return titled(NegoexMessageHeader, scope, name);
  if (!startsWith(scope, NTLM_SIGNATURE)) return undefined;
  const declaration = ntlmDeclaration(scope.bytes, scope.start, scope.end);
  return declaration === undefined ? undefined : titled(declaration, scope, name);
}

/** The frame of GSS-API around a first token: the mechanism's identifier, then its token, whose fields stand beside it. */
function walkApplicationToken(place: DerPlace, depth: number): Reading | undefined {
  const element = readDerElement(place.scope);
  if (element === undefined) return undefined;
  const inside = contentsOf(place.scope, element);
  const mechanism = walkDer(thisMech, { ...place, scope: inside, name: "thisMech" });
  if (mechanism.value === undefined) return undefined;
  const after = { ...place, scope: { ...inside, start: mechanism.end } };
  const inner = isKerberos(mechanism.value) ? walkKerberosToken(after) : walkToken(after, depth + 1);
  return framed(place, element, mechanism, inner);
}

function framed(place: DerPlace, element: DerElement, mechanism: Reading, inner: Reading | undefined): Reading {
  const { start, end } = element;
  return {
    name: place.name,
    value: { thisMech: mechanism.value, ...(inner?.value as object | undefined) },
    start,
    end,
    options: {},
    section: inner?.section ?? "RFC2743 3.1",
    issues: [...element.issues, ...(inner?.issues ?? [])],
    children: [mechanism, ...(inner?.children ?? [])],
    show: inner?.show ?? (() => ({ value: mechanism.show().label ?? mechanism.show().value })),
  };
}

function walkKerberosToken(place: DerPlace): Reading {
  const head = walkStruct(KerberosTokenHead, place.scope, place.name);
  const message = walkDer(kerberosMessage, { ...place, scope: { ...place.scope, start: head.end } });
  return {
    ...message,
    value: { ...head.value, ...(message.value as object | undefined) },
    children: [...head.children, ...message.children],
  };
}

function isKerberos(oid: unknown): boolean {
  return oid === KERBEROS || oid === MS_KERBEROS;
}

function titled(declaration: Struct, scope: Scope, name: string): Reading {
  return { ...walkStruct(declaration, scope, name), show: () => ({ value: declaration.name }) };
}

function startsWith({ bytes, start, end }: Scope, signature: readonly number[]): boolean {
  return start + signature.length <= end && signature.every((byte, index) => bytes[start + index] === byte);
}
