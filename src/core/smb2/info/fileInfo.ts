import { inner } from "../../struct/inner.ts";
import { u8, u16, u32, u64 } from "../../struct/integers.ts";
import { octets, reserved } from "../../struct/octets.ts";
import { struct } from "../../struct/struct.ts";
import { utf16 } from "../../struct/textPart.ts";
import { fileFacts } from "../bodyFields.ts";
import { FileAccessMask } from "../constants/accessMasks.ts";
import { AlignmentRequirement, BooleanByte, CompressionFormat, DispositionFlags, FileModeFlags, RenameFlags } from "./infoConstants.ts";
import { ReparseTag } from "./reparseTag.ts";

const { CreationTime, LastAccessTime, LastWriteTime, ChangeTime, AllocationSize, EndofFile: EndOfFile, FileAttributes } = fileFacts;
const times = { CreationTime, LastAccessTime, LastWriteTime, ChangeTime };
const fileNameLength = u32({ text: "file.name", filter: "smb2.filename.len" });

export const FileBasicInformation = struct("FileBasicInformation", "MS-FSCC 2.4.7", { ...times, FileAttributes, Reserved: reserved(4) });

export const FileStandardInformation = struct("FileStandardInformation", "MS-FSCC 2.4.47", {
  AllocationSize,
  EndOfFile,
  NumberOfLinks: u32({ text: "file.links", filter: "smb2.nlinks" }),
  DeletePending: u8({ names: BooleanByte, text: "file.deletePending", filter: "smb2.delete_pending" }),
  Directory: u8({ names: BooleanByte, text: "file.directory", filter: "smb2.is_directory" }),
  Reserved: reserved(2),
});

/** What Windows 10 and later answer to FileStandardLinkInformation. */
export const FileStandardLinkInformation = struct("FileStandardLinkInformation", "MS-FSCC 2.4.48", {
  NumberOfAccessibleLinks: u32({ text: "file.links" }),
  TotalNumberOfLinks: u32({ text: "file.links" }),
  DeletePending: u8({ names: BooleanByte, text: "file.deletePending" }),
  Directory: u8({ names: BooleanByte, text: "file.directory" }),
  Reserved: reserved(2),
});

export const FileInternalInformation = struct("FileInternalInformation", "MS-FSCC 2.4.27", {
  IndexNumber: u64({ hex: true, text: "file.id", filter: "smb2.file_id" }),
});

export const FileIdInformation = struct("FileIdInformation", "MS-FSCC 2.4.26", {
  VolumeSerialNumber: u64({ hex: true, text: "fs.serialNumber" }),
  FileId: octets(16, { text: "file.id" }),
});

export const FileEaInformation = struct("FileEaInformation", "MS-FSCC 2.4.13", {
  EaSize: u32({ text: "file.eaSize", filter: "smb2.ea_size" }),
});

export const FileAccessInformation = struct("FileAccessInformation", "MS-FSCC 2.4.1", {
  AccessFlags: u32({ flags: FileAccessMask, text: "file.access", filter: "smb.access_mask" }),
});

export const FilePositionInformation = struct("FilePositionInformation", "MS-FSCC 2.4.40", {
  CurrentByteOffset: u64({ text: "file.position", filter: "smb2.position_info" }),
});

export const FileModeInformation = struct("FileModeInformation", "MS-FSCC 2.4.31", {
  Mode: u32({ flags: FileModeFlags, text: "file.mode", filter: "smb2.mode_info" }),
});

export const FileAlignmentInformation = struct("FileAlignmentInformation", "MS-FSCC 2.4.3", {
  AlignmentRequirement: u32({ names: AlignmentRequirement, text: "file.alignment", filter: "smb2.alignment_info" }),
});

/** FileNormalizedNameInformation and FileAlternateNameInformation have the same two fields. */
export const FileNameInformation = fileName("FileNameInformation", "MS-FSCC 2.4.32", "file.name");
export const FileAlternateNameInformation = fileName("FileAlternateNameInformation", "MS-FSCC 2.4.5", "file.shortName");
export const FileNormalizedNameInformation = fileName("FileNormalizedNameInformation", "MS-FSCC 2.4.35", "file.name");

/** Everything at once; its parts are the structures of the classes that they are named after. */
export const FileAllInformation = struct(
  "FileAllInformation",
  "MS-FSCC 2.4.2",
  {},
  {
    BasicInformation: inner(FileBasicInformation, { filter: "smb2.file_basic_info" }),
    StandardInformation: inner(FileStandardInformation, { filter: "smb2.file_standard_info" }),
    InternalInformation: inner(FileInternalInformation, { filter: "smb2.file_internal_info" }),
    EaInformation: inner(FileEaInformation, { filter: "smb2.file_ea_info" }),
    AccessInformation: inner(FileAccessInformation, { filter: "smb2.file_access_info" }),
    PositionInformation: inner(FilePositionInformation, { filter: "smb2.file_position_info" }),
    ModeInformation: inner(FileModeInformation, { filter: "smb2.file_mode_info" }),
    AlignmentInformation: inner(FileAlignmentInformation, { filter: "smb2.file_alignment_info" }),
    NameInformation: inner(FileNameInformation),
  },
);

export const FileNetworkOpenInformation = struct("FileNetworkOpenInformation", "MS-FSCC 2.4.34", {
  ...times,
  AllocationSize,
  EndOfFile,
  FileAttributes,
  Reserved: reserved(4),
});

export const FileAttributeTagInformation = struct("FileAttributeTagInformation", "MS-FSCC 2.4.6", {
  FileAttributes,
  ReparseTag: u32({ names: ReparseTag, text: "reparse.tag", filter: "smb2.reparse_tag" }),
});

export const FileCompressionInformation = struct("FileCompressionInformation", "MS-FSCC 2.4.9", {
  CompressedFileSize: u64({ text: "file.compressedSize", filter: "smb.compressed.file_size" }),
  CompressionFormat: u16({ names: CompressionFormat, text: "file.compressionFormat", filter: "smb.compressed.format" }),
  CompressionUnitShift: u8({ filter: "smb.compressed.unit_shift" }),
  ChunkShift: u8({ filter: "smb.compressed.chunk_shift" }),
  ClusterShift: u8({ filter: "smb.compressed.cluster_shift" }),
  Reserved: reserved(3),
});

export const FileAllocationInformation = struct("FileAllocationInformation", "MS-FSCC 2.4.4", { AllocationSize });

export const FileEndOfFileInformation = struct("FileEndOfFileInformation", "MS-FSCC 2.4.14", { EndOfFile });

export const FileValidDataLengthInformation = struct("FileValidDataLengthInformation", "MS-FSCC 2.4.50", {
  ValidDataLength: u64({ text: "file.validDataLength" }),
});

export const FileDispositionInformation = struct("FileDispositionInformation", "MS-FSCC 2.4.11", {
  DeletePending: u8({ names: BooleanByte, text: "file.deletePending", filter: "smb2.disposition.delete_on_close" }),
});

export const FileDispositionInformationEx = struct("FileDispositionInformationEx", "MS-FSCC 2.4.12", {
  Flags: u32({ flags: DispositionFlags, text: "file.dispositionFlags" }),
});

/** The form for remote clients, FILE_RENAME_INFORMATION_TYPE_2. */
export const FileRenameInformation = renaming("FileRenameInformation", "MS-FSCC 2.4.42");
export const FileLinkInformation = renaming("FileLinkInformation", "MS-FSCC 2.4.28");

/** As FileRenameInformation, with flags in the place of ReplaceIfExists. */
export const FileRenameInformationEx = struct(
  "FileRenameInformationEx",
  "MS-FSCC 2.4.43",
  {
    Flags: u32({ flags: RenameFlags, text: "file.renameFlags" }),
    Reserved: reserved(4),
    RootDirectory: u64({ hex: true, text: "file.rootDirectory", filter: "smb2.root_directory" }),
    FileNameLength: fileNameLength,
  },
  { FileName: utf16({ length: (m) => m.FileNameLength, text: "file.newName", filter: "smb2.filename" }) },
);

export const FileShortNameInformation = fileName("FileShortNameInformation", "MS-FSCC 2.4.46", "file.shortName");

/** Identifiers that follow a file when it is moved or copied. */
export const FileObjectIdInformation = struct("FileObjectIdInformation", "MS-FSCC 2.4", {
  FileReferenceNumber: u64({ hex: true, text: "file.id" }),
  ObjectId: octets(16, { text: "objectId.objectId", filter: "smb2.object_id" }),
  BirthVolumeId: octets(16, { text: "objectId.birth", filter: "smb2.birth_volume_id" }),
  BirthObjectId: octets(16, { text: "objectId.birth", filter: "smb2.birth_object_id" }),
  DomainId: octets(16, { text: "objectId.birth", filter: "smb2.domain_id" }),
});

export const FileReparsePointInformation = struct("FileReparsePointInformation", "MS-FSCC 2.4.44", {
  FileReferenceNumber: u64({ hex: true, text: "file.id" }),
  Tag: u32({ names: ReparseTag, text: "reparse.tag", filter: "smb2.reparse_tag" }),
});

function fileName(
  name: string,
  section: "MS-FSCC 2.4.32" | "MS-FSCC 2.4.5" | "MS-FSCC 2.4.35" | "MS-FSCC 2.4.46",
  text: "file.name" | "file.shortName",
) {
  const part = utf16<{ readonly FileNameLength?: number }>({ length: (m) => m.FileNameLength, text, filter: "smb2.filename" });
  return struct(name, section, { FileNameLength: fileNameLength }, { FileName: part });
}

function renaming(name: string, section: "MS-FSCC 2.4.42" | "MS-FSCC 2.4.28") {
  return struct(
    name,
    section,
    {
      ReplaceIfExists: u8({ names: BooleanByte, text: "file.replaceIfExists", filter: "smb2.rename.replace_if" }),
      Reserved: reserved(7),
      RootDirectory: u64({ hex: true, text: "file.rootDirectory", filter: "smb2.root_directory" }),
      FileNameLength: fileNameLength,
    },
    { FileName: utf16({ length: (m) => m.FileNameLength, text: "file.newName", filter: "smb2.filename" }) },
  );
}
