import { u8, u16, u32 } from "../struct/integers.ts";
import { payload } from "../struct/payload.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { utf16 } from "../struct/textPart.ts";
import { fileId, outputBufferPlace, structureSize } from "./bodyFields.ts";
import { QueryDirectoryFlags } from "./constants/fileFlags.ts";
import { FileInformationClass } from "./constants/informationClasses.ts";
import { FilePosixDirectoryInformation, FilePosixInformation } from "./info/posixInfo.ts";

export const QueryDirectoryRequest = struct(
  "SMB2 QUERY_DIRECTORY Request",
  "MS-SMB2 2.2.33",
  {
    StructureSize: structureSize(33),
    FileInformationClass: u8({ names: FileInformationClass, text: "queryDir.informationClass", filter: "smb2.find.infolevel" }),
    Flags: u8({ flags: QueryDirectoryFlags, text: "queryDir.flags", filter: "smb2.find.flags" }),
    FileIndex: u32({ hex: true, text: "queryDir.fileIndex", filter: "smb2.file_index" }),
    FileId: fileId(),
    FileNameOffset: u16({ text: "queryDir.pattern", filter: "smb2.olb.offset" }),
    FileNameLength: u16({ text: "queryDir.pattern", filter: "smb2.olb.length" }),
    OutputBufferLength: u32({ text: "body.outputBufferLength", filter: "smb2.output_buffer_len" }),
  },
  {
    FileName: utf16({
      length: (m) => m.FileNameLength,
      atHeader: (m) => m.FileNameOffset,
      text: "queryDir.pattern",
      filter: "smb2.find.pattern",
    }),
  },
);

/** A response without its request: the buffer stays opaque. */
export const QueryDirectoryResponse = queryDirectoryResponse(undefined);

/** @param buffer What the request asked for. */
export function queryDirectoryResponse(buffer: Struct | undefined) {
  return struct("SMB2 QUERY_DIRECTORY Response", "MS-SMB2 2.2.34", outputBufferPlace, {
    Buffer: payload({
      length: (m) => m.OutputBufferLength,
      atHeader: (m) => m.OutputBufferOffset,
      // The one class that means something else in a directory than of a file.
      find: () => (buffer === FilePosixInformation ? FilePosixDirectoryInformation : buffer),
      text: "body.outputBuffer",
      filter: "smb2.find.info_blob",
    }),
  });
}
