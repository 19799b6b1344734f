import { flagSet } from "../../struct/flagSet.ts";

/** Flags of the SMB2 header ([MS-SMB2] 2.2.1.2). */
export const HeaderFlags = flagSet("SMB2_FLAGS_", {
  SERVER_TO_REDIR: [0x00000001, "hdr.flags.response"],
  ASYNC_COMMAND: [0x00000002, "hdr.flags.async"],
  RELATED_OPERATIONS: [0x00000004, "hdr.flags.related"],
  SIGNED: [0x00000008, "hdr.flags.signed"],
  PRIORITY_MASK: [0x00000070, "hdr.flags.priority"],
  DFS_OPERATIONS: [0x10000000, "hdr.flags.dfs"],
  REPLAY_OPERATION: [0x20000000, "hdr.flags.replay"],
});
