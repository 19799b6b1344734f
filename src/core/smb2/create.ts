import { chain } from "../struct/chain.ts";
import { u8, u16, u32, u64 } from "../struct/integers.ts";
import { struct } from "../struct/struct.ts";
import { utf16 } from "../struct/textPart.ts";
import { fileFacts, fileId, structureSize, unused } from "./bodyFields.ts";
import { FileAccessMask } from "./constants/accessMasks.ts";
import {
  CloseFlags,
  CreateAction,
  CreateDisposition,
  CreateOptions,
  CreateResponseFlags,
  ImpersonationLevel,
  OplockLevel,
  ShareAccess,
} from "./constants/createFlags.ts";
import { FileAttributes } from "./constants/fileAttributes.ts";
import { CreateContextRequest, CreateContextResponse } from "./createContext.ts";

const contexts = { next: "Next", title: "Name", text: "create.contexts", filter: "smb2.create.extrainfo" } as const;

export const CreateRequest = struct(
  "SMB2 CREATE Request",
  "MS-SMB2 2.2.13",
  {
    StructureSize: structureSize(57),
    SecurityFlags: u8({ hex: true, reserved: true, text: "create.securityFlags" }),
    RequestedOplockLevel: u8({ names: OplockLevel, text: "create.requestedOplockLevel", filter: "smb2.create.oplock" }),
    ImpersonationLevel: u32({ names: ImpersonationLevel, text: "create.impersonationLevel", filter: "smb2.impersonation.level" }),
    SmbCreateFlags: u64({ hex: true, reserved: true, text: "create.smbCreateFlags", filter: "smb2.create_flags" }),
    Reserved: unused(8),
    DesiredAccess: u32({ flags: FileAccessMask, text: "create.desiredAccess", filter: "smb.access_mask" }),
    FileAttributes: u32({ flags: FileAttributes, text: "body.fileAttributes", filter: "smb2.file_attribute" }),
    ShareAccess: u32({ flags: ShareAccess, text: "create.shareAccess", filter: "smb.share_access" }),
    CreateDisposition: u32({ names: CreateDisposition, text: "create.disposition", filter: "smb2.create.disposition" }),
    CreateOptions: u32({ flags: CreateOptions, text: "create.options", filter: "smb.create_options" }),
    NameOffset: u16({ text: "create.name", filter: "smb2.olb.offset" }),
    NameLength: u16({ text: "create.name", filter: "smb2.olb.length" }),
    CreateContextsOffset: u32({ text: "create.contexts", filter: "smb2.olb.offset" }),
    CreateContextsLength: u32({ text: "create.contexts", filter: "smb2.olb.length" }),
  },
  {
    Name: utf16({ length: (m) => m.NameLength, atHeader: (m) => m.NameOffset, text: "create.name", filter: "smb2.filename" }),
    CreateContexts: chain(CreateContextRequest, {
      ...contexts,
      length: (m) => m.CreateContextsLength,
      atHeader: (m) => m.CreateContextsOffset,
    }),
  },
);

export const CreateResponse = struct(
  "SMB2 CREATE Response",
  "MS-SMB2 2.2.14",
  {
    StructureSize: structureSize(89),
    OplockLevel: u8({ names: OplockLevel, text: "create.oplockLevel", filter: "smb2.create.oplock" }),
    Flags: u8({ flags: CreateResponseFlags, text: "create.responseFlags", filter: "smb2.create.rep_flags" }),
    CreateAction: u32({ names: CreateAction, text: "create.action", filter: "smb2.create.action" }),
    ...fileFacts,
    Reserved2: unused(4),
    FileId: fileId(),
    CreateContextsOffset: u32({ text: "create.contexts", filter: "smb2.olb.offset" }),
    CreateContextsLength: u32({ text: "create.contexts", filter: "smb2.olb.length" }),
  },
  {
    CreateContexts: chain(CreateContextResponse, {
      ...contexts,
      section: "MS-SMB2 2.2.14.2",
      length: (m) => m.CreateContextsLength,
      atHeader: (m) => m.CreateContextsOffset,
    }),
  },
);

export const CloseRequest = struct("SMB2 CLOSE Request", "MS-SMB2 2.2.15", {
  StructureSize: structureSize(24),
  Flags: u16({ flags: CloseFlags, text: "close.flags", filter: "smb2.close.flags" }),
  Reserved: unused(4),
  FileId: fileId(),
});

export const CloseResponse = struct("SMB2 CLOSE Response", "MS-SMB2 2.2.16", {
  StructureSize: structureSize(60),
  Flags: u16({ flags: CloseFlags, text: "close.flags", filter: "smb2.close.flags" }),
  Reserved: unused(4),
  ...fileFacts,
});
