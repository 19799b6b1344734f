import { escapeForDisplay } from "../../bytes/text.ts";
import { chain } from "../../struct/chain.ts";
import type { Part } from "../../struct/field.ts";
import { inner } from "../../struct/inner.ts";
import { u32, u64 } from "../../struct/integers.ts";
import { type Decoded, struct } from "../../struct/struct.ts";
import { utf16 } from "../../struct/textPart.ts";
import { fileFacts } from "../bodyFields.ts";
import { sid } from "../sid.ts";
import { ReparseTag } from "./reparseTag.ts";

/* Class 100 of the POSIX extensions, which Linux clients and Samba speak. They are in no document of Microsoft. */

const { CreationTime, LastAccessTime, LastWriteTime, ChangeTime, EndofFile: EndOfFile, AllocationSize, FileAttributes } = fileFacts;

const facts = {
  CreationTime,
  LastAccessTime,
  LastWriteTime,
  ChangeTime,
  EndOfFile,
  AllocationSize,
  FileAttributes,
  Inode: u64({ text: "posix.inode", filter: "smb2.inode" }),
  DeviceId: u32({ hex: true, text: "posix.device" }),
  Zero: u32({ reserved: true }),
  HardLinks: u32({ text: "file.links", filter: "smb2.nlinks" }),
  ReparseTag: u32({ names: ReparseTag, text: "reparse.tag", filter: "smb2.reparse_tag" }),
  PosixMode: u32({ hex: true, text: "posix.mode", filter: "smb2.posix_perms" }),
};

export const FilePosixInformation = struct("FilePosixInformation", "MS-FSCC 2.4", facts, { Owner: sid(), Group: sid() });

const PosixName = struct(
  "FilePosixInformation name",
  "MS-FSCC 2.4",
  { FileNameLength: u32({ text: "file.name", filter: "smb2.filename.len" }) },
  { FileName: utf16({ length: (m) => m.FileNameLength, text: "file.name", filter: "smb2.filename" }) },
);

/** The name stands behind two SIDs of variable size, with its length before it. */
function nameAfterLength(): Part<Decoded<typeof PosixName>, unknown> {
  const plain = inner<typeof PosixName, unknown>(PosixName, { text: "file.name" });
  return {
    walk(place) {
      const reading = plain.walk(place);
      return reading === undefined ? undefined : { ...reading, show: () => ({ value: escapeForDisplay(reading.value?.FileName ?? "") }) };
    },
  };
}

export const PosixEntry = struct(
  "FilePosixInformation entry",
  "MS-FSCC 2.4",
  {
    NextEntryOffset: u32({ text: "info.nextEntryOffset", filter: "smb2.next_offset" }),
    FileIndex: u32({ hex: true, text: "dir.fileIndex", filter: "smb2.file_index" }),
    ...facts,
  },
  { Owner: sid(), Group: sid(), FileName: nameAfterLength() },
);

/** The buffer of QUERY_DIRECTORY. */
export const FilePosixDirectoryInformation = struct(
  "FilePosixInformation entries",
  "MS-FSCC 2.4",
  {},
  { Entries: chain(PosixEntry, { next: "NextEntryOffset", title: "FileName", text: "dir.entries" }) },
);

export const FileFsPosixInformation = struct("FileFsPosixInformation", "MS-FSCC 2.5", {
  OptimalTransferSize: u32(),
  BlockSize: u32(),
  TotalBlocks: u64({ text: "fs.totalUnits" }),
  BlocksAvailable: u64({ text: "fs.availableUnits" }),
  UserBlocksAvailable: u64({ text: "fs.callerUnits" }),
  TotalFileNodes: u64(),
  FreeFileNodes: u64(),
  FileSysIdentifier: u64({ hex: true, text: "fs.serialNumber" }),
});
