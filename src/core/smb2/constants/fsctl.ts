import { hex } from "../../bytes/hex.ts";
import { flagSet } from "../../struct/flagSet.ts";
import { nameSet } from "../../struct/nameSet.ts";

/** The control code that this product is about ([MS-SMB2] 2.2.31.4, 2.2.32.6). */
export const FSCTL_VALIDATE_NEGOTIATE_INFO = 0x00140204;

/** Control codes that are seen over SMB ([MS-SMB2] 2.2.31, [MS-FSCC] 2.3). */
export const Fsctl = nameSet("", {
  FSCTL_DFS_GET_REFERRALS: [0x00060194, "fsctl.dfsGetReferrals"],
  FSCTL_DFS_GET_REFERRALS_EX: [0x000601b0, "fsctl.dfsGetReferralsEx"],
  FSCTL_LOCK_VOLUME: 0x00090018,
  FSCTL_UNLOCK_VOLUME: 0x0009001c,
  FSCTL_DISMOUNT_VOLUME: 0x00090020,
  FSCTL_IS_PATHNAME_VALID: 0x0009002c,
  FSCTL_GET_COMPRESSION: 0x0009003c,
  FSCTL_QUERY_FAT_BPB: 0x00090058,
  FSCTL_FILESYSTEM_GET_STATISTICS: 0x00090060,
  FSCTL_GET_NTFS_VOLUME_DATA: 0x00090064,
  FSCTL_GET_RETRIEVAL_POINTERS: 0x00090073,
  FSCTL_FIND_FILES_BY_SID: 0x0009008f,
  FSCTL_SET_OBJECT_ID: 0x00090098,
  FSCTL_GET_OBJECT_ID: 0x0009009c,
  FSCTL_DELETE_OBJECT_ID: 0x000900a0,
  FSCTL_SET_REPARSE_POINT: [0x000900a4, "fsctl.setReparsePoint"],
  FSCTL_GET_REPARSE_POINT: [0x000900a8, "fsctl.getReparsePoint"],
  FSCTL_DELETE_REPARSE_POINT: 0x000900ac,
  FSCTL_SET_OBJECT_ID_EXTENDED: 0x000900bc,
  FSCTL_CREATE_OR_GET_OBJECT_ID: [0x000900c0, "fsctl.createOrGetObjectId"],
  FSCTL_SET_SPARSE: [0x000900c4, "fsctl.setSparse"],
  FSCTL_SET_ENCRYPTION: 0x000900d7,
  FSCTL_READ_FILE_USN_DATA: 0x000900eb,
  FSCTL_WRITE_USN_CLOSE_RECORD: 0x000900ef,
  FSCTL_SIS_COPYFILE: 0x00090100,
  FSCTL_RECALL_FILE: 0x00090117,
  FSCTL_QUERY_SPARING_INFO: 0x00090138,
  FSCTL_QUERY_ON_DISK_VOLUME_INFO: 0x0009013c,
  FSCTL_GET_INTEGRITY_INFORMATION: [0x0009027c, "fsctl.getIntegrityInformation"],
  FSCTL_QUERY_FILE_REGIONS: [0x00090284, "fsctl.queryFileRegions"],
  FSCTL_QUERY_SHARED_VIRTUAL_DISK_SUPPORT: [0x00090300, "fsctl.querySharedVirtualDiskSupport"],
  FSCTL_SVHDX_SYNC_TUNNEL_REQUEST: [0x00090304, "fsctl.svhdxSyncTunnelRequest"],
  FSCTL_STORAGE_QOS_CONTROL: 0x00090350,
  FSCTL_SVHDX_ASYNC_TUNNEL_REQUEST: 0x00090364,
  FSCTL_QUERY_ALLOCATED_RANGES: [0x000940cf, "fsctl.queryAllocatedRanges"],
  FSCTL_OFFLOAD_READ: [0x00094264, "fsctl.offloadRead"],
  FSCTL_SET_ZERO_DATA: [0x000980c8, "fsctl.setZeroData"],
  FSCTL_SET_DEFECT_MANAGEMENT: 0x00098134,
  FSCTL_FILE_LEVEL_TRIM: [0x00098208, "fsctl.fileLevelTrim"],
  FSCTL_OFFLOAD_WRITE: [0x00098268, "fsctl.offloadWrite"],
  FSCTL_DUPLICATE_EXTENTS_TO_FILE: [0x00098344, "fsctl.duplicateExtentsToFile"],
  FSCTL_DUPLICATE_EXTENTS_TO_FILE_EX: 0x000983e8,
  FSCTL_SET_COMPRESSION: [0x0009c040, "fsctl.setCompression"],
  FSCTL_SET_INTEGRITY_INFORMATION: 0x0009c280,
  FSCTL_PIPE_WAIT: [0x00110018, "fsctl.pipeWait"],
  FSCTL_PIPE_PEEK: [0x0011400c, "fsctl.pipePeek"],
  FSCTL_PIPE_TRANSCEIVE: [0x0011c017, "fsctl.pipeTransceive"],
  FSCTL_SRV_REQUEST_RESUME_KEY: [0x00140078, "fsctl.srvRequestResumeKey"],
  FSCTL_LMR_REQUEST_RESILIENCY: [0x001401d4, "fsctl.lmrRequestResiliency"],
  FSCTL_QUERY_NETWORK_INTERFACE_INFO: [0x001401fc, "fsctl.queryNetworkInterfaceInfo"],
  FSCTL_VALIDATE_NEGOTIATE_INFO_224: [0x00140200, "fsctl.validateNegotiateInfo224"],
  FSCTL_VALIDATE_NEGOTIATE_INFO: [FSCTL_VALIDATE_NEGOTIATE_INFO, "fsctl.validateNegotiateInfo"],
  FSCTL_SRV_ENUMERATE_SNAPSHOTS: [0x00144064, "fsctl.srvEnumerateSnapshots"],
  FSCTL_SRV_COPYCHUNK: [0x001440f2, "fsctl.srvCopyChunk"],
  FSCTL_SRV_READ_HASH: [0x001441bb, "fsctl.srvReadHash"],
  FSCTL_SRV_COPYCHUNK_WRITE: [0x001480f2, "fsctl.srvCopyChunkWrite"],
});

/** Flags of an IOCTL request ([MS-SMB2] 2.2.31). */
export const IoctlFlags = flagSet("SMB2_0_IOCTL_", { IS_FSCTL: [0x00000001, "ioctlReq.flags"] });

/** `FSCTL_VALIDATE_NEGOTIATE_INFO`; an unknown control code as `0x00090028`. */
export function fsctlName(value: number): string {
  return Fsctl.find(value)?.short ?? hex(value, 8);
}
