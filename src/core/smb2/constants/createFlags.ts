import { flagSet } from "../../struct/flagSet.ts";
import { nameSet } from "../../struct/nameSet.ts";

/** Oplock levels of CREATE and OPLOCK_BREAK ([MS-SMB2] 2.2.13, 2.2.14, 2.2.23.1). */
export const OplockLevel = nameSet("SMB2_OPLOCK_LEVEL_", {
  NONE: [0x00, "oplock.none"],
  II: [0x01, "oplock.ii"],
  EXCLUSIVE: [0x08, "oplock.exclusive"],
  BATCH: [0x09, "oplock.batch"],
  LEASE: [0xff, "oplock.lease"],
});

/** ImpersonationLevel ([MS-SMB2] 2.2.13). */
export const ImpersonationLevel = nameSet("", { Anonymous: 0, Identification: 1, Impersonation: 2, Delegate: 3 });

/** ShareAccess ([MS-SMB2] 2.2.13). */
export const ShareAccess = flagSet("FILE_SHARE_", {
  READ: [0x00000001, "create.shareAccess.read"],
  WRITE: [0x00000002, "create.shareAccess.write"],
  DELETE: [0x00000004, "create.shareAccess.delete"],
});

/** CreateDisposition ([MS-SMB2] 2.2.13). */
export const CreateDisposition = nameSet("FILE_", {
  SUPERSEDE: [0, "create.disposition.supersede"],
  OPEN: [1, "create.disposition.open"],
  CREATE: [2, "create.disposition.create"],
  OPEN_IF: [3, "create.disposition.openIf"],
  OVERWRITE: [4, "create.disposition.overwrite"],
  OVERWRITE_IF: [5, "create.disposition.overwriteIf"],
});

/** CreateOptions ([MS-SMB2] 2.2.13). */
export const CreateOptions = flagSet("FILE_", {
  DIRECTORY_FILE: [0x00000001, "create.options.directory"],
  WRITE_THROUGH: [0x00000002, "create.options.writeThrough"],
  SEQUENTIAL_ONLY: 0x00000004,
  NO_INTERMEDIATE_BUFFERING: 0x00000008,
  SYNCHRONOUS_IO_ALERT: 0x00000010,
  SYNCHRONOUS_IO_NONALERT: 0x00000020,
  NON_DIRECTORY_FILE: [0x00000040, "create.options.nonDirectory"],
  CREATE_TREE_CONNECTION: 0x00000080,
  COMPLETE_IF_OPLOCKED: 0x00000100,
  NO_EA_KNOWLEDGE: 0x00000200,
  OPEN_REMOTE_INSTANCE: 0x00000400,
  RANDOM_ACCESS: 0x00000800,
  DELETE_ON_CLOSE: [0x00001000, "create.options.deleteOnClose"],
  OPEN_BY_FILE_ID: 0x00002000,
  OPEN_FOR_BACKUP_INTENT: [0x00004000, "create.options.backup"],
  NO_COMPRESSION: 0x00008000,
  OPEN_REQUIRING_OPLOCK: 0x00010000,
  DISALLOW_EXCLUSIVE: 0x00020000,
  RESERVE_OPFILTER: 0x00100000,
  OPEN_REPARSE_POINT: [0x00200000, "create.options.reparsePoint"],
  OPEN_NO_RECALL: 0x00400000,
  OPEN_FOR_FREE_SPACE_QUERY: 0x00800000,
});

/** Flags of a CREATE response ([MS-SMB2] 2.2.14). */
export const CreateResponseFlags = flagSet("SMB2_CREATE_FLAG_", { REPARSEPOINT: [0x01, "create.responseFlags.reparsePoint"] });

/** CreateAction ([MS-SMB2] 2.2.14). */
export const CreateAction = nameSet("FILE_", { SUPERSEDED: 0, OPENED: 1, CREATED: 2, OVERWRITTEN: 3 });

/** LeaseState ([MS-SMB2] 2.2.13.2.8). */
export const LeaseState = flagSet("SMB2_LEASE_", {
  READ_CACHING: [0x00000001, "lease.read"],
  HANDLE_CACHING: [0x00000002, "lease.handle"],
  WRITE_CACHING: [0x00000004, "lease.write"],
});

/** LeaseFlags ([MS-SMB2] 2.2.13.2.10, 2.2.14.2.11). */
export const LeaseFlags = flagSet("SMB2_LEASE_FLAG_", {
  BREAK_IN_PROGRESS: [0x00000002, "lease.breakInProgress"],
  PARENT_LEASE_KEY_SET: [0x00000004, "lease.parentKeySet"],
});

/** Flags of a lease break notification ([MS-SMB2] 2.2.23.2). */
export const LeaseBreakFlags = flagSet("SMB2_NOTIFY_BREAK_LEASE_FLAG_", { ACK_REQUIRED: [0x00000001, "break.ackRequired"] });

/** Flags of the durable handle contexts of version 2 ([MS-SMB2] 2.2.13.2.11). */
export const DurableHandleFlags = flagSet("SMB2_DHANDLE_FLAG_", { PERSISTENT: [0x00000002, "cctx.durableFlags.persistent"] });

/** Flags of a CLOSE ([MS-SMB2] 2.2.15). */
export const CloseFlags = flagSet("SMB2_CLOSE_FLAG_", { POSTQUERY_ATTRIB: [0x0001, "close.flags.postQuery"] });
