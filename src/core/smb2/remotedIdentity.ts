import { array } from "../struct/array.ts";
import { blob } from "../struct/blob.ts";
import { inner } from "../struct/inner.ts";
import { u16, u32, u64 } from "../struct/integers.ts";
import { list } from "../struct/list.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { utf16 } from "../struct/textPart.ts";

const text = "tcExt.remotedIdentity";
const field = () => u16({ text });

/** Bytes with their length before them. */
export const BlobData = struct(
  "BLOB_DATA",
  "MS-SMB2 2.2.9.2.1.1",
  { BlobSize: field() },
  { BlobData: blob({ length: (m) => m.BlobSize, text }) },
);

/** A name as BLOB_DATA. */
const BlobText = struct(
  "BLOB_DATA",
  "MS-SMB2 2.2.9.2.1.1",
  { BlobSize: field() },
  { BlobData: utf16({ length: (m) => m.BlobSize, text }) },
);

export const SidAttrData = struct(
  "SID_ATTR_DATA",
  "MS-SMB2 2.2.9.2.1.2",
  { SidSize: field() },
  {
    SidData: blob({ length: (m) => m.SidSize, text }),
    Attr: array(u32({ hex: true }), () => 1, { atStruct: (m) => SID_SIZE_FIELD + (m.SidSize ?? 0), text }),
  },
);

export const SidArrayData = struct(
  "SID_ARRAY_DATA",
  "MS-SMB2 2.2.9.2.1.3",
  { SidAttrCount: field() },
  { SidAttrList: list(SidAttrData, { align: 1, count: (m) => m.SidAttrCount, text }) },
);

export const LuidAttrData = struct("LUID_ATTR_DATA", "MS-SMB2 2.2.9.2.1.4", {
  Luid: u64({ hex: true, text }),
  Attr: u32({ hex: true, text }),
});

/** LUID_ATTR_DATA as BLOB_DATA. */
export const PrivilegeData = struct(
  "PRIVILEGE_DATA",
  "MS-SMB2 2.2.9.2.1.5",
  { BlobSize: field() },
  { BlobData: inner(LuidAttrData, { length: (m) => m.BlobSize, text }) },
);

export const PrivilegeArrayData = struct(
  "PRIVILEGE_ARRAY_DATA",
  "MS-SMB2 2.2.9.2.1.6",
  { PrivilegeCount: field() },
  { PrivilegeList: list(PrivilegeData, { align: 1, count: (m) => m.PrivilegeCount, text }) },
);

const SID_SIZE_FIELD = 2;

/** The fields before TicketInfo are offsets from the start of this structure; 0: not there. */
export const RemotedIdentityTreeConnect = struct(
  "SMB2_REMOTED_IDENTITY_TREE_CONNECT",
  "MS-SMB2 2.2.9.2.1",
  {
    TicketType: u16({ must: 1, text }),
    TicketSize: field(),
    User: field(),
    UserName: field(),
    Domain: field(),
    Groups: field(),
    RestrictedGroups: field(),
    Privileges: field(),
    PrimaryGroup: field(),
    Owner: field(),
    DefaultDacl: field(),
    DeviceGroups: field(),
    UserClaims: field(),
    DeviceClaims: field(),
  },
  {
    UserData: at((m) => m.User, SidAttrData),
    UserNameData: at((m) => m.UserName, BlobText),
    DomainData: at((m) => m.Domain, BlobText),
    GroupsData: at((m) => m.Groups, SidArrayData),
    RestrictedGroupsData: at((m) => m.RestrictedGroups, SidArrayData),
    PrivilegesData: at((m) => m.Privileges, PrivilegeArrayData),
    PrimaryGroupData: at((m) => m.PrimaryGroup, SidArrayData),
    OwnerData: at((m) => m.Owner, BlobData),
    DefaultDaclData: at((m) => m.DefaultDacl, BlobData),
    DeviceGroupsData: at((m) => m.DeviceGroups, SidArrayData),
    UserClaimsData: at((m) => m.UserClaims, BlobData),
    DeviceClaimsData: at((m) => m.DeviceClaims, BlobData),
  },
);

type Offsets = Readonly<
  Partial<
    Record<
      | "User"
      | "UserName"
      | "Domain"
      | "Groups"
      | "RestrictedGroups"
      | "Privileges"
      | "PrimaryGroup"
      | "Owner"
      | "DefaultDacl"
      | "DeviceGroups"
      | "UserClaims"
      | "DeviceClaims",
      number
    >
  >
>;

function at<S extends Struct>(offset: (m: Offsets) => number | undefined, item: S) {
  return inner<S, Offsets>(item, { atStruct: (m) => offset(m) || undefined, text });
}
