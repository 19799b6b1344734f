import type { FieldKey } from "../spec/fieldTexts.ts";
import { blob } from "../struct/blob.ts";
import { choose } from "../struct/choose.ts";
import { u8, u16, u32 } from "../struct/integers.ts";
import { nameSet } from "../struct/nameSet.ts";
import { octets, reserved } from "../struct/octets.ts";
import { payload } from "../struct/payload.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { ascii, utf16OrAscii } from "../struct/textPart.ts";
import { NtlmFlags } from "./ntlmFlags.ts";
import { LmResponse, Lmv2Response, NTLM_V1_RESPONSE_SIZE, NtlmResponse, Ntlmv2Response } from "./ntlmResponses.ts";
import { avPairs } from "./ntlmTargetInfo.ts";

const MIC_OFFSET = 72;
const MIC_SIZE = 16;
const LM_RESPONSE_SIZE = 24;

/** `NTLMSSP` and a zero byte, as the fields below show it. */
const SIGNATURE = "4e544c4d53535000";

/** MessageType ([MS-NLMP] 2.2.1). */
export const NtlmMessageType = nameSet("", { NEGOTIATE: 1, CHALLENGE: 2, AUTHENTICATE: 3 });

const flags = { flags: NtlmFlags, text: "ntlm.negotiateFlags", filter: "ntlmssp.negotiateflags" } as const;

/** The operating system as a message names it ([MS-NLMP] 2.2.2.10). */
export const NtlmVersion = struct("VERSION", "MS-NLMP 2.2.2.10", {
  ProductMajorVersion: u8({ text: "ntlm.version", filter: "ntlmssp.version.major" }),
  ProductMinorVersion: u8({ text: "ntlm.version", filter: "ntlmssp.version.minor" }),
  ProductBuild: u16({ text: "ntlm.version", filter: "ntlmssp.version.build_number" }),
  VersionReserved: reserved(3),
  NTLMRevisionCurrent: u8({ filter: "ntlmssp.version.ntlm_current_revision" }),
});

/** First message, client to server. Its names are ASCII whatever the flags say. Old clients send only the first two fields. */
export const NtlmNegotiate = struct(
  "NEGOTIATE_MESSAGE",
  "MS-NLMP 2.2.1.1",
  {
    ...start(),
    NegotiateFlags: u32(flags),
    ...lengths("DomainName", "ntlm.domainName"),
    ...lengths("Workstation", "ntlm.workstation"),
  },
  {
    Version: version(32, (m: { readonly NegotiateFlags?: number }) => m.NegotiateFlags),
    DomainName: ascii({
      length: (m) => m.DomainNameLen,
      atStruct: (m) => m.DomainNameBufferOffset,
      text: "ntlm.domainName",
      filter: "ntlmssp.negotiate.domain",
    }),
    Workstation: ascii({
      length: (m) => m.WorkstationLen,
      atStruct: (m) => m.WorkstationBufferOffset,
      text: "ntlm.workstation",
      filter: "ntlmssp.negotiate.callingworkstation",
    }),
  },
);

/** Second message, server to client. */
export const NtlmChallenge = struct(
  "CHALLENGE_MESSAGE",
  "MS-NLMP 2.2.1.2",
  {
    ...start(),
    ...lengths("TargetName", "ntlm.targetName"),
    NegotiateFlags: u32(flags),
    ServerChallenge: octets(8, { text: "ntlm.serverChallenge", filter: "ntlmssp.ntlmserverchallenge" }),
    Reserved: reserved(8),
    ...lengths("TargetInfo", "ntlm.targetInfo"),
  },
  {
    Version: version(48, (m: { readonly NegotiateFlags?: number }) => m.NegotiateFlags),
    TargetName: utf16OrAscii({
      length: (m) => m.TargetNameLen,
      atStruct: (m) => m.TargetNameBufferOffset,
      unicode: (m) => isUnicode(m.NegotiateFlags),
      text: "ntlm.targetName",
      filter: "ntlmssp.challenge.target_name",
    }),
    TargetInfo: avPairs({
      prefix: "ntlmssp.challenge.target_info",
      length: (m) => m.TargetInfoLen,
      atStruct: (m) => m.TargetInfoBufferOffset,
      text: "ntlm.targetInfo",
      filter: "ntlmssp.challenge.target_info",
    }),
  },
);

/** Third message, client to server: names in clear, the proof of the password. */
export const NtlmAuthenticate = struct(
  "AUTHENTICATE_MESSAGE",
  "MS-NLMP 2.2.1.3",
  {
    ...start(),
    ...lengths("LmChallengeResponse", "ntlm.lmChallengeResponse"),
    ...lengths("NtChallengeResponse", "ntlm.ntChallengeResponse"),
    ...lengths("DomainName", "ntlm.domainName"),
    ...lengths("UserName", "ntlm.userName"),
    ...lengths("Workstation", "ntlm.workstation"),
    ...lengths("EncryptedRandomSessionKey", "ntlm.encryptedRandomSessionKey"),
    NegotiateFlags: u32(flags),
  },
  {
    Version: version(64, (m: { readonly NegotiateFlags?: number }) => m.NegotiateFlags),
    MIC: blob({
      length: (m) => (hasMic(m) ? MIC_SIZE : undefined),
      atStruct: () => MIC_OFFSET,
      text: "ntlm.mic",
      filter: "ntlmssp.authenticate.mic",
    }),
    DomainName: utf16OrAscii({
      length: (m) => m.DomainNameLen,
      atStruct: (m) => m.DomainNameBufferOffset,
      unicode: (m) => isUnicode(m.NegotiateFlags),
      text: "ntlm.domainName",
      filter: "ntlmssp.auth.domain",
    }),
    UserName: utf16OrAscii({
      length: (m) => m.UserNameLen,
      atStruct: (m) => m.UserNameBufferOffset,
      unicode: (m) => isUnicode(m.NegotiateFlags),
      text: "ntlm.userName",
      filter: "ntlmssp.auth.username",
    }),
    Workstation: utf16OrAscii({
      length: (m) => m.WorkstationLen,
      atStruct: (m) => m.WorkstationBufferOffset,
      unicode: (m) => isUnicode(m.NegotiateFlags),
      text: "ntlm.workstation",
      filter: "ntlmssp.auth.hostname",
    }),
    LmChallengeResponse: payload({
      find: (m) => (m.LmChallengeResponseLen === LM_RESPONSE_SIZE ? lmResponse(m) : undefined),
      length: (m) => m.LmChallengeResponseLen,
      atStruct: (m) => m.LmChallengeResponseBufferOffset,
      text: "ntlm.lmChallengeResponse",
      filter: "ntlmssp.auth.lmresponse",
    }),
    NtChallengeResponse: payload({
      find: (m) => ntResponse(m),
      length: (m) => m.NtChallengeResponseLen,
      atStruct: (m) => m.NtChallengeResponseBufferOffset,
      text: "ntlm.ntChallengeResponse",
      filter: "ntlmssp.auth.ntresponse",
    }),
    EncryptedRandomSessionKey: blob({
      length: (m) => m.EncryptedRandomSessionKeyLen,
      atStruct: (m) => m.EncryptedRandomSessionKeyBufferOffset,
      text: "ntlm.encryptedRandomSessionKey",
      filter: "ntlmssp.auth.sesskey",
    }),
  },
);

function start() {
  return {
    Signature: octets(8, { must: SIGNATURE, filter: "ntlmssp.identifier" }),
    MessageType: u32({ names: NtlmMessageType, text: "ntlm.messageType", filter: "ntlmssp.messagetype" }),
  };
}

type Lengths<Name extends string> = Record<`${Name}Len` | `${Name}MaxLen` | `${Name}BufferOffset`, ReturnType<typeof u16>>;

/** The three numbers that say where a buffer of the message lies, counted from its Signature. */
function lengths<Name extends string>(name: Name, text: FieldKey): Lengths<Name> {
  const fields = {
    [`${name}Len`]: u16({ text }),
    [`${name}MaxLen`]: u16({ text }),
    [`${name}BufferOffset`]: u32({ text }),
  };
  return fields as Lengths<Name>;
}

/** The 8 bytes of VERSION at a fixed offset; they are there when the flags say so. */
function version<M>(offset: number, flagsOf: (values: M) => number | undefined) {
  const present = (values: M): boolean => ((flagsOf(values) ?? 0) & NtlmFlags.mask.NEGOTIATE_VERSION) !== 0;
  const length = (values: M): number | undefined => (present(values) ? NtlmVersion.size : undefined);
  return choose({ on: () => 1, length, atStruct: () => offset, group: true, text: "ntlm.version" }, { 1: NtlmVersion });
}

function isUnicode(value: number | undefined): boolean {
  return ((value ?? 0) & NtlmFlags.mask.NEGOTIATE_UNICODE) !== 0;
}

interface NtLength {
  readonly NtChallengeResponseLen?: number;
}

function isV2(m: NtLength): boolean {
  return (m.NtChallengeResponseLen ?? 0) > NTLM_V1_RESPONSE_SIZE;
}

/** An anonymous client sends a single zero byte here. */
function lmResponse(m: NtLength): Struct {
  return isV2(m) ? Lmv2Response : LmResponse;
}

function ntResponse(m: NtLength): Struct | undefined {
  if (isV2(m)) return Ntlmv2Response;
  return m.NtChallengeResponseLen === NTLM_V1_RESPONSE_SIZE ? NtlmResponse : undefined;
}

/** Old clients send none: then the first buffer begins where the MIC would stand. */
function hasMic(m: AuthenticateBuffers): boolean {
  const buffers = [
    [m.LmChallengeResponseLen, m.LmChallengeResponseBufferOffset],
    [m.NtChallengeResponseLen, m.NtChallengeResponseBufferOffset],
    [m.DomainNameLen, m.DomainNameBufferOffset],
    [m.UserNameLen, m.UserNameBufferOffset],
    [m.WorkstationLen, m.WorkstationBufferOffset],
    [m.EncryptedRandomSessionKeyLen, m.EncryptedRandomSessionKeyBufferOffset],
  ].filter(([length]) => (length ?? 0) > 0);
  return buffers.length > 0 && buffers.every(([, offset]) => (offset ?? 0) >= MIC_OFFSET + MIC_SIZE);
}

type BufferName = "LmChallengeResponse" | "NtChallengeResponse" | "DomainName" | "UserName" | "Workstation" | "EncryptedRandomSessionKey";

type AuthenticateBuffers = { readonly [Field in `${BufferName}Len` | `${BufferName}BufferOffset`]?: number };
