import { array } from "../struct/array.ts";
import { u16, u32 } from "../struct/integers.ts";
import { guid } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { Dialect } from "./constants/dialects.ts";
import { GlobalCapabilities, SecurityMode } from "./constants/negotiateFlags.ts";

/** Input of FSCTL_VALIDATE_NEGOTIATE_INFO: what the client said of itself in NEGOTIATE. */
export const ValidateNegotiateInfoRequest = struct(
  "VALIDATE_NEGOTIATE_INFO Request",
  "MS-SMB2 2.2.31.4",
  {
    Capabilities: u32({ flags: GlobalCapabilities, text: "vniReq.capabilities", filter: "smb2.capabilities" }),
    Guid: guid({ text: "vniReq.guid", filter: "smb2.client_guid" }),
    SecurityMode: u16({ flags: SecurityMode, text: "vniReq.securityMode", filter: "smb2.sec_mode" }),
    DialectCount: u16({ text: "vniReq.dialectCount", filter: "smb2.dialect_count" }),
  },
  {
    Dialects: array(u16({ names: Dialect }), (m) => m.DialectCount, { text: "vniReq.dialects", filter: "smb2.dialect" }),
  },
);

/** Output of FSCTL_VALIDATE_NEGOTIATE_INFO: what the server said of itself in NEGOTIATE. */
export const ValidateNegotiateInfoResponse = struct("VALIDATE_NEGOTIATE_INFO Response", "MS-SMB2 2.2.32.6", {
  Capabilities: u32({ flags: GlobalCapabilities, text: "vniRsp.capabilities", filter: "smb2.capabilities" }),
  Guid: guid({ text: "vniRsp.guid", filter: "smb2.server_guid" }),
  SecurityMode: u16({ flags: SecurityMode, text: "vniRsp.securityMode", filter: "smb2.sec_mode" }),
  Dialect: u16({ names: Dialect, text: "vniRsp.dialect", filter: "smb2.dialect" }),
});
