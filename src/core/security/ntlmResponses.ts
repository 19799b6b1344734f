import { filetime, u8 } from "../struct/integers.ts";
import { octets, reserved } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { avPairs } from "./ntlmTargetInfo.ts";

/** Response of NTLM v1; what is longer is one of NTLM v2. */
export const NTLM_V1_RESPONSE_SIZE = 24;

/** The client's proof under NTLM v2: a keyed hash, and what it was computed over ([MS-NLMP] 2.2.2.8 with 2.2.2.7 inside). */
export const Ntlmv2Response = struct(
  "NTLMv2_RESPONSE",
  "MS-NLMP 2.2.2.8",
  {
    Response: octets(16, { text: "ntlm.v2.response", filter: "ntlmssp.ntlmv2_response.ntproofstr" }),
    RespType: u8({ must: 1, section: "MS-NLMP 2.2.2.7", filter: "ntlmssp.ntlmv2_response.rversion" }),
    HiRespType: u8({ must: 1, section: "MS-NLMP 2.2.2.7", filter: "ntlmssp.ntlmv2_response.hirversion" }),
    Reserved1: reserved(2),
    Reserved2: reserved(4),
    TimeStamp: filetime({ section: "MS-NLMP 2.2.2.7", text: "ntlm.v2.timeStamp", filter: "ntlmssp.ntlmv2_response.time" }),
    ChallengeFromClient: octets(8, { section: "MS-NLMP 2.2.2.7", text: "ntlm.v2.challenge", filter: "ntlmssp.ntlmv2_response.chal" }),
    Reserved3: reserved(4),
  },
  { AvPairs: avPairs({ prefix: "ntlmssp.ntlmv2_response", section: "MS-NLMP 2.2.2.7", text: "ntlm.v2.avPairs" }) },
);

/** [MS-NLMP] 2.2.2.6. */
export const NtlmResponse = struct("NTLM_RESPONSE", "MS-NLMP 2.2.2.6", { Response: octets(24, { text: "ntlm.v1.response" }) });

/** [MS-NLMP] 2.2.2.4. Zero where the client sends a time stamp in the NTLMv2 response instead. */
export const Lmv2Response = struct("LMv2_RESPONSE", "MS-NLMP 2.2.2.4", {
  Response: octets(16),
  ChallengeFromClient: octets(8, { filter: "ntlmssp.ntlmclientchallenge" }),
});

/** [MS-NLMP] 2.2.2.3. */
export const LmResponse = struct("LM_RESPONSE", "MS-NLMP 2.2.2.3", { Response: octets(24) });
