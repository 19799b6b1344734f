import { blob } from "../struct/blob.ts";
import { choose } from "../struct/choose.ts";
import { u16, u32 } from "../struct/integers.ts";
import { octets, reserved } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { isBufferOverflow } from "./bufferOverflow.ts";
import { FSCTL_VALIDATE_NEGOTIATE_INFO, Fsctl, IoctlFlags } from "./constants/fsctl.ts";
import { fsctlPayloads } from "./fsctlPayloads.ts";
import { ValidateNegotiateInfoRequest, ValidateNegotiateInfoResponse } from "./validateNegotiateInfo.ts";

/** The fields of the FSCTL's own structure, where it is declared, count as fields of the message. */
export const IoctlRequest = struct(
  "SMB2 IOCTL Request",
  "MS-SMB2 2.2.31",
  {
    StructureSize: u16({ must: 57, text: "ioctlReq.structureSize", filter: "smb2.buffer_code" }),
    Reserved: reserved(2, { text: "ioctlReq.reserved", filter: "smb2.reserved" }),
    CtlCode: u32({ names: Fsctl, text: "ioctlReq.ctlCode", filter: "smb2.ioctl.function" }),
    FileId: octets(16, { text: "ioctlReq.fileId", filter: "smb2.fid" }),
    InputOffset: u32({ text: "ioctlReq.input", filter: "smb2.olb.offset" }),
    InputCount: u32({ text: "ioctlReq.input", filter: "smb2.olb.length" }),
    MaxInputResponse: u32({ text: "ioctlReq.maxInput", filter: "smb2.max_ioctl_in_size" }),
    OutputOffset: u32({ text: "ioctlReq.output", filter: "smb2.olb.offset" }),
    OutputCount: u32({ text: "ioctlReq.output", filter: "smb2.olb.length" }),
    MaxOutputResponse: u32({ text: "ioctlReq.maxOutput", filter: "smb2.max_ioctl_out_size" }),
    Flags: u32({ flags: IoctlFlags, text: "ioctlReq.flags", filter: "smb2.ioctl.flags" }),
    Reserved2: reserved(4, { text: "ioctlReq.reserved", filter: "smb2.reserved" }),
  },
  {
    Input: choose(
      {
        on: (m) => m.CtlCode,
        otherwise: (m) => fsctlPayloads[m.CtlCode ?? -1]?.request,
        length: (m) => m.InputCount,
        atHeader: (m) => m.InputOffset,
        group: true,
        text: "ioctlReq.input",
        filter: "smb2.ioctl.in",
      },
      { [FSCTL_VALIDATE_NEGOTIATE_INFO]: ValidateNegotiateInfoRequest },
    ),
    Output: blob({
      length: (m) => m.OutputCount,
      atHeader: (m) => m.OutputOffset,
      text: "ioctlReq.output",
      filter: "smb2.ioctl.out",
    }),
  },
);

/** The fields of the FSCTL's own structure, where it is declared, count as fields of the message. */
export const IoctlResponse = struct(
  "SMB2 IOCTL Response",
  "MS-SMB2 2.2.32",
  {
    StructureSize: u16({ must: 49, text: "ioctlRsp.structureSize", filter: "smb2.buffer_code" }),
    Reserved: reserved(2, { text: "ioctlReq.reserved", filter: "smb2.reserved" }),
    CtlCode: u32({ names: Fsctl, text: "ioctlRsp.ctlCode", filter: "smb2.ioctl.function" }),
    FileId: octets(16, { text: "ioctlRsp.fileId", filter: "smb2.fid" }),
    InputOffset: u32({ text: "ioctlRsp.input", filter: "smb2.olb.offset" }),
    InputCount: u32({ text: "ioctlRsp.input", filter: "smb2.olb.length" }),
    OutputOffset: u32({ text: "ioctlRsp.output", filter: "smb2.olb.offset" }),
    OutputCount: u32({ text: "ioctlRsp.output", filter: "smb2.olb.length" }),
    Flags: u32({ hex: true, text: "ioctlRsp.flags", filter: "smb2.flags" }),
    Reserved2: reserved(4, { text: "ioctlReq.reserved", filter: "smb2.reserved" }),
  },
  {
    Input: blob({ length: (m) => m.InputCount, atHeader: (m) => m.InputOffset, text: "ioctlRsp.input", filter: "smb2.ioctl.in" }),
    Output: choose(
      {
        on: (m) => m.CtlCode,
        otherwise: (m) => fsctlPayloads[m.CtlCode ?? -1]?.response,
        cut: isBufferOverflow,
        length: (m) => m.OutputCount,
        atHeader: (m) => m.OutputOffset,
        group: true,
        text: "ioctlRsp.output",
        filter: "smb2.ioctl.out",
      },
      { [FSCTL_VALIDATE_NEGOTIATE_INFO]: ValidateNegotiateInfoResponse },
    ),
  },
);
