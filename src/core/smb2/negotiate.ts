import { securityToken } from "../security/securityToken.ts";
import { array } from "../struct/array.ts";
import { MAX_ELEMENTS } from "../struct/field.ts";
import { filetime, u16, u32 } from "../struct/integers.ts";
import { list } from "../struct/list.ts";
import { guid, reserved } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { type Peek, variant } from "../struct/variant.ts";
import { DIALECT_311, Dialect } from "./constants/dialects.ts";
import { GlobalCapabilities, SecurityMode } from "./constants/negotiateFlags.ts";
import { NegotiateContext } from "./negotiateContext.ts";

const REQUEST_DIALECT_COUNT = 2;
const REQUEST_DIALECTS = 36;
const RESPONSE_DIALECT_REVISION = 4;

const contextList = { align: 8, text: "ctx.list" } as const;

export const NegotiateRequest = struct(
  "SMB2 NEGOTIATE Request",
  "MS-SMB2 2.2.3",
  {
    StructureSize: u16({ must: 36, text: "negReq.structureSize", filter: "smb2.buffer_code" }),
    DialectCount: u16({ text: "negReq.dialectCount", filter: "smb2.dialect_count" }),
    SecurityMode: u16({ flags: SecurityMode, text: "negReq.securityMode", filter: "smb2.sec_mode" }),
    Reserved: reserved(2, { text: "negReq.reserved", filter: "smb2.reserved" }),
    Capabilities: u32({ flags: GlobalCapabilities, text: "negReq.capabilities", filter: "smb2.capabilities" }),
    ClientGuid: guid({ text: "negReq.clientGuid", filter: "smb2.client_guid" }),
    ContextsOrTime: variant(
      {
        contexts: {
          NegotiateContextOffset: u32({ text: "negReq.contextOffset", filter: "smb2.negotiate_context.offset" }),
          NegotiateContextCount: u16({ text: "negReq.contextOffset", filter: "smb2.negotiate_context.count" }),
          Reserved2: reserved(2, { text: "negReq.reserved" }),
        },
        time: { ClientStartTime: filetime({ text: "negReq.clientStartTime", filter: "smb2.boot_time" }) },
      },
      (peek) => (offers311(peek) ? "contexts" : "time"),
    ),
  },
  {
    Dialects: array(u16({ names: Dialect, filter: "smb2.dialect" }), (m) => m.DialectCount, {
      text: "negReq.dialects",
      filter: "smb2.dialect",
    }),
    NegotiateContextList: list(NegotiateContext, {
      ...contextList,
      count: (m) => m.NegotiateContextCount,
      atHeader: (m) => m.NegotiateContextOffset,
    }),
  },
);

export const NegotiateResponse = struct(
  "SMB2 NEGOTIATE Response",
  "MS-SMB2 2.2.4",
  {
    StructureSize: u16({ must: 65, text: "negRsp.structureSize", filter: "smb2.buffer_code" }),
    SecurityMode: u16({ flags: SecurityMode, text: "negRsp.securityMode", filter: "smb2.sec_mode" }),
    DialectRevision: u16({ names: Dialect, text: "negRsp.dialectRevision", filter: "smb2.dialect" }),
    CountOrReserved: variant(
      {
        contexts: { NegotiateContextCount: u16({ text: "negRsp.contextCount", filter: "smb2.negotiate_context.count" }) },
        none: { Reserved: reserved(2, { text: "negReq.reserved" }) },
      },
      selected311,
    ),
    ServerGuid: guid({ text: "negRsp.serverGuid", filter: "smb2.server_guid" }),
    Capabilities: u32({ flags: GlobalCapabilities, text: "negRsp.capabilities", filter: "smb2.capabilities" }),
    MaxTransactSize: u32({ text: "negRsp.maxSizes", filter: "smb2.max_trans_size" }),
    MaxReadSize: u32({ text: "negRsp.maxSizes", filter: "smb2.max_read_size" }),
    MaxWriteSize: u32({ text: "negRsp.maxSizes", filter: "smb2.max_write_size" }),
    SystemTime: filetime({ text: "negRsp.systemTime", filter: "smb2.current_time" }),
    ServerStartTime: filetime({ text: "negRsp.serverStartTime", filter: "smb2.boot_time" }),
    SecurityBufferOffset: u16({ text: "negRsp.securityBuffer", filter: "smb2.olb.offset" }),
    SecurityBufferLength: u16({ text: "negRsp.securityBuffer", filter: "smb2.olb.length" }),
    OffsetOrReserved: variant(
      {
        contexts: { NegotiateContextOffset: u32({ text: "negRsp.contextOffset", filter: "smb2.negotiate_context.offset" }) },
        none: { Reserved2: reserved(4, { text: "negReq.reserved" }) },
      },
      selected311,
    ),
  },
  {
    Buffer: securityToken({
      length: (m) => m.SecurityBufferLength,
      atHeader: (m) => m.SecurityBufferOffset,
      text: "negRsp.securityBuffer",
      filter: "smb2.security_blob",
    }),
    NegotiateContextList: list(NegotiateContext, {
      ...contextList,
      section: "MS-SMB2 2.2.4.1",
      count: (m) => m.NegotiateContextCount,
      atHeader: (m) => m.NegotiateContextOffset,
    }),
  },
);

function offers311(peek: Peek): boolean {
  const count = Math.min(peek.u16(REQUEST_DIALECT_COUNT) ?? 0, MAX_ELEMENTS);
  for (let index = 0; index < count; index++) if (peek.u16(REQUEST_DIALECTS + 2 * index) === DIALECT_311) return true;
  return false;
}

function selected311(peek: Peek): "contexts" | "none" {
  return peek.u16(RESPONSE_DIALECT_REVISION) === DIALECT_311 ? "contexts" : "none";
}
