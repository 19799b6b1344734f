import { chain } from "../struct/chain.ts";
import { u16, u32 } from "../struct/integers.ts";
import { struct } from "../struct/struct.ts";
import { utf16 } from "../struct/textPart.ts";
import { fileId, outputBufferPlace, structureSize, unused } from "./bodyFields.ts";
import { ChangeNotifyFlags, CompletionFilter, NotifyAction } from "./constants/fileFlags.ts";

export const ChangeNotifyRequest = struct("SMB2 CHANGE_NOTIFY Request", "MS-SMB2 2.2.35", {
  StructureSize: structureSize(32),
  Flags: u16({ flags: ChangeNotifyFlags, text: "notify.flags", filter: "smb2.notify.flags" }),
  OutputBufferLength: u32({ text: "body.outputBufferLength", filter: "smb2.output_buffer_len" }),
  FileId: fileId(),
  CompletionFilter: u32({ flags: CompletionFilter, text: "notify.completionFilter", filter: "smb.nt.notify.completion_filter" }),
  Reserved: unused(4),
});

/** One change ([MS-FSCC] 2.7.1). */
export const FileNotifyInformation = struct(
  "FILE_NOTIFY_INFORMATION",
  "MS-SMB2 2.2.36",
  {
    NextEntryOffset: u32({ text: "notify.nextEntryOffset", filter: "smb2.notify.next_offset" }),
    Action: u32({ names: NotifyAction, text: "notify.action", filter: "smb2.notify.action" }),
    FileNameLength: u32({ text: "notify.fileName", filter: "smb2.filename.len" }),
  },
  { FileName: utf16({ length: (m) => m.FileNameLength, text: "notify.fileName", filter: "smb2.filename" }) },
);

export const ChangeNotifyResponse = struct("SMB2 CHANGE_NOTIFY Response", "MS-SMB2 2.2.36", outputBufferPlace, {
  Buffer: chain(FileNotifyInformation, {
    next: "NextEntryOffset",
    title: "FileName",
    length: (m) => m.OutputBufferLength,
    atHeader: (m) => m.OutputBufferOffset,
    text: "body.outputBuffer",
    filter: "smb2.notify.info",
  }),
});
