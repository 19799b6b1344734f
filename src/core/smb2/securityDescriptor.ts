import { array } from "../struct/array.ts";
import { rest } from "../struct/blob.ts";
import { choose } from "../struct/choose.ts";
import { flagSet } from "../struct/flagSet.ts";
import { inner } from "../struct/inner.ts";
import { u8, u16, u32 } from "../struct/integers.ts";
import { nameSet } from "../struct/nameSet.ts";
import { guid, reserved } from "../struct/octets.ts";
import { stepped } from "../struct/stepped.ts";
import { struct } from "../struct/struct.ts";
import { FileAccessMask } from "./constants/accessMasks.ts";
import { sid } from "./sid.ts";

/** AceType ([MS-DTYP] 2.4.4.1). */
export const AceType = nameSet("", {
  ACCESS_ALLOWED_ACE_TYPE: [0x00, "sd.ace.allowed"],
  ACCESS_DENIED_ACE_TYPE: [0x01, "sd.ace.denied"],
  SYSTEM_AUDIT_ACE_TYPE: [0x02, "sd.ace.audit"],
  SYSTEM_ALARM_ACE_TYPE: 0x03,
  ACCESS_ALLOWED_COMPOUND_ACE_TYPE: 0x04,
  ACCESS_ALLOWED_OBJECT_ACE_TYPE: [0x05, "sd.ace.allowed"],
  ACCESS_DENIED_OBJECT_ACE_TYPE: [0x06, "sd.ace.denied"],
  SYSTEM_AUDIT_OBJECT_ACE_TYPE: [0x07, "sd.ace.audit"],
  SYSTEM_ALARM_OBJECT_ACE_TYPE: 0x08,
  ACCESS_ALLOWED_CALLBACK_ACE_TYPE: [0x09, "sd.ace.callback"],
  ACCESS_DENIED_CALLBACK_ACE_TYPE: [0x0a, "sd.ace.callback"],
  ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE: [0x0b, "sd.ace.callback"],
  ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE: [0x0c, "sd.ace.callback"],
  SYSTEM_AUDIT_CALLBACK_ACE_TYPE: [0x0d, "sd.ace.callback"],
  SYSTEM_ALARM_CALLBACK_ACE_TYPE: 0x0e,
  SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE: [0x0f, "sd.ace.callback"],
  SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE: 0x10,
  SYSTEM_MANDATORY_LABEL_ACE_TYPE: [0x11, "sd.ace.label"],
  SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE: [0x12, "sd.ace.attribute"],
  SYSTEM_SCOPED_POLICY_ID_ACE_TYPE: [0x13, "sd.ace.policy"],
});

/** AceFlags ([MS-DTYP] 2.4.4.1). */
const AceFlags = flagSet("", {
  OBJECT_INHERIT_ACE: [0x01, "sd.aceFlags.objectInherit"],
  CONTAINER_INHERIT_ACE: [0x02, "sd.aceFlags.containerInherit"],
  NO_PROPAGATE_INHERIT_ACE: [0x04, "sd.aceFlags.noPropagate"],
  INHERIT_ONLY_ACE: [0x08, "sd.aceFlags.inheritOnly"],
  INHERITED_ACE: [0x10, "sd.aceFlags.inherited"],
  SUCCESSFUL_ACCESS_ACE_FLAG: [0x40, "sd.aceFlags.audit"],
  FAILED_ACCESS_ACE_FLAG: [0x80, "sd.aceFlags.audit"],
});

/** Flags of an object ACE ([MS-DTYP] 2.4.4.3). */
const ObjectFlags = flagSet("ACE_", { OBJECT_TYPE_PRESENT: 0x1, INHERITED_OBJECT_TYPE_PRESENT: 0x2 });

/** Mask of a mandatory label ([MS-DTYP] 2.4.4.13). */
const LabelMask = flagSet("SYSTEM_MANDATORY_LABEL_", { NO_WRITE_UP: 0x1, NO_READ_UP: 0x2, NO_EXECUTE_UP: 0x4 });

/** Control ([MS-DTYP] 2.4.6). */
const Control = flagSet("", {
  "Owner Defaulted (OD)": 0x0001,
  "Group Defaulted (GD)": 0x0002,
  "DACL Present (DP)": [0x0004, "sd.control.daclPresent"],
  "DACL Defaulted (DD)": 0x0008,
  "SACL Present (SP)": 0x0010,
  "SACL Defaulted (SD)": 0x0020,
  "DACL Trusted (DT)": 0x0040,
  "Server Security (SS)": 0x0080,
  "DACL Computed Inheritance Required (DC)": 0x0100,
  "SACL Computed Inheritance Required (SC)": 0x0200,
  "DACL Auto-Inherited (DI)": 0x0400,
  "SACL Auto-Inherited (SI)": 0x0800,
  "DACL Protected (PD)": [0x1000, "sd.control.daclProtected"],
  "SACL Protected (PS)": 0x2000,
  "RM Control Valid (RM)": 0x4000,
  "Self-Relative (SR)": 0x8000,
});

const mask = u32({ flags: FileAccessMask, text: "sd.mask", filter: "nt.access_mask" });

/** All that differ only by what they do: allowed, denied, audited, with a condition behind, of a policy. */
const AccessAce = struct(
  "ACCESS_ALLOWED_ACE",
  "MS-DTYP 2.4.4.2",
  { Mask: mask },
  { Sid: sid(), ApplicationData: rest({ text: "sd.condition" }) },
);

const ObjectAce = struct(
  "ACCESS_ALLOWED_OBJECT_ACE",
  "MS-DTYP 2.4.4.3",
  { Mask: mask, Flags: u32({ flags: ObjectFlags, filter: "nt.ace.object.flags" }) },
  {
    ObjectType: array(guid(), (m) => one(m.Flags, ObjectFlags.mask.OBJECT_TYPE_PRESENT), { filter: "nt.ace.object.guid" }),
    InheritedObjectType: array(guid(), (m) => one(m.Flags, ObjectFlags.mask.INHERITED_OBJECT_TYPE_PRESENT), {
      filter: "nt.ace.object.inherited_guid",
    }),
    Sid: sid(),
    ApplicationData: rest({ text: "sd.condition" }),
  },
);

const LabelAce = struct(
  "SYSTEM_MANDATORY_LABEL_ACE",
  "MS-DTYP 2.4.4.13",
  { Mask: u32({ flags: LabelMask, text: "sd.mask", filter: "nt.access_mask" }) },
  { Sid: sid() },
);

const ACE_HEADER_SIZE = 4;
const ACL_HEADER_SIZE = 8;

/** One entry of an access control list. */
export const Ace = struct(
  "ACE",
  "MS-DTYP 2.4.4.1",
  {
    AceType: u8({ names: AceType, text: "sd.aceType", filter: "nt.ace.type" }),
    AceFlags: u8({ flags: AceFlags, text: "sd.aceFlags", filter: "nt.ace.flags" }),
    AceSize: u16({ text: "sd.aceSize", filter: "nt.ace.size" }),
  },
  {
    AceData: choose(
      { on: (m) => m.AceType, length: (m) => Math.max(0, (m.AceSize ?? 0) - ACE_HEADER_SIZE) },
      {
        0: AccessAce,
        1: AccessAce,
        2: AccessAce,
        3: AccessAce,
        5: ObjectAce,
        6: ObjectAce,
        7: ObjectAce,
        8: ObjectAce,
        9: AccessAce,
        10: AccessAce,
        11: ObjectAce,
        12: ObjectAce,
        13: AccessAce,
        15: ObjectAce,
        17: LabelAce,
        18: AccessAce,
        19: AccessAce,
      },
    ),
  },
);

/** An access control list. Without any entry it refuses everybody; where a descriptor has none, it admits everybody. */
export const Acl = struct(
  "ACL",
  "MS-DTYP 2.4.5",
  {
    AclRevision: u8({ filter: "nt.acl.revision" }),
    Sbz1: reserved(1),
    AclSize: u16({ filter: "nt.acl.size" }),
    AceCount: u16({ text: "sd.aceCount", filter: "nt.acl.num_aces" }),
    Sbz2: reserved(2),
  },
  {
    Aces: stepped(Ace, {
      length: (m) => Math.max(0, (m.AclSize ?? 0) - ACL_HEADER_SIZE),
      count: (m) => m.AceCount,
      step: (ace) => ace.AceSize,
      text: "sd.aces",
    }),
  },
);

/** Owner, group and access control lists of a file or directory. */
export const SecurityDescriptor = struct(
  "SECURITY_DESCRIPTOR",
  "MS-DTYP 2.4.6",
  {
    Revision: u8({ must: 1, filter: "nt.sec_desc.revision" }),
    Sbz1: reserved(1),
    Control: u16({ flags: Control, text: "sd.control", filter: "nt.sec_desc.type" }),
    OffsetOwner: u32({ text: "sd.offset", filter: "nt.offset_to_owner_sid" }),
    OffsetGroup: u32({ text: "sd.offset", filter: "nt.offset_to_group_sid" }),
    OffsetSacl: u32({ text: "sd.offset", filter: "nt.offset_to_sacl" }),
    OffsetDacl: u32({ text: "sd.offset", filter: "nt.offset_to_dacl" }),
  },
  {
    OwnerSid: sid({ atStruct: (m) => present(m.OffsetOwner), text: "sd.owner" }),
    GroupSid: sid({ atStruct: (m) => present(m.OffsetGroup), text: "sd.group" }),
    Sacl: inner(Acl, { atStruct: (m) => present(m.OffsetSacl), text: "sd.sacl" }),
    Dacl: inner(Acl, { atStruct: (m) => present(m.OffsetDacl), text: "sd.dacl" }),
  },
);

function present(offset: number | undefined): number | undefined {
  return offset === 0 ? undefined : offset;
}

function one(flags: number | undefined, bit: number): number | undefined {
  return ((flags ?? 0) & bit) === 0 ? undefined : 1;
}
