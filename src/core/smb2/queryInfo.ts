import type { IntegerOptions } from "../struct/field.ts";
import { u8, u16, u32 } from "../struct/integers.ts";
import { payload } from "../struct/payload.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { type Peek, variant } from "../struct/variant.ts";
import { fileId, outputBufferPlace, structureSize, unused } from "./bodyFields.ts";
import { isBufferOverflow } from "./bufferOverflow.ts";
import { QueryInfoFlags, SecurityInformation } from "./constants/fileFlags.ts";
import { FileInformationClass, FsInformationClass, InfoType } from "./constants/informationClasses.ts";
import { infoClasses, infoKey } from "./infoClasses.ts";

const INFO_TYPE_OFFSET = 2;

const infoType = u8({ names: InfoType, text: "info.type", filter: "smb2.class" });

/** What the number means follows from InfoType. */
const fileInfoClass = variant(
  {
    file: { FileInfoClass: infoClass({ names: FileInformationClass, filter: "smb2.file_info.infolevel" }) },
    fileSystem: { FileInfoClass: infoClass({ names: FsInformationClass, filter: "smb2.fs_info.infolevel" }) },
    security: { FileInfoClass: infoClass({ hex: true, filter: "smb2.sec_info.infolevel" }) },
    other: { FileInfoClass: infoClass({ hex: true, filter: "smb2.infolevel" }) },
  },
  (peek) => caseOf(peek.u8(INFO_TYPE_OFFSET)),
);

/** Bits for InfoType SECURITY. */
const additionalInformation = variant(
  {
    security: { AdditionalInformation: additional({ flags: SecurityInformation, filter: "smb2.getsetinfo_additionals" }) },
    other: { AdditionalInformation: additional({ hex: true, filter: "smb2.getsetinfo_additional" }) },
  },
  isSecurity,
);

export const QueryInfoRequest = struct(
  "SMB2 QUERY_INFO Request",
  "MS-SMB2 2.2.37",
  {
    StructureSize: structureSize(41),
    InfoType: infoType,
    Class: fileInfoClass,
    OutputBufferLength: u32({ text: "body.outputBufferLength", filter: "smb2.max_response_size" }),
    InputBufferOffset: u16({ text: "info.input", filter: "smb2.getinfo_input_offset" }),
    Reserved: unused(2),
    InputBufferLength: u32({ text: "info.input", filter: "smb2.getinfo_input_size" }),
    Additional: additionalInformation,
    Flags: u32({ flags: QueryInfoFlags, text: "info.flags", filter: "smb2.getinfo_flags" }),
    FileId: fileId(),
  },
  {
    Buffer: payload({
      length: (m) => m.InputBufferLength,
      atHeader: (m) => m.InputBufferOffset,
      find: (m) => infoClasses[infoKey(m.InfoType ?? 0, m.FileInfoClass ?? 0)]?.query,
      text: "info.input",
    }),
  },
);

/** A response without its request: the buffer stays opaque. */
export const QueryInfoResponse = queryInfoResponse(undefined);

/** @param buffer What the request asked for. */
export function queryInfoResponse(buffer: Struct | undefined) {
  return struct("SMB2 QUERY_INFO Response", "MS-SMB2 2.2.38", outputBufferPlace, {
    Buffer: payload({
      length: (m) => m.OutputBufferLength,
      atHeader: (m) => m.OutputBufferOffset,
      find: () => buffer,
      cut: isBufferOverflow,
      text: "body.outputBuffer",
    }),
  });
}

export const SetInfoRequest = struct(
  "SMB2 SET_INFO Request",
  "MS-SMB2 2.2.39",
  {
    StructureSize: structureSize(33),
    InfoType: infoType,
    Class: fileInfoClass,
    BufferLength: u32({ text: "info.buffer", filter: "smb2.setinfo_size" }),
    BufferOffset: u16({ text: "info.buffer", filter: "smb2.setinfo_offset" }),
    Reserved: unused(2),
    Additional: additionalInformation,
    FileId: fileId(),
  },
  {
    Buffer: payload({
      length: (m) => m.BufferLength,
      atHeader: (m) => m.BufferOffset,
      find: (m) => infoClasses[infoKey(m.InfoType ?? 0, m.FileInfoClass ?? 0)]?.set,
      text: "info.buffer",
    }),
  },
);

export const SetInfoResponse = struct("SMB2 SET_INFO Response", "MS-SMB2 2.2.40", { StructureSize: structureSize(2) });

function infoClass(options: IntegerOptions<number>) {
  return u8({ ...options, text: "info.class" });
}

function additional(options: IntegerOptions<number>) {
  return u32({ ...options, text: "info.additionalInformation" });
}

function caseOf(type: number | undefined): "file" | "fileSystem" | "security" | "other" {
  if (type === InfoType.value.FILE) return "file";
  if (type === InfoType.value.FILESYSTEM) return "fileSystem";
  return type === InfoType.value.SECURITY ? "security" : "other";
}

function isSecurity(peek: Peek): "security" | "other" {
  return peek.u8(INFO_TYPE_OFFSET) === InfoType.value.SECURITY ? "security" : "other";
}
