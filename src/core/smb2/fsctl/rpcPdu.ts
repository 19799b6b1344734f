import { rest } from "../../struct/blob.ts";
import type { FieldOptions, FixedField } from "../../struct/field.ts";
import { flagSet } from "../../struct/flagSet.ts";
import { inlined } from "../../struct/inlined.ts";
import { inner } from "../../struct/inner.ts";
import { u8, u16, u32 } from "../../struct/integers.ts";
import { list } from "../../struct/list.ts";
import { nameSet } from "../../struct/nameSet.ts";
import { guid, reserved } from "../../struct/octets.ts";
import { type Struct, struct } from "../../struct/struct.ts";
import { ascii } from "../../struct/textPart.ts";
import { rpcInterfaces, transferSyntaxes } from "./rpcInterfaces.ts";

/* Connection-oriented PDUs of DCE 1.1 RPC (C706 chapter 12, [MS-RPCE] 2.2.2), as FSCTL_PIPE_TRANSCEIVE carries them. */

/** PTYPE. */
export const RpcPduType = nameSet("", {
  request: 0,
  response: 2,
  fault: 3,
  bind: 11,
  bind_ack: 12,
  bind_nak: 13,
  alter_context: 14,
  alter_context_resp: 15,
  rpc_auth_3: 16,
  shutdown: 17,
  co_cancel: 18,
  orphaned: 19,
});

const PfcFlags = flagSet("PFC_", {
  FIRST_FRAG: 0x01,
  LAST_FRAG: 0x02,
  PENDING_CANCEL: 0x04,
  CONC_MPX: 0x10,
  DID_NOT_EXECUTE: 0x20,
  MAYBE: 0x40,
  OBJECT_UUID: 0x80,
});

/** Statuses of a fault that are met most (C706 appendix E, [MS-ERREF] 2.2). */
const FaultStatus = nameSet("", {
  ERROR_ACCESS_DENIED: 0x00000005,
  RPC_S_UNSUPPORTED_TYPE: 0x000006b6,
  RPC_S_PROTOCOL_ERROR: 0x000006c0,
  RPC_S_PROCNUM_OUT_OF_RANGE: 0x000006d1,
  RPC_X_BAD_STUB_DATA: 0x000006f7,
  nca_op_rng_error: 0x1c010002,
  nca_unk_if: 0x1c010003,
  nca_proto_error: 0x1c01000b,
  nca_s_fault_access_denied: 0x1c010005,
  nca_s_fault_context_mismatch: 0x1c00001a,
});

const ContextResult = nameSet("", { acceptance: 0, user_rejection: 1, provider_rejection: 2, negotiate_ack: 3 });
const RejectReason = nameSet("", {
  reason_not_specified: 0,
  abstract_syntax_not_supported: 1,
  proposed_transfer_syntaxes_not_supported: 2,
  local_limit_exceeded: 3,
});

const LITTLE_ENDIAN = 0x10;

const contextId = u16({ text: "rpc.contextId", filter: "dcerpc.cn_ctx_id" });
const allocHint = u32({ text: "rpc.allocHint", filter: "dcerpc.cn_alloc_hint" });
const stub = { stub_data: rest({ text: "rpc.stub", filter: "dcerpc.stub_data" }) };

const Request = struct(
  "rpcconn_request_hdr_t",
  "MS-RPCE 2.2.2",
  { alloc_hint: allocHint, p_cont_id: contextId, opnum: u16({ text: "rpc.opnum", filter: "dcerpc.opnum" }) },
  stub,
);

const answer = {
  alloc_hint: allocHint,
  p_cont_id: contextId,
  cancel_count: u8({ filter: "dcerpc.cn_cancel_count" }),
  reserved: reserved(1),
};

const Response = struct("rpcconn_response_hdr_t", "MS-RPCE 2.2.2", answer, stub);

const Fault = struct(
  "rpcconn_fault_hdr_t",
  "MS-RPCE 2.2.2",
  { ...answer, status: u32({ names: FaultStatus, text: "rpc.fault", filter: "dcerpc.cn_status" }), reserved2: reserved(4) },
  stub,
);

const TransferSyntax = struct("p_syntax_id_t", "MS-RPCE 2.2.2", {
  if_uuid: named(transferSyntaxes, { text: "rpc.transferSyntax", filter: "dcerpc.cn_bind_trans_id" }),
  if_version: u32({ filter: "dcerpc.cn_bind_trans_ver" }),
});

const BindContext = struct(
  "p_cont_elem_t",
  "MS-RPCE 2.2.2",
  {
    p_cont_id: contextId,
    n_transfer_syn: u8({ filter: "dcerpc.cn_num_trans_items" }),
    reserved: reserved(1),
    abstract_syntax: named(rpcInterfaces, { text: "rpc.interface", filter: "dcerpc.cn_bind_to_uuid" }),
    if_version: u16({ text: "rpc.version", filter: "dcerpc.cn_bind_if_ver" }),
    if_version_minor: u16({ text: "rpc.version", filter: "dcerpc.cn_bind_if_ver_minor" }),
  },
  { transfer_syntaxes: list(TransferSyntax, { align: 1, count: (m) => m.n_transfer_syn, text: "rpc.transferSyntax" }) },
);

const fragments = {
  max_xmit_frag: u16({ text: "rpc.maxFragment", filter: "dcerpc.cn_max_xmit" }),
  max_recv_frag: u16({ text: "rpc.maxFragment", filter: "dcerpc.cn_max_recv" }),
  assoc_group_id: u32({ hex: true, text: "rpc.assocGroup", filter: "dcerpc.cn_assoc_group" }),
};

const Bind = struct(
  "rpcconn_bind_hdr_t",
  "MS-RPCE 2.2.2",
  {
    ...fragments,
    n_context_elem: u8({ text: "rpc.contexts", filter: "dcerpc.cn_num_ctx_items" }),
    reserved: reserved(1),
    reserved2: reserved(2),
  },
  {
    p_cont_elem: list(BindContext, { align: 1, count: (m) => m.n_context_elem, title: "abstract_syntax", text: "rpc.contexts" }),
    auth_verifier: rest({ text: "rpc.auth" }),
  },
);

const BindResult = struct("p_result_t", "MS-RPCE 2.2.2", {
  result: u16({ names: ContextResult, text: "rpc.result", filter: "dcerpc.cn_ack_result" }),
  reason: u16({ names: RejectReason, text: "rpc.result", filter: "dcerpc.cn_ack_reason" }),
  transfer_syntax: named(transferSyntaxes, { text: "rpc.transferSyntax", filter: "dcerpc.cn_ack_trans_id" }),
  if_version: u32({ filter: "dcerpc.cn_ack_trans_ver" }),
});

const ResultList = struct(
  "p_result_list_t",
  "MS-RPCE 2.2.2",
  { n_results: u8({ text: "rpc.result", filter: "dcerpc.cn_num_results" }), reserved: reserved(1), reserved2: reserved(2) },
  { p_results: list(BindResult, { align: 1, count: (m) => m.n_results }) },
);

const BIND_ACK_FIXED = 10;

const BindAck = struct(
  "rpcconn_bind_ack_hdr_t",
  "MS-RPCE 2.2.2",
  { ...fragments, sec_addr_length: u16({ text: "rpc.pipe", filter: "dcerpc.cn_sec_addr_len" }) },
  {
    sec_addr: ascii({ length: (m) => Math.max(0, (m.sec_addr_length ?? 0) - 1), text: "rpc.pipe", filter: "dcerpc.cn_sec_addr" }),
    // Counted from the PDU's start, whose header has a multiple of four bytes.
    p_result_list: inner(ResultList, { atStruct: (m) => 4 * Math.ceil((BIND_ACK_FIXED + (m.sec_addr_length ?? 0)) / 4) }),
    auth_verifier: rest({ text: "rpc.auth" }),
  },
);

const BindNak = struct("rpcconn_bind_nak_hdr_t", "MS-RPCE 2.2.2", {
  provider_reject_reason: u16({ text: "rpc.result", filter: "dcerpc.cn_reject_reason" }),
});

const bodies: Readonly<Record<number, Struct>> = {
  0: Request,
  2: Response,
  3: Fault,
  11: Bind,
  12: BindAck,
  13: BindNak,
  14: Bind,
  15: BindAck,
};

/** A call, an answer, or the agreement on the interface. What the caller gave is not read. */
export const RpcPdu = struct(
  "DCE/RPC PDU",
  "MS-RPCE 2.2.2",
  {
    rpc_vers: u8({ must: 5, filter: "dcerpc.ver" }),
    rpc_vers_minor: u8({ filter: "dcerpc.ver_minor" }),
    PTYPE: u8({ names: RpcPduType, text: "rpc.type", filter: "dcerpc.pkt_type" }),
    pfc_flags: u8({ flags: PfcFlags, text: "rpc.flags", filter: "dcerpc.cn_flags" }),
    packed_drep: u32({ hex: true, text: "rpc.representation", filter: "dcerpc.drep" }),
    frag_length: u16({ text: "rpc.fragLength", filter: "dcerpc.cn_frag_len" }),
    auth_length: u16({ text: "rpc.authLength", filter: "dcerpc.cn_auth_len" }),
    call_id: u32({ text: "rpc.callId", filter: "dcerpc.cn_call_id" }),
  },
  {
    // A fragment that does not fit the answer goes on in READ: frag_length says nothing about the bytes at hand. Numbers of a caller with
    // the other byte order would be read wrongly: they stay closed.
    body: inlined((m) => (isLittleEndian(m.packed_drep) ? bodies[m.PTYPE ?? -1] : undefined)),
  },
);

const RPC_VERSION = 5;

/** What FSCTL_PIPE_TRANSCEIVE writes and reads: nearly always DCE/RPC. What is not stays opaque. */
export const PipeData = struct(
  "FSCTL_PIPE_TRANSCEIVE data",
  "MS-SMB2 3.3.5.15.3",
  {},
  { Data: inlined((_, peek) => (peek.u8(0) === RPC_VERSION && (peek.u8(1) ?? 0) <= 1 ? RpcPdu : undefined)) },
);

function isLittleEndian(representation: number | undefined): boolean {
  return ((representation ?? 0) & LITTLE_ENDIAN) !== 0;
}

/** A UUID with its name where it is known. */
function named(names: Readonly<Record<string, string>>, options: FieldOptions<string>): FixedField<string> {
  const plain = guid(options);
  return {
    ...plain,
    show(value) {
      const label = names[value];
      return label === undefined ? { value } : { value, label };
    },
  };
}
