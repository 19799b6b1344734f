import * as identity from "../../../src/core/smb2/remotedIdentity.ts";
import { Smb1Body, Smb1Header } from "../../../src/core/smb2/smb1Message.ts";
import {
  Smb1ExtendedSecurity,
  Smb1NegotiateRequest,
  Smb1NegotiateResponse,
  Smb1NtLmParameters,
} from "../../../src/core/smb2/smb1Negotiate.ts";
import { type Example, plain } from "./example.ts";

const guid = "33221100554477668899aabbccddeeff";
const Guid = "00112233-4455-6677-8899-aabbccddeeff";

const ntLm = {
  SecurityMode: 7,
  MaxMpxCount: 50,
  MaxNumberVcs: 1,
  MaxBufferSize: 16644,
  MaxRawSize: 65536,
  SessionKey: 0,
  Capabilities: 0x8001f3fc,
  SystemTime: 1n,
  ServerTimeZone: 60,
  ChallengeLength: 0,
  ByteCount: 18,
};
const ntLmHex = `07 3200 0100 04410000 00000100 00000000 fcf30180 0100000000000000 3c00 00 1200 ${guid} 6048`;

/** The identity of another user (2.2.9.2.1), and SMB1. */
export const otherExamples: readonly Example[] = [
  plain(identity.BlobData, 2, "0200 abcd", { BlobSize: 2, BlobData: {} }),
  plain(identity.SidAttrData, 2, "0800 0100000000000001 07000000", { SidSize: 8, SidData: {}, Attr: [7] }),
  plain(identity.SidArrayData, 2, "0200 0200 aabb 01000000 0100 cc 02000000", {
    SidAttrCount: 2,
    SidAttrList: [
      { SidSize: 2, SidData: {}, Attr: [1] },
      { SidSize: 1, SidData: {}, Attr: [2] },
    ],
  }),
  plain(identity.LuidAttrData, 12, "1700000000000000 03000000", { Luid: 0x17n, Attr: 3 }),
  plain(identity.PrivilegeData, 2, "0c00 1700000000000000 03000000", { BlobSize: 12, BlobData: { Luid: 0x17n, Attr: 3 } }),
  plain(identity.PrivilegeArrayData, 2, "0100 0c00 1700000000000000 03000000", {
    PrivilegeCount: 1,
    PrivilegeList: [{ BlobSize: 12, BlobData: { Luid: 0x17n, Attr: 3 } }],
  }),
  plain(
    identity.RemotedIdentityTreeConnect,
    28,
    `0100 2e00 1c00 2400 2800 0000 0000 2c00 0000 0000 0000 0000 0000 0000
     0200 aabb 07000000 0200 6100 0200 6200 0000`,
    {
      TicketType: 1,
      TicketSize: 46,
      User: 28,
      UserName: 36,
      Domain: 40,
      Groups: 0,
      RestrictedGroups: 0,
      Privileges: 44,
      PrimaryGroup: 0,
      Owner: 0,
      DefaultDacl: 0,
      DeviceGroups: 0,
      UserClaims: 0,
      DeviceClaims: 0,
      UserData: { SidSize: 2, SidData: {}, Attr: [7] },
      UserNameData: { BlobSize: 2, BlobData: "a" },
      DomainData: { BlobSize: 2, BlobData: "b" },
      PrivilegesData: { PrivilegeCount: 0 },
    },
  ),
  plain(Smb1Header, 32, `ff534d42 72 00000000 18 43c8 0000 ${"00".repeat(8)} 0000 0100 fffe 0200 0300`, {
    Protocol: 0xff534d42,
    Command: 0x72,
    Status: 0,
    Flags: 0x18,
    Flags2: 0xc843,
    PIDHigh: 0,
    SecurityFeatures: "0000000000000000",
    Reserved: "0000",
    TID: 1,
    PIDLow: 0xfeff,
    UID: 2,
    MID: 3,
  }),
  plain(Smb1NegotiateRequest, 3, "00 0c00 02 4e54204c4d20302e3132 00", { WordCount: 0, ByteCount: 12, Dialects: ["NT LM 0.12"] }),
  plain(Smb1NegotiateResponse, 3, `11 0500 ${ntLmHex}`, {
    WordCount: 17,
    DialectIndex: 5,
    Parameters: {},
    ...ntLm,
    Bytes: { ServerGUID: Guid, SecurityBlob: {} },
  }),
  plain(Smb1NegotiateResponse, 3, "01 ffff 0000", { WordCount: 1, DialectIndex: 0xffff, Parameters: {} }),
  plain(Smb1NtLmParameters, 34, ntLmHex, { ...ntLm, Bytes: { ServerGUID: Guid, SecurityBlob: {} } }),
  plain(Smb1ExtendedSecurity, 16, `${guid} 6048`, { ServerGUID: Guid, SecurityBlob: {} }),
  plain(Smb1Body, 0, "00 0000", { Body: {} }),
];
