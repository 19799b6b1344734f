import type { SectionId } from "../../spec/sections.ts";
import { chain } from "../../struct/chain.ts";
import { fixedUtf16 } from "../../struct/fixedText.ts";
import { u8, u32, u64 } from "../../struct/integers.ts";
import { guid, octets, reserved } from "../../struct/octets.ts";
import { type Struct, struct } from "../../struct/struct.ts";
import { utf16 } from "../../struct/textPart.ts";
import { fileFacts } from "../bodyFields.ts";
import { ReparseTag } from "./reparseTag.ts";

/*
 * Entries of a directory. What follows FileNameLength differs from class to class; the name is always the last. EaSize holds the tag of a
 * reparse point where the attributes say that the entry is one.
 */

const { CreationTime, LastAccessTime, LastWriteTime, ChangeTime, AllocationSize, EndofFile: EndOfFile, FileAttributes } = fileFacts;

const head = {
  NextEntryOffset: u32({ text: "info.nextEntryOffset", filter: "smb2.next_offset" }),
  FileIndex: u32({ hex: true, text: "dir.fileIndex", filter: "smb2.file_index" }),
};

const facts = {
  ...head,
  CreationTime,
  LastAccessTime,
  LastWriteTime,
  ChangeTime,
  EndOfFile,
  AllocationSize,
  FileAttributes,
  FileNameLength: u32({ text: "file.name", filter: "smb2.filename.len" }),
};

const eaSize = { EaSize: u32({ text: "dir.eaSize", filter: "smb2.ea_size" }) };

const shortName = {
  ShortNameLength: u8({ text: "file.shortName", filter: "smb2.short_name_len" }),
  Reserved1: reserved(1),
  ShortName: fixedUtf16(24, { text: "file.shortName", filter: "smb2.shortname" }),
};

const fileId = { FileId: u64({ hex: true, text: "file.id", filter: "smb2.file_id" }) };
const longId = { FileId: octets(16, { text: "file.id" }) };
const reparse = {
  EaSize: u32({ text: "file.eaSize", filter: "smb2.ea_size" }),
  ReparsePointTag: u32({ names: ReparseTag, text: "reparse.tag", filter: "smb2.reparse_tag" }),
};

const name = utf16<{ readonly FileNameLength?: number }>({ length: (m) => m.FileNameLength, text: "file.name", filter: "smb2.filename" });

export const DirectoryEntry = struct("FILE_DIRECTORY_INFORMATION", "MS-FSCC 2.4.10", facts, { FileName: name });

export const FullDirectoryEntry = struct("FILE_FULL_DIR_INFORMATION", "MS-FSCC 2.4.15", { ...facts, ...eaSize }, { FileName: name });

export const BothDirectoryEntry = struct(
  "FILE_BOTH_DIR_INFORMATION",
  "MS-FSCC 2.4.8",
  { ...facts, ...eaSize, ...shortName },
  { FileName: name },
);

export const NamesEntry = struct(
  "FILE_NAMES_INFORMATION",
  "MS-FSCC 2.4.33",
  { ...head, FileNameLength: facts.FileNameLength },
  { FileName: name },
);

export const IdBothDirectoryEntry = struct(
  "FILE_ID_BOTH_DIR_INFORMATION",
  "MS-FSCC 2.4.22",
  { ...facts, ...eaSize, ...shortName, Reserved2: reserved(2), ...fileId },
  { FileName: name },
);

export const IdFullDirectoryEntry = struct(
  "FILE_ID_FULL_DIR_INFORMATION",
  "MS-FSCC 2.4.24",
  { ...facts, ...eaSize, Reserved: reserved(4), ...fileId },
  { FileName: name },
);

export const IdGlobalTxDirectoryEntry = struct(
  "FILE_ID_GLOBAL_TX_DIR_INFORMATION",
  "MS-FSCC 2.4.25",
  { ...facts, ...fileId, LockingTransactionId: guid(), TxInfoFlags: u32({ hex: true }) },
  { FileName: name },
);

export const IdExtdDirectoryEntry = struct(
  "FILE_ID_EXTD_DIR_INFORMATION",
  "MS-FSCC 2.4.23",
  { ...facts, ...reparse, ...longId },
  { FileName: name },
);

export const IdExtdBothDirectoryEntry = struct(
  "FILE_ID_EXTD_BOTH_DIR_INFORMATION",
  "MS-FSCC 2.4",
  { ...facts, ...reparse, ...longId, ...shortName },
  { FileName: name },
);

export const Id64ExtdDirectoryEntry = struct(
  "FILE_ID_64_EXTD_DIR_INFORMATION",
  "MS-FSCC 2.4.19",
  { ...facts, ...reparse, ...fileId },
  { FileName: name },
);

export const Id64ExtdBothDirectoryEntry = struct(
  "FILE_ID_64_EXTD_BOTH_DIR_INFORMATION",
  "MS-FSCC 2.4.18",
  { ...facts, ...reparse, ...fileId, ...shortName },
  { FileName: name },
);

const bothIds = { ...fileId, FileId128: octets(16, { text: "file.id" }) };

export const IdAllExtdDirectoryEntry = struct(
  "FILE_ID_ALL_EXTD_DIR_INFORMATION",
  "MS-FSCC 2.4.21",
  { ...facts, ...reparse, ...bothIds },
  { FileName: name },
);

export const IdAllExtdBothDirectoryEntry = struct(
  "FILE_ID_ALL_EXTD_BOTH_DIR_INFORMATION",
  "MS-FSCC 2.4.20",
  { ...facts, ...reparse, ...bothIds, ...shortName },
  { FileName: name },
);

/** An entry that says where the next one starts. */
type ChainedEntry = Struct & { readonly at: { readonly NextEntryOffset: number } };

/** The buffer of QUERY_DIRECTORY: a chain of entries of one kind. */
export function directoryListing<E extends ChainedEntry>(className: string, section: SectionId, entry: E): Struct {
  const entries = chain<E, unknown>(entry, { next: "NextEntryOffset", title: "FileName", text: "dir.entries" });
  return struct(className, section, {}, { Entries: entries });
}
