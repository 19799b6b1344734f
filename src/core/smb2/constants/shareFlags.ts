import { flagSet } from "../../struct/flagSet.ts";
import { nameSet } from "../../struct/nameSet.ts";

/** Flags of a TREE_CONNECT request, 3.1.1 only ([MS-SMB2] 2.2.9). */
export const TreeConnectFlags = flagSet("SMB2_TREE_CONNECT_FLAG_", {
  CLUSTER_RECONNECT: [0x0001, "tcReq.flags.clusterReconnect"],
  REDIRECT_TO_OWNER: [0x0002, "tcReq.flags.redirectToOwner"],
  EXTENSION_PRESENT: [0x0004, "tcReq.flags.extensionPresent"],
});

/** ShareType ([MS-SMB2] 2.2.10). */
export const ShareType = nameSet("SMB2_SHARE_TYPE_", {
  DISK: [1, "tcRsp.shareType.disk"],
  PIPE: [2, "tcRsp.shareType.pipe"],
  PRINT: [3, "tcRsp.shareType.print"],
});

const CACHING = 0x00000030;

/** ShareFlags ([MS-SMB2] 2.2.10). The two bits 0x30 hold one of four caching modes. */
export const ShareFlags = flagSet("SMB2_SHAREFLAG_", {
  MANUAL_CACHING: { mask: CACHING, value: 0x00, text: "tcRsp.shareFlags.manualCaching" },
  AUTO_CACHING: { mask: CACHING, value: 0x10, text: "tcRsp.shareFlags.autoCaching" },
  VDO_CACHING: { mask: CACHING, value: 0x20, text: "tcRsp.shareFlags.vdoCaching" },
  NO_CACHING: { mask: CACHING, value: 0x30, text: "tcRsp.shareFlags.noCaching" },
  DFS: [0x00000001, "tcRsp.shareFlags.dfs"],
  DFS_ROOT: [0x00000002, "tcRsp.shareFlags.dfsRoot"],
  RESTRICT_EXCLUSIVE_OPENS: [0x00000100, "tcRsp.shareFlags.restrictExclusiveOpens"],
  FORCE_SHARED_DELETE: [0x00000200, "tcRsp.shareFlags.forceSharedDelete"],
  ALLOW_NAMESPACE_CACHING: [0x00000400, "tcRsp.shareFlags.allowNamespaceCaching"],
  ACCESS_BASED_DIRECTORY_ENUM: [0x00000800, "tcRsp.shareFlags.accessBasedEnumeration"],
  FORCE_LEVELII_OPLOCK: [0x00001000, "tcRsp.shareFlags.forceLevel2Oplock"],
  ENABLE_HASH_V1: [0x00002000, "tcRsp.shareFlags.enableHashV1"],
  ENABLE_HASH_V2: [0x00004000, "tcRsp.shareFlags.enableHashV2"],
  ENCRYPT_DATA: [0x00008000, "tcRsp.shareFlags.encrypt"],
  IDENTITY_REMOTING: [0x00040000, "tcRsp.shareFlags.identityRemoting"],
  COMPRESS_DATA: [0x00100000, "tcRsp.shareFlags.compress"],
  ISOLATED_TRANSPORT: [0x00200000, "tcRsp.shareFlags.isolatedTransport"],
});

/** Capabilities of a TREE_CONNECT response ([MS-SMB2] 2.2.10). */
export const ShareCapabilities = flagSet("SMB2_SHARE_CAP_", {
  DFS: [0x00000008, "tcRsp.capabilities.dfs"],
  CONTINUOUS_AVAILABILITY: [0x00000010, "tcRsp.capabilities.continuousAvailability"],
  SCALEOUT: [0x00000020, "tcRsp.capabilities.scaleOut"],
  CLUSTER: [0x00000040, "tcRsp.capabilities.cluster"],
  ASYMMETRIC: [0x00000080, "tcRsp.capabilities.asymmetric"],
  REDIRECT_TO_OWNER: [0x00000100, "tcRsp.capabilities.redirectToOwner"],
});
