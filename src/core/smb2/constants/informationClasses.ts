import { hex } from "../../bytes/hex.ts";
import { nameSet } from "../../struct/nameSet.ts";

/** InfoType of QUERY_INFO and SET_INFO ([MS-SMB2] 2.2.37, 2.2.39). */
export const InfoType = nameSet("SMB2_0_INFO_", { FILE: 1, FILESYSTEM: 2, SECURITY: 3, QUOTA: 4 });

/** FileInfoClass for InfoType FILE, and FileInformationClass of QUERY_DIRECTORY ([MS-FSCC] 2.4); 100 is used by the POSIX extensions. */
export const FileInformationClass = nameSet("", {
  FileDirectoryInformation: 1,
  FileFullDirectoryInformation: 2,
  FileBothDirectoryInformation: 3,
  FileBasicInformation: 4,
  FileStandardInformation: 5,
  FileInternalInformation: 6,
  FileEaInformation: 7,
  FileAccessInformation: 8,
  FileNameInformation: 9,
  FileRenameInformation: 10,
  FileLinkInformation: 11,
  FileNamesInformation: 12,
  FileDispositionInformation: 13,
  FilePositionInformation: 14,
  FileFullEaInformation: 15,
  FileModeInformation: 16,
  FileAlignmentInformation: 17,
  FileAllInformation: 18,
  FileAllocationInformation: 19,
  FileEndOfFileInformation: 20,
  FileAlternateNameInformation: 21,
  FileStreamInformation: 22,
  FilePipeInformation: 23,
  FilePipeLocalInformation: 24,
  FilePipeRemoteInformation: 25,
  FileMailslotQueryInformation: 26,
  FileMailslotSetInformation: 27,
  FileCompressionInformation: 28,
  FileObjectIdInformation: 29,
  FileQuotaInformation: 32,
  FileReparsePointInformation: 33,
  FileNetworkOpenInformation: 34,
  FileAttributeTagInformation: 35,
  FileIdBothDirectoryInformation: 37,
  FileIdFullDirectoryInformation: 38,
  FileValidDataLengthInformation: 39,
  FileShortNameInformation: 40,
  FileSfioReserveInformation: 44,
  FileHardLinkInformation: 46,
  FileNormalizedNameInformation: 48,
  FileIdGlobalTxDirectoryInformation: 50,
  FileStandardLinkInformation: 54,
  FileIdInformation: 59,
  FileIdExtdDirectoryInformation: 60,
  FileIdExtdBothDirectoryInformation: 63,
  FileDispositionInformationEx: 64,
  FileRenameInformationEx: 65,
  FileId64ExtdDirectoryInformation: 78,
  FileId64ExtdBothDirectoryInformation: 79,
  FileIdAllExtdDirectoryInformation: 80,
  FileIdAllExtdBothDirectoryInformation: 81,
  FilePosixInformation: 100,
});

/** FileInfoClass for InfoType FILESYSTEM ([MS-FSCC] 2.5); 100 is used by the POSIX extensions. */
export const FsInformationClass = nameSet("", {
  FileFsVolumeInformation: 1,
  FileFsLabelInformation: 2,
  FileFsSizeInformation: 3,
  FileFsDeviceInformation: 4,
  FileFsAttributeInformation: 5,
  FileFsControlInformation: 6,
  FileFsFullSizeInformation: 7,
  FileFsObjectIdInformation: 8,
  FileFsDriverPathInformation: 9,
  FileFsVolumeFlagsInformation: 10,
  FileFsSectorSizeInformation: 11,
  FileFsPosixInformation: 100,
});

/** `FileBasicInformation`, `FileFsSizeInformation`; `0x03 0x00` for what has no name. */
export function informationClassName(infoType: number, infoClass: number): string {
  const set =
    infoType === InfoType.value.FILESYSTEM ? FsInformationClass : infoType === InfoType.value.FILE ? FileInformationClass : undefined;
  return set?.find(infoClass)?.short ?? InfoType.find(infoType)?.short ?? `${hex(infoType, 2)} ${hex(infoClass, 2)}`;
}
