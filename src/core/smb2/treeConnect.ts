import { inner } from "../struct/inner.ts";
import { u8, u16, u32 } from "../struct/integers.ts";
import { list } from "../struct/list.ts";
import { nameSet } from "../struct/nameSet.ts";
import { reserved } from "../struct/octets.ts";
import { payload } from "../struct/payload.ts";
import { struct } from "../struct/struct.ts";
import { utf16 } from "../struct/textPart.ts";
import { FileAccessMask } from "./constants/accessMasks.ts";
import { ShareCapabilities, ShareFlags, ShareType, TreeConnectFlags } from "./constants/shareFlags.ts";
import { RemotedIdentityTreeConnect } from "./remotedIdentity.ts";

const TreeConnectContextType = nameSet("SMB2_", {
  RESERVED_TREE_CONNECT_CONTEXT_ID: 0,
  REMOTED_IDENTITY_TREE_CONNECT_CONTEXT_ID: [1, "tcExt.remotedIdentity"],
});

/** One tree connect context. */
export const TreeConnectContext = struct(
  "SMB2_TREE_CONNECT_CONTEXT",
  "MS-SMB2 2.2.9.2",
  {
    ContextType: u16({ names: TreeConnectContextType, text: "tcExt.contextType" }),
    DataLength: u16({ text: "tcExt.contextType" }),
    Reserved: reserved(4, { text: "body.reserved" }),
  },
  {
    Data: payload({
      length: (m) => m.DataLength,
      find: (m) =>
        m.ContextType === TreeConnectContextType.value.REMOTED_IDENTITY_TREE_CONNECT_CONTEXT_ID ? RemotedIdentityTreeConnect : undefined,
      text: "tcExt.contextType",
    }),
  },
);

const FIXED_SIZE_OF_REQUEST = 8;

/** Stands at the start of the buffer of a 3.1.1 request that says EXTENSION_PRESENT. The offset counts from the start of the request. */
export const TreeConnectRequestExtension = struct(
  "SMB2 TREE_CONNECT Request Extension",
  "MS-SMB2 2.2.9.1",
  {
    TreeConnectContextOffset: u32({ text: "tcExt.contexts" }),
    TreeConnectContextCount: u16({ text: "tcExt.contexts" }),
    Reserved: reserved(10, { text: "body.reserved" }),
  },
  {
    TreeConnectContexts: list(TreeConnectContext, {
      align: 8,
      count: (m) => m.TreeConnectContextCount,
      atStruct: (m) => (m.TreeConnectContextOffset ?? 0) - FIXED_SIZE_OF_REQUEST,
      text: "tcExt.contexts",
    }),
  },
);

export const TreeConnectRequest = struct(
  "SMB2 TREE_CONNECT Request",
  "MS-SMB2 2.2.9",
  {
    StructureSize: u16({ must: 9, text: "tcReq.structureSize", filter: "smb2.buffer_code" }),
    Flags: u16({ flags: TreeConnectFlags, text: "tcReq.flags", filter: "smb2.tc.flags" }),
    PathOffset: u16({ text: "tcReq.path", filter: "smb2.olb.offset" }),
    PathLength: u16({ text: "tcReq.path", filter: "smb2.olb.length" }),
  },
  {
    Extension: inner(TreeConnectRequestExtension, { atStruct: (m) => extensionOffset(m.Flags), text: "tcReq.flags.extensionPresent" }),
    Path: utf16({ length: (m) => m.PathLength, atHeader: (m) => m.PathOffset, text: "tcReq.path", filter: "smb2.tree" }),
  },
);

export const TreeConnectResponse = struct("SMB2 TREE_CONNECT Response", "MS-SMB2 2.2.10", {
  StructureSize: u16({ must: 16, text: "tcRsp.structureSize", filter: "smb2.buffer_code" }),
  ShareType: u8({ names: ShareType, text: "tcRsp.shareType", filter: "smb2.share_type" }),
  Reserved: reserved(1, { text: "tcRsp.reserved", filter: "smb2.reserved" }),
  ShareFlags: u32({ flags: ShareFlags, text: "tcRsp.shareFlags", filter: "smb2.share_flags" }),
  Capabilities: u32({ flags: ShareCapabilities, text: "tcRsp.capabilities", filter: "smb2.share_caps" }),
  MaximalAccess: u32({ flags: FileAccessMask, text: "tcRsp.maximalAccess", filter: "smb.access_mask" }),
});

function extensionOffset(flags: number | undefined): number | undefined {
  return ((flags ?? 0) & TreeConnectFlags.mask.EXTENSION_PRESENT) === 0 ? undefined : FIXED_SIZE_OF_REQUEST;
}
