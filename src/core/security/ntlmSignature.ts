import { u32 } from "../struct/integers.ts";
import { octets } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { walkStruct } from "../struct/walkStruct.ts";
import type { DerInner } from "./derPrimitives.ts";

const VERSION = 1;

/** Signature of a message under NTLM with extended session security, e.g. a MIC over the list of mechanisms. */
export const NtlmMessageSignature = struct("NTLMSSP_MESSAGE_SIGNATURE", "MS-NLMP 2.2.2.9.2", {
  Version: u32({ must: VERSION, filter: "ntlmssp.verf.vers" }),
  Checksum: octets(8, { filter: "ntlmssp.verf.hmacmd5" }),
  SeqNum: u32({ filter: "ntlmssp.verf.sequence" }),
});

/** Reads a MIC that is of NTLM; any other one stays opaque. */
export const messageSignature: DerInner = ({ scope, name }) => {
  const { bytes, start, end } = scope;
  const isNtlm = end - start === NtlmMessageSignature.size && bytes[start] === VERSION && bytes[start + 1] === 0;
  if (!isNtlm) return undefined;
  return { ...walkStruct(NtlmMessageSignature, scope, name), show: () => ({ value: NtlmMessageSignature.name }) };
};
