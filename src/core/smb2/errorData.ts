import { flagSet } from "../struct/flagSet.ts";
import { u16, u32 } from "../struct/integers.ts";
import { list } from "../struct/list.ts";
import { nameSet } from "../struct/nameSet.ts";
import { octets, reserved } from "../struct/octets.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { utf16 } from "../struct/textPart.ts";
import type { Peek } from "../struct/variant.ts";
import { Header } from "./header.ts";

const SYMLINK_TAG = 0x4c4d5953;
const REPARSE_TAG_SYMLINK = 0xa000000c;
const STATUS_STOPPED_ON_SYMLINK = 0x8000002d;
const STATUS_BUFFER_TOO_SMALL = 0xc0000023;
const PATH_BUFFER = 28;

const SymlinkFlags = flagSet("SYMLINK_FLAG_", { RELATIVE: 0x00000001 });

/** Data of STATUS_STOPPED_ON_SYMLINK. Offsets of the names count from the end of the fixed part. */
export const SymbolicLinkErrorResponse = struct(
  "Symbolic Link Error Response",
  "MS-SMB2 2.2.2.2.1",
  {
    SymLinkLength: u32({ text: "symlink.length", filter: "smb2.symlink.length" }),
    SymLinkErrorTag: u32({ must: SYMLINK_TAG, hex: true, text: "symlink.errorTag", filter: "smb2.symlink.error_tag" }),
    ReparseTag: u32({ must: REPARSE_TAG_SYMLINK, hex: true, text: "symlink.reparseTag", filter: "smb2.reparse_tag" }),
    ReparseDataLength: u16({ text: "symlink.reparseDataLength", filter: "smb2.reparse_data_length" }),
    UnparsedPathLength: u16({ text: "symlink.unparsedPathLength", filter: "smb2.symlink.unparsed_path_length" }),
    SubstituteNameOffset: u16({ text: "symlink.substituteName", filter: "smb2.olb.offset" }),
    SubstituteNameLength: u16({ text: "symlink.substituteName", filter: "smb2.olb.length" }),
    PrintNameOffset: u16({ text: "symlink.printName", filter: "smb2.olb.offset" }),
    PrintNameLength: u16({ text: "symlink.printName", filter: "smb2.olb.length" }),
    Flags: u32({ flags: SymlinkFlags, text: "symlink.flags", filter: "smb2.symlink.flags" }),
  },
  {
    SubstituteName: utf16({
      length: (m) => m.SubstituteNameLength,
      atStruct: (m) => PATH_BUFFER + (m.SubstituteNameOffset ?? 0),
      text: "symlink.substituteName",
      filter: "smb2.symlink.substitute_name",
    }),
    PrintName: utf16({
      length: (m) => m.PrintNameLength,
      atStruct: (m) => PATH_BUFFER + (m.PrintNameOffset ?? 0),
      text: "symlink.printName",
      filter: "smb2.symlink.print_name",
    }),
  },
);

const AddressType = nameSet("MOVE_DST_IPADDR_", { V4: 1, V6: 2 });

/** An IPv4 address stands in the first four bytes of Address. */
export const MoveDstIpaddr = struct("MOVE_DST_IPADDR", "MS-SMB2 2.2.2.2.2.1", {
  Type: u32({ names: AddressType, text: "redirect.addresses" }),
  Reserved: reserved(4, { text: "body.reserved" }),
  Address: octets(16, { text: "redirect.addresses" }),
});

const SHARE_MOVED = 3;

/** Tells the client which node owns the share. */
export const ShareRedirectErrorContext = struct(
  "Share Redirect Error Context Response",
  "MS-SMB2 2.2.2.2.2",
  {
    StructureSize: u32({ text: "body.structureSize", filter: "smb2.error.share_redirect.struct_size" }),
    NotificationType: u32({ must: SHARE_MOVED, text: "redirect.notificationType", filter: "smb2.error.share_redirect.notif_type" }),
    ResourceNameOffset: u32({ text: "redirect.resourceName", filter: "smb2.olb.offset" }),
    ResourceNameLength: u32({ text: "redirect.resourceName", filter: "smb2.olb.length" }),
    Flags: u16({ hex: true, reserved: true, text: "body.reserved", filter: "smb2.error.share_redirect.flags" }),
    TargetType: u16({ must: 0, hex: true, text: "redirect.targetType", filter: "smb2.error.share_redirect.target_type" }),
    IPAddrCount: u32({ text: "redirect.addresses", filter: "smb2.error.share_redirect.ip_count" }),
  },
  {
    IPAddrMoveList: list(MoveDstIpaddr, {
      align: 1,
      count: (m) => m.IPAddrCount,
      text: "redirect.addresses",
      filter: "smb2.error.share_redirect.ip_list",
    }),
    ResourceName: utf16({
      length: (m) => m.ResourceNameLength,
      atStruct: (m) => m.ResourceNameOffset,
      text: "redirect.resourceName",
      filter: "smb2.error.share_redirect.res_name",
    }),
  },
);

/** Data of STATUS_BUFFER_TOO_SMALL. */
export const BufferTooSmallErrorData = struct("STATUS_BUFFER_TOO_SMALL error data", "MS-SMB2 2.2.2.2", {
  MinimumRequiredBufferLength: u32({ text: "err.minimumBufferLength", filter: "smb2.error.min_buf_length" }),
});

const byStatus: Readonly<Record<number, Struct>> = {
  [STATUS_STOPPED_ON_SYMLINK]: SymbolicLinkErrorResponse,
  [STATUS_BUFFER_TOO_SMALL]: BufferTooSmallErrorData,
};

/** ErrorData is what the Status of the header makes it. */
export function errorDataStruct(header: Peek): Struct | undefined {
  return byStatus[header.u32(Header.at.Status) ?? 0];
}
