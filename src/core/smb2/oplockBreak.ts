import type { SectionId } from "../spec/sections.ts";
import { u8, u16, u32, u64 } from "../struct/integers.ts";
import { guid, reserved } from "../struct/octets.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { fileId, structureSize, unused } from "./bodyFields.ts";
import { FileAccessMask } from "./constants/accessMasks.ts";
import { LeaseBreakFlags, LeaseState, OplockLevel, ShareAccess } from "./constants/createFlags.ts";

export const OplockBreakNotification = oplockBreak("SMB2 Oplock Break Notification", "MS-SMB2 2.2.23.1");
export const OplockBreakAcknowledgment = oplockBreak("SMB2 Oplock Break Acknowledgment", "MS-SMB2 2.2.24.1");
export const OplockBreakResponse = oplockBreak("SMB2 Oplock Break Response", "MS-SMB2 2.2.25.1");

export const LeaseBreakNotification = struct("SMB2 Lease Break Notification", "MS-SMB2 2.2.23.2", {
  StructureSize: structureSize(44),
  NewEpoch: u16({ text: "break.newEpoch", filter: "smb2.lease.lease_oplock" }),
  Flags: u32({ flags: LeaseBreakFlags, text: "break.flags", filter: "smb2.lease.lease_flags" }),
  LeaseKey: guid({ text: "break.leaseKey", filter: "smb2.lease.lease_key" }),
  CurrentLeaseState: u32({ flags: LeaseState, text: "break.currentState", filter: "smb2.lease.lease_state" }),
  NewLeaseState: u32({ flags: LeaseState, text: "break.newState", filter: "smb2.lease.lease_state" }),
  BreakReason: u32({ hex: true, reserved: true, text: "body.reserved", filter: "smb2.lease.lease_break_reason" }),
  AccessMaskHint: u32({ flags: FileAccessMask, reserved: true, text: "body.reserved", filter: "smb2.lease.access_mask_hint" }),
  ShareMaskHint: u32({ flags: ShareAccess, reserved: true, text: "body.reserved", filter: "smb2.lease.share_mask_hint" }),
});

export const LeaseBreakAcknowledgment = leaseBreakAnswer("SMB2 Lease Break Acknowledgment", "MS-SMB2 2.2.24.2");
export const LeaseBreakResponse = leaseBreakAnswer("SMB2 Lease Break Response", "MS-SMB2 2.2.25.2");

const acknowledgments: Readonly<Record<number, Struct>> = { 24: OplockBreakAcknowledgment, 36: LeaseBreakAcknowledgment };
const notifications: Readonly<Record<number, Struct>> = { 24: OplockBreakNotification, 44: LeaseBreakNotification };
const answers: Readonly<Record<number, Struct>> = { 24: OplockBreakResponse, 36: LeaseBreakResponse };

/** A client's OPLOCK_BREAK message: StructureSize tells oplock from lease. */
export function acknowledgmentStruct(size: number | undefined): Struct {
  return acknowledgments[size ?? 0] ?? OplockBreakAcknowledgment;
}

/** A server's OPLOCK_BREAK message. `unsolicited`: its MessageId is all ones, so that it answers nothing. */
export function breakStruct(size: number | undefined, unsolicited: boolean): Struct {
  const [first, second] = unsolicited ? [notifications, answers] : [answers, notifications];
  return first[size ?? 0] ?? second[size ?? 0] ?? OplockBreakNotification;
}

function oplockBreak(name: string, section: SectionId) {
  return struct(name, section, {
    StructureSize: structureSize(24),
    OplockLevel: u8({ names: OplockLevel, text: "break.oplockLevel", filter: "smb2.create.oplock" }),
    Reserved: reserved(1, { text: "body.reserved", filter: "smb2.reserved" }),
    Reserved2: unused(4),
    FileId: fileId(),
  });
}

function leaseBreakAnswer(name: string, section: SectionId) {
  return struct(name, section, {
    StructureSize: structureSize(36),
    Reserved: unused(2),
    Flags: u32({ hex: true, reserved: true, text: "body.reserved", filter: "smb2.lease.lease_flags" }),
    LeaseKey: guid({ text: "break.leaseKey", filter: "smb2.lease.lease_key" }),
    LeaseState: u32({ flags: LeaseState, text: "break.leaseState", filter: "smb2.lease.lease_state" }),
    LeaseDuration: u64({ hex: true, reserved: true, text: "body.reserved", filter: "smb2.lease.lease_duration" }),
  });
}
