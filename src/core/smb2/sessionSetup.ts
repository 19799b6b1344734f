import { securityToken } from "../security/securityToken.ts";
import { u8, u16, u32, u64 } from "../struct/integers.ts";
import { struct } from "../struct/struct.ts";
import { GlobalCapabilities, SecurityMode } from "./constants/negotiateFlags.ts";
import { SessionFlags, SessionSetupFlags } from "./constants/sessionFlags.ts";

export const SessionSetupRequest = struct(
  "SMB2 SESSION_SETUP Request",
  "MS-SMB2 2.2.5",
  {
    StructureSize: u16({ must: 25, text: "ssReq.structureSize", filter: "smb2.buffer_code" }),
    Flags: u8({ flags: SessionSetupFlags, text: "ssReq.flags", filter: "smb2.ses_req_flags" }),
    SecurityMode: u8({ flags: SecurityMode, text: "ssReq.securityMode", filter: "smb2.sec_mode" }),
    Capabilities: u32({ flags: GlobalCapabilities, text: "ssReq.capabilities", filter: "smb2.capabilities" }),
    Channel: u32({ hex: true, reserved: true, text: "ssReq.channel", filter: "smb2.channel" }),
    SecurityBufferOffset: u16({ text: "ssReq.securityBuffer", filter: "smb2.olb.offset" }),
    SecurityBufferLength: u16({ text: "ssReq.securityBuffer", filter: "smb2.olb.length" }),
    PreviousSessionId: u64({ hex: true, text: "ssReq.previousSessionId", filter: "smb2.previous_sesid" }),
  },
  {
    Buffer: securityToken({
      length: (m) => m.SecurityBufferLength,
      atHeader: (m) => m.SecurityBufferOffset,
      text: "ssReq.securityBuffer",
      filter: "smb2.security_blob",
    }),
  },
);

export const SessionSetupResponse = struct(
  "SMB2 SESSION_SETUP Response",
  "MS-SMB2 2.2.6",
  {
    StructureSize: u16({ must: 9, text: "ssRsp.structureSize", filter: "smb2.buffer_code" }),
    SessionFlags: u16({ flags: SessionFlags, text: "ssRsp.flags", filter: "smb2.session_flags" }),
    SecurityBufferOffset: u16({ text: "ssRsp.securityBuffer", filter: "smb2.olb.offset" }),
    SecurityBufferLength: u16({ text: "ssRsp.securityBuffer", filter: "smb2.olb.length" }),
  },
  {
    Buffer: securityToken({
      length: (m) => m.SecurityBufferLength,
      atHeader: (m) => m.SecurityBufferOffset,
      text: "ssRsp.securityBuffer",
      filter: "smb2.security_blob",
    }),
  },
);
