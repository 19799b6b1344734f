import { choose } from "../struct/choose.ts";
import { u8, u16, u32 } from "../struct/integers.ts";
import { reserved } from "../struct/octets.ts";
import { struct } from "../struct/struct.ts";
import { utf16 } from "../struct/textPart.ts";
import { FileAccessMask } from "./constants/accessMasks.ts";
import { ShareCapabilities, ShareFlags, ShareType, TreeConnectFlags } from "./constants/shareFlags.ts";

/** Stands at the start of the buffer of a 3.1.1 request that says EXTENSION_PRESENT. */
export const TreeConnectRequestExtension = struct("SMB2 TREE_CONNECT Request Extension", "MS-SMB2 2.2.9.1", {
  TreeConnectContextOffset: u32(),
  TreeConnectContextCount: u16(),
  Reserved: reserved(10),
});

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
    Extension: choose({ on: () => 1, length: (m) => extensionLength(m.Flags), group: true }, { 1: TreeConnectRequestExtension }),
    Path: utf16({ length: (m) => m.PathLength, atHeader: (m) => m.PathOffset, text: "tcReq.path", filter: "smb2.tree" }),
  },
);

export const TreeConnectResponse = struct("SMB2 TREE_CONNECT Response", "MS-SMB2 2.2.10", {
  StructureSize: u16({ must: 16, text: "tcRsp.structureSize", filter: "smb2.buffer_code" }),
  ShareType: u8({ names: ShareType, text: "tcRsp.shareType", filter: "smb2.share_type" }),
  Reserved: reserved(1, { text: "tcRsp.reserved", filter: "smb2.reserved" }),
  ShareFlags: u32({ flags: ShareFlags, text: "tcRsp.shareFlags", filter: "smb2.share_flags" }),
  Capabilities: u32({ flags: ShareCapabilities, text: "tcRsp.capabilities", filter: "smb2.share_caps" }),
  MaximalAccess: u32({ flags: FileAccessMask, text: "tcRsp.maximalAccess" }),
});

function extensionLength(flags: number | undefined): number | undefined {
  const present = ((flags ?? 0) & TreeConnectFlags.mask.EXTENSION_PRESENT) !== 0;
  return present ? TreeConnectRequestExtension.size : undefined;
}
