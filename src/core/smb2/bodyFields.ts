import type { FixedField } from "../struct/field.ts";
import { filetime, u16, u32, u64 } from "../struct/integers.ts";
import { octets, reserved } from "../struct/octets.ts";
import { FileAttributes } from "./constants/fileAttributes.ts";

/** StructureSize of a body. */
export function structureSize(must: number): FixedField<number> {
  return u16({ must, text: "body.structureSize", filter: "smb2.buffer_code" });
}

/** Bytes of a body without meaning. */
export function unused(size: number): FixedField<string> {
  return reserved(size, { text: "body.reserved", filter: "smb2.reserved" });
}

/** SMB2_FILEID ([MS-SMB2] 2.2.14.1): persistent and volatile part, as they stand on the wire. */
export function fileId(): FixedField<string> {
  return octets(16, { text: "body.fileId", filter: "smb2.fid" });
}

/** What the responses of CREATE and CLOSE say of the file, in this order. */
export const fileFacts = {
  CreationTime: filetime({ text: "body.creationTime", filter: "smb2.create.time" }),
  LastAccessTime: filetime({ text: "body.lastAccessTime", filter: "smb2.last_access.time" }),
  LastWriteTime: filetime({ text: "body.lastWriteTime", filter: "smb2.last_write.time" }),
  ChangeTime: filetime({ text: "body.changeTime", filter: "smb2.last_change.time" }),
  AllocationSize: u64({ text: "body.allocationSize", filter: "smb2.allocation_size" }),
  EndofFile: u64({ text: "body.endOfFile", filter: "smb2.eof" }),
  FileAttributes: u32({ flags: FileAttributes, text: "body.fileAttributes", filter: "smb2.file_attribute" }),
};

/** The fixed part of the responses of QUERY_DIRECTORY, CHANGE_NOTIFY and QUERY_INFO. */
export const outputBufferPlace = {
  StructureSize: structureSize(9),
  OutputBufferOffset: u16({ text: "body.outputBuffer", filter: "smb2.olb.offset" }),
  OutputBufferLength: u32({ text: "body.outputBuffer", filter: "smb2.olb.length" }),
};
