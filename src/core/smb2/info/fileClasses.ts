import { FileInformationClass } from "../constants/informationClasses.ts";
import * as directory from "./directoryInfo.ts";
import { directoryListing } from "./directoryInfo.ts";
import * as file from "./fileInfo.ts";
import type { InfoClass } from "./infoClass.ts";
import * as pipe from "./pipeInfo.ts";
import { FilePosixInformation } from "./posixInfo.ts";
import { FileQuotaInformation, QueryQuotaInfo } from "./quotaInfo.ts";
import * as stream from "./streamInfo.ts";

const { value } = FileInformationClass;

/** Structures of InfoType FILE, and of QUERY_DIRECTORY, by class ([MS-FSCC] 2.4). */
export const fileClasses: Readonly<Record<number, InfoClass>> = {
  [value.FileStandardInformation]: { response: file.FileStandardInformation },
  [value.FileInternalInformation]: { response: file.FileInternalInformation },
  [value.FileEaInformation]: { response: file.FileEaInformation },
  [value.FileAccessInformation]: { response: file.FileAccessInformation },
  [value.FileNameInformation]: { response: file.FileNameInformation },
  [value.FileAlignmentInformation]: { response: file.FileAlignmentInformation },
  [value.FileAllInformation]: { response: file.FileAllInformation },
  [value.FileAlternateNameInformation]: { response: file.FileAlternateNameInformation },
  [value.FileCompressionInformation]: { response: file.FileCompressionInformation },
  [value.FileNetworkOpenInformation]: { response: file.FileNetworkOpenInformation },
  [value.FileAttributeTagInformation]: { response: file.FileAttributeTagInformation },
  [value.FileNormalizedNameInformation]: { response: file.FileNormalizedNameInformation },
  [value.FileStandardLinkInformation]: { response: file.FileStandardLinkInformation },
  [value.FileIdInformation]: { response: file.FileIdInformation },
  [value.FileReparsePointInformation]: { response: file.FileReparsePointInformation },
  [value.FileBasicInformation]: { response: file.FileBasicInformation, set: file.FileBasicInformation },
  [value.FilePositionInformation]: { response: file.FilePositionInformation, set: file.FilePositionInformation },
  [value.FileModeInformation]: { response: file.FileModeInformation, set: file.FileModeInformation },
  [value.FileObjectIdInformation]: { response: file.FileObjectIdInformation, set: file.FileObjectIdInformation },
  [value.FileRenameInformation]: { set: file.FileRenameInformation },
  [value.FileLinkInformation]: { set: file.FileLinkInformation },
  [value.FileDispositionInformation]: { set: file.FileDispositionInformation },
  [value.FileAllocationInformation]: { set: file.FileAllocationInformation },
  [value.FileEndOfFileInformation]: { set: file.FileEndOfFileInformation },
  [value.FileValidDataLengthInformation]: { set: file.FileValidDataLengthInformation },
  [value.FileShortNameInformation]: { set: file.FileShortNameInformation },
  [value.FileDispositionInformationEx]: { set: file.FileDispositionInformationEx },
  [value.FileRenameInformationEx]: { set: file.FileRenameInformationEx },
  [value.FileStreamInformation]: { response: stream.FileStreamInformation },
  [value.FileFullEaInformation]: {
    query: stream.FileGetEaInformation,
    response: stream.FileFullEaInformation,
    set: stream.FileFullEaInformation,
  },
  [value.FileHardLinkInformation]: { response: stream.FileHardLinkInformation },
  [value.FileSfioReserveInformation]: { response: stream.FileSfioReserveInformation, set: stream.FileSfioReserveInformation },
  [value.FilePipeInformation]: { response: pipe.FilePipeInformation, set: pipe.FilePipeInformation },
  [value.FilePipeLocalInformation]: { response: pipe.FilePipeLocalInformation },
  [value.FilePipeRemoteInformation]: { response: pipe.FilePipeRemoteInformation },
  [value.FileMailslotQueryInformation]: { response: pipe.FileMailslotQueryInformation },
  [value.FileMailslotSetInformation]: { set: pipe.FileMailslotSetInformation },
  [value.FileDirectoryInformation]: { response: directoryListing("FileDirectoryInformation", "MS-FSCC 2.4.10", directory.DirectoryEntry) },
  [value.FileFullDirectoryInformation]: {
    response: directoryListing("FileFullDirectoryInformation", "MS-FSCC 2.4.15", directory.FullDirectoryEntry),
  },
  [value.FileBothDirectoryInformation]: {
    response: directoryListing("FileBothDirectoryInformation", "MS-FSCC 2.4.8", directory.BothDirectoryEntry),
  },
  [value.FileNamesInformation]: { response: directoryListing("FileNamesInformation", "MS-FSCC 2.4.33", directory.NamesEntry) },
  [value.FileIdBothDirectoryInformation]: {
    response: directoryListing("FileIdBothDirectoryInformation", "MS-FSCC 2.4.22", directory.IdBothDirectoryEntry),
  },
  [value.FileIdFullDirectoryInformation]: {
    response: directoryListing("FileIdFullDirectoryInformation", "MS-FSCC 2.4.24", directory.IdFullDirectoryEntry),
  },
  [value.FileIdGlobalTxDirectoryInformation]: {
    response: directoryListing("FileIdGlobalTxDirectoryInformation", "MS-FSCC 2.4.25", directory.IdGlobalTxDirectoryEntry),
  },
  [value.FileIdExtdDirectoryInformation]: {
    response: directoryListing("FileIdExtdDirectoryInformation", "MS-FSCC 2.4.23", directory.IdExtdDirectoryEntry),
  },
  [value.FileIdExtdBothDirectoryInformation]: {
    response: directoryListing("FileIdExtdBothDirectoryInformation", "MS-FSCC 2.4", directory.IdExtdBothDirectoryEntry),
  },
  [value.FileId64ExtdDirectoryInformation]: {
    response: directoryListing("FileId64ExtdDirectoryInformation", "MS-FSCC 2.4.19", directory.Id64ExtdDirectoryEntry),
  },
  [value.FileId64ExtdBothDirectoryInformation]: {
    response: directoryListing("FileId64ExtdBothDirectoryInformation", "MS-FSCC 2.4.18", directory.Id64ExtdBothDirectoryEntry),
  },
  [value.FileIdAllExtdDirectoryInformation]: {
    response: directoryListing("FileIdAllExtdDirectoryInformation", "MS-FSCC 2.4.21", directory.IdAllExtdDirectoryEntry),
  },
  [value.FileIdAllExtdBothDirectoryInformation]: {
    response: directoryListing("FileIdAllExtdBothDirectoryInformation", "MS-FSCC 2.4.20", directory.IdAllExtdBothDirectoryEntry),
  },
  [value.FileQuotaInformation]: { query: QueryQuotaInfo, response: FileQuotaInformation, set: FileQuotaInformation },
  [value.FilePosixInformation]: { response: FilePosixInformation },
};
