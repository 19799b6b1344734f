import { filetime, u32, u64 } from "../../struct/integers.ts";
import { struct } from "../../struct/struct.ts";
import { NamedPipeConfiguration, NamedPipeEnd, NamedPipeState, NamedPipeType, PipeCompletionMode, PipeReadMode } from "./infoConstants.ts";

export const FilePipeInformation = struct("FilePipeInformation", "MS-FSCC 2.4.37", {
  ReadMode: u32({ names: PipeReadMode, text: "pipe.readMode" }),
  CompletionMode: u32({ names: PipeCompletionMode, text: "pipe.completionMode" }),
});

export const FilePipeLocalInformation = struct("FilePipeLocalInformation", "MS-FSCC 2.4.38", {
  NamedPipeType: u32({ names: NamedPipeType, text: "pipe.readMode" }),
  NamedPipeConfiguration: u32({ names: NamedPipeConfiguration }),
  MaximumInstances: u32(),
  CurrentInstances: u32(),
  InboundQuota: u32(),
  ReadDataAvailable: u32({ text: "pipe.readDataAvailable" }),
  OutboundQuota: u32(),
  WriteQuotaAvailable: u32(),
  NamedPipeState: u32({ names: NamedPipeState, text: "pipe.state" }),
  NamedPipeEnd: u32({ names: NamedPipeEnd }),
});

export const FilePipeRemoteInformation = struct("FilePipeRemoteInformation", "MS-FSCC 2.4.39", {
  CollectDataTime: filetime(),
  MaximumCollectionCount: u32(),
});

export const FileMailslotQueryInformation = struct("FileMailslotQueryInformation", "MS-FSCC 2.4.29", {
  MaximumMessageSize: u32(),
  MailslotQuota: u32(),
  NextMessageSize: u32(),
  MessagesAvailable: u32(),
  ReadTimeout: u64({ hex: true }),
});

export const FileMailslotSetInformation = struct("FileMailslotSetInformation", "MS-FSCC 2.4.30", { ReadTimeout: u64({ hex: true }) });
