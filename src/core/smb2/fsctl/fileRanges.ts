import type { SectionId } from "../../spec/sections.ts";
import { blob } from "../../struct/blob.ts";
import { flagSet } from "../../struct/flagSet.ts";
import { inner } from "../../struct/inner.ts";
import { u8, u16, u32, u32be, u64 } from "../../struct/integers.ts";
import { list } from "../../struct/list.ts";
import { nameSet } from "../../struct/nameSet.ts";
import { guid, octets, reserved } from "../../struct/octets.ts";
import { struct } from "../../struct/struct.ts";
import { BooleanByte, CompressionFormat } from "../info/infoConstants.ts";

const FSCTLS: SectionId = "MS-FSCC 2.3";

/** Input of FSCTL_SET_ZERO_DATA. */
export const FileZeroDataInformation = struct("FILE_ZERO_DATA_INFORMATION", "MS-FSCC 2.3.85", {
  FileOffset: u64({ text: "range.offset" }),
  BeyondFinalZero: u64({ text: "range.beyond" }),
});

/** A stretch of a file. */
export const FileAllocatedRange = struct("FILE_ALLOCATED_RANGE_BUFFER", FSCTLS, {
  FileOffset: u64({ text: "range.offset", filter: "smb2.fsctl.range_offset" }),
  Length: u64({ text: "range.length", filter: "smb2.fsctl.range_length" }),
});

/** Output of FSCTL_QUERY_ALLOCATED_RANGES: what of a sparse file is really stored. */
export const FileAllocatedRanges = struct(
  "FSCTL_QUERY_ALLOCATED_RANGES Reply",
  FSCTLS,
  {},
  { Ranges: list(FileAllocatedRange, { align: 1, count: () => Number.POSITIVE_INFINITY, text: "range.allocated" }) },
);

/** Input of FSCTL_SET_SPARSE. An empty one means TRUE. */
export const FileSetSparseBuffer = struct("FILE_SET_SPARSE_BUFFER", FSCTLS, {
  SetSparse: u8({ names: BooleanByte, text: "fsctl.setSparse", filter: "smb2.fsctl.set_sparse" }),
});

/** Output of FSCTL_GET_COMPRESSION, input of FSCTL_SET_COMPRESSION. */
export const CompressionState = struct("CompressionState", FSCTLS, {
  CompressionState: u16({ names: CompressionFormat, text: "fsctl.setCompression", filter: "smb2.compression_format" }),
});

const TrimRange = struct("FILE_LEVEL_TRIM_RANGE", FSCTLS, { Offset: u64({ text: "range.offset" }), Length: u64({ text: "range.length" }) });

/** Input of FSCTL_FILE_LEVEL_TRIM. */
export const FileLevelTrim = struct(
  "FILE_LEVEL_TRIM",
  FSCTLS,
  { Key: u32({ reserved: true }), NumRanges: u32({ text: "range.count" }) },
  { Ranges: list(TrimRange, { align: 1, count: (m) => m.NumRanges, text: "range.count" }) },
);

export const FileLevelTrimOutput = struct("FILE_LEVEL_TRIM_OUTPUT", FSCTLS, { NumRangesProcessed: u32({ text: "range.count" }) });

const RegionUsage = flagSet("FILE_REGION_USAGE_", { VALID_CACHED_DATA: 1, VALID_NONCACHED_DATA: 2 });

/** Input of FSCTL_QUERY_FILE_REGIONS. */
export const FileRegionInput = struct("FILE_REGION_INPUT", FSCTLS, {
  FileOffset: u64({ text: "range.offset", filter: "smb2.file_offset" }),
  Length: u64({ text: "range.length", filter: "smb2.qfr_length" }),
  DesiredUsage: u32({ flags: RegionUsage, filter: "smb2.qfr_usage" }),
  Reserved: reserved(4),
});

const FileRegion = struct("FILE_REGION_INFO", FSCTLS, {
  FileOffset: u64({ text: "range.offset", filter: "smb2.file_offset" }),
  Length: u64({ text: "range.length", filter: "smb2.qfr_length" }),
  Usage: u32({ flags: RegionUsage, filter: "smb2.qfr_usage" }),
  Reserved: reserved(4),
});

export const FileRegionOutput = struct(
  "FILE_REGION_OUTPUT",
  FSCTLS,
  {
    Flags: u32({ hex: true, filter: "smb2.qfr_flags" }),
    TotalRegionEntryCount: u32({ text: "range.count", filter: "smb2.qfr_tot_region_entry_count" }),
    RegionEntryCount: u32({ text: "range.count", filter: "smb2.qfr_region_entry_count" }),
    Reserved: reserved(4),
  },
  { Region: list(FileRegion, { align: 1, count: (m) => m.RegionEntryCount }) },
);

/** Input of FSCTL_DUPLICATE_EXTENTS_TO_FILE: both files then share their clusters. */
export const DuplicateExtentsData = struct("SMB2_DUPLICATE_EXTENTS_DATA", FSCTLS, {
  SourceFileId: octets(16, { text: "extents.source", filter: "smb2.fid" }),
  SourceFileOffset: u64({ text: "copy.sourceOffset" }),
  TargetFileOffset: u64({ text: "copy.targetOffset" }),
  ByteCount: u64({ text: "copy.length" }),
});

const DuplicateFlags = flagSet("DUPLICATE_EXTENTS_DATA_EX_", { SOURCE_ATOMIC: 1, ASYNC: 2 });

export const DuplicateExtentsDataEx = struct("SMB2_DUPLICATE_EXTENTS_DATA_EX", FSCTLS, {
  StructureSize: u64({ must: 0x30n }),
  SourceFileId: octets(16, { text: "extents.source", filter: "smb2.fid" }),
  SourceFileOffset: u64({ text: "copy.sourceOffset" }),
  TargetFileOffset: u64({ text: "copy.targetOffset" }),
  ByteCount: u64({ text: "copy.length" }),
  Flags: u32({ flags: DuplicateFlags }),
  Reserved: reserved(4),
});

const ChecksumAlgorithm = nameSet("CHECKSUM_TYPE_", { NONE: 0x0000, CRC32: 0x0001, CRC64: 0x0002, UNCHANGED: 0xffff });
const IntegrityFlags = flagSet("FSCTL_INTEGRITY_FLAG_", { CHECKSUM_ENFORCEMENT_OFF: 1 });

const integrity = {
  ChecksumAlgorithm: u16({ names: ChecksumAlgorithm, text: "integrity.algorithm", filter: "smb2.checksum_algorithm" }),
  Reserved: reserved(2, { filter: "smb2.integrity_reserved" }),
  Flags: u32({ flags: IntegrityFlags, text: "integrity.flags", filter: "smb2.integrity_flags" }),
};

export const GetIntegrityInformation = struct("FSCTL_GET_INTEGRITY_INFORMATION_BUFFER", FSCTLS, {
  ...integrity,
  ChecksumChunkSizeInBytes: u32(),
  ClusterSizeInBytes: u32(),
});

export const SetIntegrityInformation = struct("FSCTL_SET_INTEGRITY_INFORMATION_BUFFER", FSCTLS, integrity);

/** Identifiers that follow a file; output of FSCTL_CREATE_OR_GET_OBJECT_ID and FSCTL_GET_OBJECT_ID, input of FSCTL_SET_OBJECT_ID. */
export const FileObjectIdBuffer = struct("FILE_OBJECTID_BUFFER", "MS-FSCC 2.1.3.1", {
  ObjectId: guid({ text: "objectId.objectId", filter: "smb2.object_id" }),
  BirthVolumeId: guid({ text: "objectId.birth", filter: "smb2.birth_volume_id" }),
  BirthObjectId: guid({ text: "objectId.birth", filter: "smb2.birth_object_id" }),
  DomainId: guid({ text: "objectId.birth", filter: "smb2.domain_id" }),
});

const TokenType = nameSet("STORAGE_OFFLOAD_TOKEN_TYPE_", { ZERO_DATA: 0xffff0001 });

/** A token that stands for data in the storage ([MS-FSCC] 2.1.11). Its type is big-endian. */
export const StorageOffloadToken = struct(
  "STORAGE_OFFLOAD_TOKEN",
  "MS-FSCC 2.1.11",
  {
    TokenType: u32be({ names: TokenType, text: "offload.token", filter: "smb2.fsctl.odx.token.type" }),
    Reserved: reserved(2),
    TokenIdLength: octets(2, { filter: "smb2.fsctl.odx.token.idlen" }),
  },
  { TokenId: blob({ length: () => TOKEN_ID_SIZE, text: "offload.token", filter: "smb2.fsctl.odx.token.id" }) },
);

const TOKEN_ID_SIZE = 504;
const size = u32({ filter: "smb2.fsctl.odx.size" });
const offloadFlags = u32({ hex: true, filter: "smb2.fsctl.odx.flags" });
const offloadOffset = u64({ text: "range.offset", filter: "smb2.fsctl.odx.file_offset" });
const copyLength = u64({ text: "range.length", filter: "smb2.fsctl.odx.copy_length" });
const transferLength = u64({ text: "offload.transferLength", filter: "smb2.fsctl.odx.xfer_length" });

export const OffloadReadInput = struct("FSCTL_OFFLOAD_READ_INPUT", FSCTLS, {
  Size: size,
  Flags: offloadFlags,
  TokenTimeToLive: u32({ text: "offload.timeToLive", filter: "smb2.fsctl.odx.token_ttl" }),
  Reserved: reserved(4),
  FileOffset: offloadOffset,
  CopyLength: copyLength,
});

export const OffloadReadOutput = struct(
  "FSCTL_OFFLOAD_READ_OUTPUT",
  FSCTLS,
  { Size: size, Flags: offloadFlags, TransferLength: transferLength },
  { Token: inner(StorageOffloadToken, { text: "offload.token" }) },
);

export const OffloadWriteInput = struct(
  "FSCTL_OFFLOAD_WRITE_INPUT",
  FSCTLS,
  {
    Size: size,
    Flags: offloadFlags,
    FileOffset: offloadOffset,
    CopyLength: copyLength,
    TransferOffset: u64({ filter: "smb2.fsctl.odx.token_offset" }),
  },
  { Token: inner(StorageOffloadToken, { text: "offload.token" }) },
);

export const OffloadWriteOutput = struct("FSCTL_OFFLOAD_WRITE_OUTPUT", FSCTLS, {
  Size: size,
  Flags: offloadFlags,
  LengthWritten: transferLength,
});
