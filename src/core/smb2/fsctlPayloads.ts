import type { Struct } from "../struct/struct.ts";
import { Fsctl } from "./constants/fsctl.ts";
import { DfsReferralRequest, DfsReferralRequestEx, DfsReferralResponse } from "./fsctl/dfsReferrals.ts";
import {
  CompressionState,
  DuplicateExtentsData,
  DuplicateExtentsDataEx,
  FileAllocatedRange,
  FileAllocatedRanges,
  FileLevelTrim,
  FileLevelTrimOutput,
  FileObjectIdBuffer,
  FileRegionInput,
  FileRegionOutput,
  FileSetSparseBuffer,
  FileZeroDataInformation,
  GetIntegrityInformation,
  OffloadReadInput,
  OffloadReadOutput,
  OffloadWriteInput,
  OffloadWriteOutput,
  SetIntegrityInformation,
} from "./fsctl/fileRanges.ts";
import { NetworkInterfaces } from "./fsctl/networkInterfaces.ts";
import { FsctlPipePeek, FsctlPipeWait } from "./fsctl/pipeControl.ts";
import { ReparsePoint } from "./fsctl/reparsePoint.ts";
import { PipeData } from "./fsctl/rpcPdu.ts";
import { SrvCopychunkCopy, SrvCopychunkResponse, SrvRequestResumeKey } from "./fsctl/serverCopy.ts";
import { NetworkResiliencyRequest, SrvReadHashRequest, SrvReadHashResponse, SrvSnapshotArray } from "./fsctl/serverFile.ts";
import { SharedVirtualDiskSupport, StorageQosRequest, StorageQosResponse, SvhdxTunnel } from "./fsctl/sharedVirtualDisk.ts";

/** The structures of one control code. What is not there stays opaque. */
export interface FsctlPayload {
  /** Input buffer of the IOCTL request. */
  readonly request?: Struct;
  /** Output buffer of the IOCTL response. */
  readonly response?: Struct;
}

/**
 * The structures of IOCTL buffers by CtlCode. Each is read with the buffer as its bounds and its start as base of its offsets (`atStruct`,
 * never `atHeader`). Its fields are shown below the message's own: `Input.SourceKey`, `Output.Chunks[0].Length`.
 * FSCTL_VALIDATE_NEGOTIATE_INFO is not here: its fields count as fields of the message, see `ioctl.ts`.
 */
export const fsctlPayloads: Readonly<Record<number, FsctlPayload>> = {
  [Fsctl.value.FSCTL_DFS_GET_REFERRALS]: { request: DfsReferralRequest, response: DfsReferralResponse },
  [Fsctl.value.FSCTL_DFS_GET_REFERRALS_EX]: { request: DfsReferralRequestEx, response: DfsReferralResponse },
  [Fsctl.value.FSCTL_GET_COMPRESSION]: { response: CompressionState },
  [Fsctl.value.FSCTL_SET_COMPRESSION]: { request: CompressionState },
  [Fsctl.value.FSCTL_GET_OBJECT_ID]: { response: FileObjectIdBuffer },
  [Fsctl.value.FSCTL_SET_OBJECT_ID]: { request: FileObjectIdBuffer },
  [Fsctl.value.FSCTL_CREATE_OR_GET_OBJECT_ID]: { response: FileObjectIdBuffer },
  [Fsctl.value.FSCTL_GET_REPARSE_POINT]: { response: ReparsePoint },
  [Fsctl.value.FSCTL_SET_REPARSE_POINT]: { request: ReparsePoint },
  [Fsctl.value.FSCTL_DELETE_REPARSE_POINT]: { request: ReparsePoint },
  [Fsctl.value.FSCTL_SET_SPARSE]: { request: FileSetSparseBuffer },
  [Fsctl.value.FSCTL_SET_ZERO_DATA]: { request: FileZeroDataInformation },
  [Fsctl.value.FSCTL_QUERY_ALLOCATED_RANGES]: { request: FileAllocatedRange, response: FileAllocatedRanges },
  [Fsctl.value.FSCTL_QUERY_FILE_REGIONS]: { request: FileRegionInput, response: FileRegionOutput },
  [Fsctl.value.FSCTL_FILE_LEVEL_TRIM]: { request: FileLevelTrim, response: FileLevelTrimOutput },
  [Fsctl.value.FSCTL_OFFLOAD_READ]: { request: OffloadReadInput, response: OffloadReadOutput },
  [Fsctl.value.FSCTL_OFFLOAD_WRITE]: { request: OffloadWriteInput, response: OffloadWriteOutput },
  [Fsctl.value.FSCTL_DUPLICATE_EXTENTS_TO_FILE]: { request: DuplicateExtentsData },
  [Fsctl.value.FSCTL_DUPLICATE_EXTENTS_TO_FILE_EX]: { request: DuplicateExtentsDataEx },
  [Fsctl.value.FSCTL_GET_INTEGRITY_INFORMATION]: { response: GetIntegrityInformation },
  [Fsctl.value.FSCTL_SET_INTEGRITY_INFORMATION]: { request: SetIntegrityInformation },
  [Fsctl.value.FSCTL_QUERY_SHARED_VIRTUAL_DISK_SUPPORT]: { response: SharedVirtualDiskSupport },
  [Fsctl.value.FSCTL_SVHDX_SYNC_TUNNEL_REQUEST]: { request: SvhdxTunnel, response: SvhdxTunnel },
  [Fsctl.value.FSCTL_SVHDX_ASYNC_TUNNEL_REQUEST]: { request: SvhdxTunnel, response: SvhdxTunnel },
  [Fsctl.value.FSCTL_STORAGE_QOS_CONTROL]: { request: StorageQosRequest, response: StorageQosResponse },
  [Fsctl.value.FSCTL_PIPE_WAIT]: { request: FsctlPipeWait },
  [Fsctl.value.FSCTL_PIPE_PEEK]: { response: FsctlPipePeek },
  [Fsctl.value.FSCTL_PIPE_TRANSCEIVE]: { request: PipeData, response: PipeData },
  [Fsctl.value.FSCTL_SRV_REQUEST_RESUME_KEY]: { response: SrvRequestResumeKey },
  [Fsctl.value.FSCTL_SRV_COPYCHUNK]: { request: SrvCopychunkCopy, response: SrvCopychunkResponse },
  [Fsctl.value.FSCTL_SRV_COPYCHUNK_WRITE]: { request: SrvCopychunkCopy, response: SrvCopychunkResponse },
  [Fsctl.value.FSCTL_SRV_ENUMERATE_SNAPSHOTS]: { response: SrvSnapshotArray },
  [Fsctl.value.FSCTL_SRV_READ_HASH]: { request: SrvReadHashRequest, response: SrvReadHashResponse },
  [Fsctl.value.FSCTL_LMR_REQUEST_RESILIENCY]: { request: NetworkResiliencyRequest },
  [Fsctl.value.FSCTL_QUERY_NETWORK_INTERFACE_INFO]: { response: NetworkInterfaces },
};
