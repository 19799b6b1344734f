import { rest } from "../../struct/blob.ts";
import { u8, u32, u64 } from "../../struct/integers.ts";
import { reserved } from "../../struct/octets.ts";
import { struct } from "../../struct/struct.ts";
import { utf16 } from "../../struct/textPart.ts";
import { BooleanByte, NamedPipeState } from "../info/infoConstants.ts";

/** Input of FSCTL_PIPE_WAIT. */
export const FsctlPipeWait = struct(
  "FSCTL_PIPE_WAIT Request",
  "MS-FSCC 2.3.49",
  {
    Timeout: u64({ text: "pipe.timeout", filter: "smb2.fsctl.wait.timeout" }),
    NameLength: u32({ text: "pipe.name" }),
    TimeoutSpecified: u8({ names: BooleanByte, text: "pipe.timeout" }),
    Padding: reserved(1),
  },
  { Name: utf16({ length: (m) => m.NameLength, text: "pipe.name", filter: "smb2.fsctl.wait.name" }) },
);

/** Output of FSCTL_PIPE_PEEK. */
export const FsctlPipePeek = struct(
  "FSCTL_PIPE_PEEK Reply",
  "MS-FSCC 2.3",
  {
    NamedPipeState: u32({ names: NamedPipeState, text: "pipe.state" }),
    ReadDataAvailable: u32({ text: "pipe.readDataAvailable" }),
    NumberOfMessages: u32(),
    MessageLength: u32(),
  },
  { Data: rest() },
);
