import { flagSet } from "../../struct/flagSet.ts";
import { nameSet } from "../../struct/nameSet.ts";

/** Flags of a READ request ([MS-SMB2] 2.2.19). */
export const ReadFlags = flagSet("SMB2_READFLAG_", {
  READ_UNBUFFERED: [0x01, "read.flags.unbuffered"],
  REQUEST_COMPRESSED: [0x02, "read.flags.compressed"],
});

/** Flags of a READ response of 3.1.1 ([MS-SMB2] 2.2.20). */
export const ReadResponseFlags = flagSet("SMB2_READFLAG_RESPONSE_", { RDMA_TRANSFORM: 0x00000001 });

/** Flags of a WRITE request ([MS-SMB2] 2.2.21). */
export const WriteFlags = flagSet("SMB2_WRITEFLAG_", {
  WRITE_THROUGH: [0x00000001, "write.flags.writeThrough"],
  WRITE_UNBUFFERED: [0x00000002, "write.flags.unbuffered"],
});

/** Channel of READ and WRITE ([MS-SMB2] 2.2.19, 2.2.21). */
export const Channel = nameSet("SMB2_CHANNEL_", { NONE: 0, RDMA_V1: 1, RDMA_V1_INVALIDATE: 2, RDMA_TRANSFORM: 3 });

/** TransformType of an RDMA transform ([MS-SMB2] 2.2.43.1). */
export const RdmaTransformType = nameSet("SMB2_RDMA_TRANSFORM_TYPE_", { ENCRYPTION: 1, SIGNING: 2 });

/** Flags of a lock element ([MS-SMB2] 2.2.26.1). */
export const LockFlags = flagSet("SMB2_LOCKFLAG_", {
  SHARED_LOCK: [0x00000001, "lock.flags.shared"],
  EXCLUSIVE_LOCK: [0x00000002, "lock.flags.exclusive"],
  UNLOCK: [0x00000004, "lock.flags.unlock"],
  FAIL_IMMEDIATELY: [0x00000010, "lock.flags.failImmediately"],
});

/** Flags of a QUERY_DIRECTORY request ([MS-SMB2] 2.2.33). */
export const QueryDirectoryFlags = flagSet("SMB2_", {
  RESTART_SCANS: [0x01, "queryDir.flags.restartScans"],
  RETURN_SINGLE_ENTRY: [0x02, "queryDir.flags.singleEntry"],
  INDEX_SPECIFIED: [0x04, "queryDir.flags.indexSpecified"],
  REOPEN: [0x10, "queryDir.flags.reopen"],
});

/** Flags of a CHANGE_NOTIFY request ([MS-SMB2] 2.2.35). */
export const ChangeNotifyFlags = flagSet("SMB2_", { WATCH_TREE: [0x0001, "notify.flags.watchTree"] });

/** CompletionFilter of a CHANGE_NOTIFY request ([MS-SMB2] 2.2.35). */
export const CompletionFilter = flagSet("FILE_NOTIFY_CHANGE_", {
  FILE_NAME: 0x00000001,
  DIR_NAME: 0x00000002,
  ATTRIBUTES: 0x00000004,
  SIZE: 0x00000008,
  LAST_WRITE: 0x00000010,
  LAST_ACCESS: 0x00000020,
  CREATION: 0x00000040,
  EA: 0x00000080,
  SECURITY: 0x00000100,
  STREAM_NAME: 0x00000200,
  STREAM_SIZE: 0x00000400,
  STREAM_WRITE: 0x00000800,
});

/** Action of FILE_NOTIFY_INFORMATION ([MS-FSCC] 2.7.1). */
export const NotifyAction = nameSet("FILE_ACTION_", {
  ADDED: 1,
  REMOVED: 2,
  MODIFIED: 3,
  RENAMED_OLD_NAME: 4,
  RENAMED_NEW_NAME: 5,
  ADDED_STREAM: 6,
  REMOVED_STREAM: 7,
  MODIFIED_STREAM: 8,
  REMOVED_BY_DELETE: 9,
  ID_NOT_TUNNELLED: 10,
  TUNNELLED_ID_COLLISION: 11,
});

/** AdditionalInformation of QUERY_INFO and SET_INFO for InfoType SECURITY ([MS-SMB2] 2.2.37). */
export const SecurityInformation = flagSet("", {
  OWNER_SECURITY_INFORMATION: 0x00000001,
  GROUP_SECURITY_INFORMATION: 0x00000002,
  DACL_SECURITY_INFORMATION: 0x00000004,
  SACL_SECURITY_INFORMATION: 0x00000008,
  LABEL_SECURITY_INFORMATION: 0x00000010,
  ATTRIBUTE_SECURITY_INFORMATION: 0x00000020,
  SCOPE_SECURITY_INFORMATION: 0x00000040,
  BACKUP_SECURITY_INFORMATION: 0x00010000,
});

/** Flags of a QUERY_INFO request ([MS-SMB2] 2.2.37). */
export const QueryInfoFlags = flagSet("SL_", { RESTART_SCAN: 1, RETURN_SINGLE_ENTRY: 2, INDEX_SPECIFIED: 4 });

/** NotificationType of the server ([MS-SMB2] 2.2.44.1). */
export const NotificationType = nameSet("", { SmbNotifySessionClosed: 0 });
