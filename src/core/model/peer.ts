import { dialectName } from "../smb2/constants/dialects.ts";
import type { Language } from "../spec/language.ts";
import type { NtlmVersions, Side } from "./connectionFacts.ts";
import { PEER_PRODUCTS, type PeerCertainty, type PeerTraits, WINDOWS_RELEASES } from "./peerProducts.ts";

/** What one end of a connection looks like. A device that changes NEGOTIATE, and a program that imitates another, may deceive. */
export interface Peer {
  /** English name; `productText` gives it in both languages. */
  readonly product: string;
  readonly certainty: PeerCertainty;
  readonly evidence: readonly PeerEvidence[];
}

export interface PeerEvidence {
  readonly frame: number;
  readonly field: "ClientGuid" | "ServerGuid" | "Capabilities" | "Dialects" | "Version";
  readonly value: string;
}

/** What is known of an end: its NEGOTIATE message, null where it is missing, and the version that NTLMSSP names. */
export interface PeerSigns {
  readonly side: Side;
  readonly negotiate: {
    readonly frame: number;
    /** 8-4-4-4-12. */
    readonly guid: string;
    readonly capabilities: number;
    /** Those that the client offers; the one that the server chose. */
    readonly dialects: readonly number[];
  } | null;
  readonly ntlm: NtlmVersions;
}

/** Guesses the product of one end; null where nothing tells, or what tells is not known to tell one product from another. */
export function guessPeer(signs: PeerSigns): Peer | null {
  for (const { side, name, certainty = "likely", traits } of PEER_PRODUCTS) {
    const evidence = side === signs.side ? evidenceOf(signs, traits) : null;
    if (evidence !== null) return { product: name.en, certainty, evidence };
  }
  return guessWindows(signs);
}

function guessWindows(signs: PeerSigns): Peer | null {
  const { negotiate } = signs;
  if (negotiate === null) return null;
  for (const [version, dialect, name] of WINDOWS_RELEASES) {
    const evidence = evidenceOf(signs, { version, highestDialect: dialect });
    if (evidence !== null) return { product: name, certainty: "likely", evidence };
  }
  return null;
}

function evidenceOf({ side, negotiate, ntlm }: PeerSigns, traits: PeerTraits): readonly PeerEvidence[] | null {
  const evidence: PeerEvidence[] = [];
  const wantsNegotiate = traits.guid ?? traits.capabilities ?? traits.highestDialect ?? traits.leastDialect;
  if (wantsNegotiate !== undefined) {
    if (negotiate === null || !fitsNegotiate(negotiate, traits)) return null;
    const { frame, guid, capabilities, dialects } = negotiate;
    if (traits.guid !== undefined) evidence.push({ frame, field: side === "client" ? "ClientGuid" : "ServerGuid", value: guid });
    if (traits.capabilities !== undefined)
      evidence.push({ frame, field: "Capabilities", value: `0x${capabilities.toString(16).padStart(8, "0")}` });
    if (traits.withoutDialect !== undefined) evidence.push({ frame, field: "Dialects", value: dialects.map(dialectName).join(", ") });
  }
  if (traits.version !== undefined) {
    const version = side === "client" ? ntlm.clientVersion : ntlm.serverVersion;
    const [major, minor, build] = traits.version;
    if (version === 0 || version !== ((major << 24) | (minor << 16) | build) >>> 0) return null;
    const frame = side === "client" ? ntlm.clientVersionFrame : ntlm.serverVersionFrame;
    evidence.push({ frame, field: "Version", value: traits.version.join(".") });
  }
  return evidence;
}

function fitsNegotiate(negotiate: NonNullable<PeerSigns["negotiate"]>, traits: PeerTraits): boolean {
  const { guid, capabilities, dialects } = negotiate;
  if (traits.guid !== undefined && !traits.guid.test(textOf(guid))) return false;
  if (traits.capabilities !== undefined && capabilities !== traits.capabilities) return false;
  if (traits.withoutDialect !== undefined && dialects.includes(traits.withoutDialect)) return false;
  if (traits.leastDialect !== undefined && !dialects.some((dialect) => dialect >= (traits.leastDialect ?? 0))) return false;
  return traits.highestDialect === undefined || dialects.every((dialect) => dialect <= (traits.highestDialect ?? 0));
}

/** The wire bytes of a GUID as text, one character a byte ([MS-DTYP] 2.3.4.2: the first three parts are little-endian). */
function textOf(guid: string): string {
  const [a = "", b = "", c = "", ...rest] = guid.split("-");
  const swapped = [a, b, c].map((part) => part.match(/../g)?.reverse().join("") ?? "").join("");
  return (swapped + rest.join("")).replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
}

/** Name of a guessed product. Names of Windows releases have a few words between them. */
export function productText(product: string, language: Language): string {
  if (language === "en") return product;
  const known = PEER_PRODUCTS.find(({ name }) => name.en === product);
  return known?.name.ja ?? product.replace(" or later, or ", " 以降または ").replace(" or ", " または ").replace(" to ", "～");
}
