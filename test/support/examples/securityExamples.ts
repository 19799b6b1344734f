import * as descriptor from "../../../src/core/smb2/securityDescriptor.ts";
import { Sid } from "../../../src/core/smb2/sid.ts";
import { type Example, plain } from "./example.ts";

/** SIDs and security descriptors ([MS-DTYP] 2.4). */
export const securityExamples: readonly Example[] = [
  plain(Sid, 8, "0102 000000000005 20000000 20020000", {
    Revision: 1,
    SubAuthorityCount: 2,
    IdentifierAuthority: "000000000005",
    SubAuthority: [32, 544],
  }),
  plain(descriptor.Ace, 4, "00 13 1800 ff011f00 0102 000000000005 20000000 20020000", {
    AceType: 0,
    AceFlags: 19,
    AceSize: 24,
    AceData: {},
    Mask: 0x1f01ff,
    Sid: { Revision: 1, SubAuthorityCount: 2, IdentifierAuthority: "000000000005", SubAuthority: [32, 544] },
  }),
  plain(
    descriptor.Ace,
    4,
    "05 00 3800 30000000 03000000 33221100554477668899aabbccddeeff 000102030405060708090a0b0c0d0e0f 0101 000000000001 00000000",
    {
      AceType: 5,
      AceFlags: 0,
      AceSize: 56,
      AceData: {},
      Mask: 48,
      Flags: 3,
      ObjectType: ["00112233-4455-6677-8899-aabbccddeeff"],
      InheritedObjectType: ["03020100-0504-0706-0809-0a0b0c0d0e0f"],
      Sid: { Revision: 1, SubAuthorityCount: 1, IdentifierAuthority: "000000000001", SubAuthority: [0] },
    },
  ),
  plain(descriptor.Ace, 4, "11 00 1400 01000000 0101 000000000010 00300000", {
    AceType: 17,
    AceFlags: 0,
    AceSize: 20,
    AceData: {},
    Mask: 1,
    Sid: { Revision: 1, SubAuthorityCount: 1, IdentifierAuthority: "000000000010", SubAuthority: [12288] },
  }),
  plain(descriptor.Ace, 4, "09 00 1800 a9001200 0101 000000000001 00000000 61727478", {
    AceType: 9,
    AceFlags: 0,
    AceSize: 24,
    AceData: {},
    Mask: 0x1200a9,
    Sid: { Revision: 1, SubAuthorityCount: 1, IdentifierAuthority: "000000000001", SubAuthority: [0] },
    ApplicationData: {},
  }),
  plain(descriptor.Ace, 4, "42 00 0800 01020304", { AceType: 66, AceFlags: 0, AceSize: 8, AceData: {} }),
  plain(
    descriptor.Acl,
    8,
    "02 00 3400 0200 0000 00 03 1800 ff011f00 0102 000000000005 20000000 20020000 01 00 1400 01000000 0101 000000000001 00000000",
    {
      AclRevision: 2,
      Sbz1: "00",
      AclSize: 52,
      AceCount: 2,
      Sbz2: "0000",
      Aces: [
        {
          AceType: 0,
          AceFlags: 3,
          AceSize: 24,
          AceData: {},
          Mask: 0x1f01ff,
          Sid: { Revision: 1, SubAuthorityCount: 2, IdentifierAuthority: "000000000005", SubAuthority: [32, 544] },
        },
        {
          AceType: 1,
          AceFlags: 0,
          AceSize: 20,
          AceData: {},
          Mask: 1,
          Sid: { Revision: 1, SubAuthorityCount: 1, IdentifierAuthority: "000000000001", SubAuthority: [0] },
        },
      ],
    },
  ),
  plain(
    descriptor.SecurityDescriptor,
    20,
    "01 00 0480 14000000 24000000 00000000 30000000 0102 000000000005 20000000 20020000 0101 000000000001 00000000 02 00 1c00 0100 0000 00 00 1400 89001200 0101 000000000001 00000000",
    {
      Revision: 1,
      Sbz1: "00",
      Control: 32772,
      OffsetOwner: 20,
      OffsetGroup: 36,
      OffsetSacl: 0,
      OffsetDacl: 48,
      OwnerSid: { Revision: 1, SubAuthorityCount: 2, IdentifierAuthority: "000000000005", SubAuthority: [32, 544] },
      GroupSid: { Revision: 1, SubAuthorityCount: 1, IdentifierAuthority: "000000000001", SubAuthority: [0] },
      Dacl: {
        AclRevision: 2,
        Sbz1: "00",
        AclSize: 28,
        AceCount: 1,
        Sbz2: "0000",
        Aces: [
          {
            AceType: 0,
            AceFlags: 0,
            AceSize: 20,
            AceData: {},
            Mask: 0x120089,
            Sid: { Revision: 1, SubAuthorityCount: 1, IdentifierAuthority: "000000000001", SubAuthority: [0] },
          },
        ],
      },
    },
  ),
];
