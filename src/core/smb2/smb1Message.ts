import { rest } from "../struct/blob.ts";
import { decode } from "../struct/decode.ts";
import { describe, type FieldNode } from "../struct/describe.ts";
import { u8, u16, u32, u32be } from "../struct/integers.ts";
import { octets, reserved } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { NtStatusNames } from "./constants/ntStatusNames.ts";
import { Smb1Command } from "./constants/smb1Commands.ts";
import { Smb1Flags, Smb1Flags2 } from "./constants/smb1Flags.ts";
import { PROTOCOL_SMB1 } from "./header.ts";
import { Smb1NegotiateRequest, Smb1NegotiateResponse } from "./smb1Negotiate.ts";

/** The 32 bytes before every SMB1 message ([MS-CIFS] 2.2.3.1). */
export const Smb1Header = struct("SMB Message Header", "MS-CIFS", {
  Protocol: u32be({ must: PROTOCOL_SMB1, hex: true, text: "hdr.protocolId" }),
  Command: u8({ names: Smb1Command, filter: "smb.cmd" }),
  Status: u32({ names: NtStatusNames, filter: "smb.nt_status" }),
  Flags: u8({ flags: Smb1Flags, filter: "smb.flags" }),
  Flags2: u16({ flags: Smb1Flags2, filter: "smb.flags2" }),
  PIDHigh: u16({ filter: "smb.pid.high" }),
  SecurityFeatures: octets(8, { filter: "smb.signature" }),
  Reserved: reserved(2),
  TID: u16({ filter: "smb.tid" }),
  PIDLow: u16({ filter: "smb.pid" }),
  UID: u16({ filter: "smb.uid" }),
  MID: u16({ filter: "smb.mid" }),
});

/** A body that is not declared: this product reads SMB1 only as far as its negotiation. */
export const Smb1Body = struct("SMB message", "MS-CIFS", {}, { Body: rest() });

/** Field tree of an SMB1 message: the node `Header`, then the fields of the body. Ranges count from `start`. */
export function describeSmb1Message(bytes: Uint8Array, start: number, end: number, wireEnd?: number): FieldNode {
  const context = { origin: start, ...(wireEnd !== undefined && { wireEnd }) };
  const header = describe(Smb1Header, bytes, start, end, { ...context, path: "Header" });
  const { Command, Flags } = decode(Smb1Header, bytes, start, end).value;
  const negotiate = isReply(Flags) ? Smb1NegotiateResponse : Smb1NegotiateRequest;
  const declaration = Command === Smb1Command.value.NEGOTIATE ? negotiate : Smb1Body;
  if (header.range.end < Smb1Header.size) return { ...header, path: "", issues: [], children: [header] };
  const body = describe(declaration, bytes, start + Smb1Header.size, end, context);
  return { ...body, range: { start: 0, end: Math.max(header.range.end, body.range.end) }, children: [header, ...body.children] };
}

function isReply(flags: number | undefined): boolean {
  return ((flags ?? 0) & Smb1Flags.mask.REPLY) !== 0;
}
