import { blob } from "../../struct/blob.ts";
import { chain } from "../../struct/chain.ts";
import { u8, u16, u32, u64 } from "../../struct/integers.ts";
import { reserved } from "../../struct/octets.ts";
import { struct } from "../../struct/struct.ts";
import { ascii, utf16 } from "../../struct/textPart.ts";
import { EaFlags } from "./infoConstants.ts";

const nextEntryOffset = u32({ text: "info.nextEntryOffset", filter: "smb2.next_offset" });

/** One data stream: `::$DATA` is the file's own. */
export const StreamEntry = struct(
  "FILE_STREAM_INFORMATION",
  "MS-FSCC 2.4.49",
  {
    NextEntryOffset: nextEntryOffset,
    StreamNameLength: u32({ text: "stream.name", filter: "smb.stream_name_len" }),
    StreamSize: u64({ text: "stream.size", filter: "smb.stream_size" }),
    StreamAllocationSize: u64({ text: "body.allocationSize", filter: "smb2.allocation_size" }),
  },
  { StreamName: utf16({ length: (m) => m.StreamNameLength, text: "stream.name", filter: "smb.stream_name" }) },
);

export const FileStreamInformation = struct(
  "FileStreamInformation",
  "MS-FSCC 2.4.49",
  {},
  { Entries: chain(StreamEntry, { next: "NextEntryOffset", title: "StreamName", filter: "smb2.file_stream_info" }) },
);

/** One extended attribute. Its name is ASCII with a zero character behind, which EaNameLength does not count. */
export const FullEaEntry = struct(
  "FILE_FULL_EA_INFORMATION",
  "MS-FSCC 2.4.16",
  {
    NextEntryOffset: nextEntryOffset,
    Flags: u8({ flags: EaFlags, text: "ea.flags", filter: "smb2.ea.flags" }),
    EaNameLength: u8({ text: "ea.name", filter: "smb2.ea.name_len" }),
    EaValueLength: u16({ text: "ea.value", filter: "smb2.ea.data_len" }),
  },
  {
    EaName: ascii({ length: (m) => m.EaNameLength, text: "ea.name", filter: "smb2.ea.name" }),
    EaValue: blob({
      length: (m) => m.EaValueLength,
      atStruct: (m) => FULL_EA_FIXED + (m.EaNameLength ?? 0) + 1,
      text: "ea.value",
      filter: "smb2.ea.data",
    }),
  },
);

const FULL_EA_FIXED = 8;

export const FileFullEaInformation = struct(
  "FileFullEaInformation",
  "MS-FSCC 2.4.16",
  {},
  { Entries: chain(FullEaEntry, { next: "NextEntryOffset", title: "EaName", filter: "smb2.file_full_ea_info" }) },
);

/** The name of an attribute that the client asks for. */
export const GetEaEntry = struct(
  "FILE_GET_EA_INFORMATION",
  "MS-FSCC 2.4.16.1",
  { NextEntryOffset: nextEntryOffset, EaNameLength: u8({ text: "ea.name", filter: "smb2.ea.name_len" }) },
  { EaName: ascii({ length: (m) => m.EaNameLength, text: "ea.name", filter: "smb2.ea.name" }) },
);

export const FileGetEaInformation = struct(
  "FILE_GET_EA_INFORMATION",
  "MS-FSCC 2.4.16.1",
  {},
  { Entries: chain(GetEaEntry, { next: "NextEntryOffset", title: "EaName" }) },
);

/** One name of a file with several of them. */
export const LinkEntry = struct(
  "FILE_LINK_ENTRY_INFORMATION",
  "MS-FSCC 2.4.17",
  {
    NextEntryOffset: nextEntryOffset,
    ParentFileId: u64({ hex: true, text: "file.id" }),
    FileNameLength: u32({ text: "file.name" }),
  },
  { FileName: utf16({ length: (m) => 2 * (m.FileNameLength ?? 0), text: "file.name", filter: "smb2.filename" }) },
);

/** Length of the names in FILE_LINK_ENTRY_INFORMATION counts characters, not bytes. */
export const FileHardLinkInformation = struct(
  "FileHardLinkInformation",
  "MS-FSCC 2.4.17",
  { BytesNeeded: u32(), EntriesReturned: u32({ text: "file.links" }) },
  { Entries: chain(LinkEntry, { next: "NextEntryOffset", title: "FileName" }) },
);

export const FileSfioReserveInformation = struct("FileSfioReserveInformation", "MS-FSCC 2.4.45", {
  RequestsPerPeriod: u32(),
  Period: u32(),
  RetryFailures: u8(),
  Discardable: u8(),
  Reserved: reserved(2),
  RequestSize: u32(),
  NumOutstandingRequests: u32(),
});
