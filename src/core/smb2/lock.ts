import { u16, u32, u64 } from "../struct/integers.ts";
import { list } from "../struct/list.ts";
import { struct } from "../struct/struct.ts";
import { fileId, structureSize, unused } from "./bodyFields.ts";
import { LockFlags } from "./constants/fileFlags.ts";

export const LockElement = struct("SMB2_LOCK_ELEMENT", "MS-SMB2 2.2.26.1", {
  Offset: u64({ text: "lock.offset", filter: "smb2.file_offset" }),
  Length: u64({ text: "lock.length", filter: "smb2.lock_length" }),
  Flags: u32({ flags: LockFlags, text: "lock.flags", filter: "smb2.lock_flags" }),
  Reserved: unused(4),
});

/** StructureSize counts one lock element in. */
export const LockRequest = struct(
  "SMB2 LOCK Request",
  "MS-SMB2 2.2.26",
  {
    StructureSize: structureSize(48),
    LockCount: u16({ text: "lock.count", filter: "smb2.lock_count" }),
    LockSequence: u32({ hex: true, text: "lock.sequence" }),
    FileId: fileId(),
  },
  { Locks: list(LockElement, { align: 1, count: (m) => m.LockCount, text: "lock.locks", filter: "smb2.lock_info" }) },
);

export const LockResponse = struct("SMB2 LOCK Response", "MS-SMB2 2.2.27", {
  StructureSize: structureSize(4),
  Reserved: unused(2),
});
