import * as fs from "../../../src/core/smb2/info/fsInfo.ts";
import * as quota from "../../../src/core/smb2/info/quotaInfo.ts";
import { type Example, plain } from "./example.ts";

/** Information classes of file systems ([MS-FSCC] 2.5), and quotas. */
export const fsInfoExamples: readonly Example[] = [
  plain(fs.FileFsVolumeInformation, 18, "4030201000000000 04030201 06000000 00 00 610062006300", {
    VolumeCreationTime: 0x10203040n,
    VolumeSerialNumber: 0x1020304,
    VolumeLabelLength: 6,
    SupportsObjects: 0,
    Reserved: "00",
    VolumeLabel: "abc",
  }),
  plain(fs.FileFsLabelInformation, 4, "06000000 610062006300", { VolumeLabelLength: 6, VolumeLabel: "abc" }),
  plain(fs.FileFsSizeInformation, 24, "0004000000000000 0002000000000000 02000000 00020000", {
    TotalAllocationUnits: 1024n,
    AvailableAllocationUnits: 512n,
    SectorsPerAllocationUnit: 2,
    BytesPerSector: 512,
  }),
  plain(fs.FileFsFullSizeInformation, 32, "0004000000000000 0001000000000000 0002000000000000 02000000 00020000", {
    TotalAllocationUnits: 1024n,
    CallerAvailableAllocationUnits: 256n,
    ActualAvailableAllocationUnits: 512n,
    SectorsPerAllocationUnit: 2,
    BytesPerSector: 512,
  }),
  plain(fs.FileFsDeviceInformation, 8, "07000000 20000000", { DeviceType: 7, Characteristics: 32 }),
  plain(fs.FileFsAttributeInformation, 12, "4f000100 ff000000 08000000 4e00540046005300", {
    FileSystemAttributes: 65615,
    MaximumComponentNameLength: 255,
    FileSystemNameLength: 8,
    FileSystemName: "NTFS",
  }),
  plain(
    fs.FileFsControlInformation,
    48,
    "0000000000000000 0000000000000000 0000000000000000 0700000000000000 ffffffffffffffff 02000000 00000000",
    {
      FreeSpaceStartFiltering: 0n,
      FreeSpaceThreshold: 0n,
      FreeSpaceStopFiltering: 0n,
      DefaultQuotaThreshold: 7n,
      DefaultQuotaLimit: 0xffffffffffffffffn,
      FileSystemControlFlags: 2,
      Padding: "00000000",
    },
  ),
  plain(fs.FileFsObjectIdInformation, 64, `33221100554477668899aabbccddeeff ${"00".repeat(48)}`, {
    ObjectId: "00112233-4455-6677-8899-aabbccddeeff",
    ExtendedInfo: "00".repeat(48),
  }),
  plain(fs.FileFsSectorSizeInformation, 28, "00020000 00100000 00100000 00100000 03000000 00000000 ffffffff", {
    LogicalBytesPerSector: 512,
    PhysicalBytesPerSectorForAtomicity: 4096,
    PhysicalBytesPerSectorForPerformance: 4096,
    FileSystemEffectivePhysicalBytesPerSectorForAtomicity: 4096,
    Flags: 3,
    ByteOffsetForSectorAlignment: 0,
    ByteOffsetForPartitionAlignment: 0xffffffff,
  }),
  plain(
    quota.QuotaEntry,
    40,
    "00000000 10000000 4030201000000000 0100000000000000 0200000000000000 ffffffffffffffff 0102 000000000005 20000000 20020000",
    {
      NextEntryOffset: 0,
      SidLength: 16,
      ChangeTime: 0x10203040n,
      QuotaUsed: 1n,
      QuotaThreshold: 2n,
      QuotaLimit: 0xffffffffffffffffn,
      Sid: { Revision: 1, SubAuthorityCount: 2, IdentifierAuthority: "000000000005", SubAuthority: [32, 544] },
    },
  ),
  plain(
    quota.FileQuotaInformation,
    0,
    "00000000 10000000 4030201000000000 0100000000000000 0200000000000000 ffffffffffffffff 0102 000000000005 20000000 20020000",
    {
      Entries: [
        {
          NextEntryOffset: 0,
          SidLength: 16,
          ChangeTime: 0x10203040n,
          QuotaUsed: 1n,
          QuotaThreshold: 2n,
          QuotaLimit: 0xffffffffffffffffn,
          Sid: { Revision: 1, SubAuthorityCount: 2, IdentifierAuthority: "000000000005", SubAuthority: [32, 544] },
        },
      ],
    },
  ),
  plain(quota.GetQuotaEntry, 8, "00000000 10000000 0102 000000000005 20000000 20020000", {
    NextEntryOffset: 0,
    SidLength: 16,
    Sid: { Revision: 1, SubAuthorityCount: 2, IdentifierAuthority: "000000000005", SubAuthority: [32, 544] },
  }),
  plain(quota.QueryQuotaInfo, 16, "00 01 0000 18000000 00000000 00000000 00000000 10000000 0102 000000000005 20000000 20020000", {
    ReturnSingle: 0,
    RestartScan: 1,
    Reserved: "0000",
    SidListLength: 24,
    StartSidLength: 0,
    StartSidOffset: 0,
    SidList: [
      {
        NextEntryOffset: 0,
        SidLength: 16,
        Sid: { Revision: 1, SubAuthorityCount: 2, IdentifierAuthority: "000000000005", SubAuthority: [32, 544] },
      },
    ],
  }),
  plain(quota.QueryQuotaInfo, 16, "01 00 0000 00000000 10000000 04000000 00000000 0102 000000000005 20000000 20020000", {
    ReturnSingle: 1,
    RestartScan: 0,
    Reserved: "0000",
    SidListLength: 0,
    StartSidLength: 16,
    StartSidOffset: 4,
    StartSid: { Revision: 1, SubAuthorityCount: 2, IdentifierAuthority: "000000000005", SubAuthority: [32, 544] },
  }),
];
