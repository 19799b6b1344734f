import { filetime, u8, u32, u64 } from "../../struct/integers.ts";
import { guid, octets, reserved } from "../../struct/octets.ts";
import { struct } from "../../struct/struct.ts";
import { utf16 } from "../../struct/textPart.ts";
import {
  BooleanByte,
  DeviceCharacteristics,
  DeviceType,
  FileSystemAttributes,
  FileSystemControlFlags,
  SectorSizeFlags,
} from "./infoConstants.ts";

const units = {
  sectors: u32({ text: "fs.sectors", filter: "smb.fs_sector_per_unit" }),
  bytes: u32({ text: "fs.bytesPerSector", filter: "smb.fs_bytes_per_sector" }),
};

export const FileFsVolumeInformation = struct(
  "FileFsVolumeInformation",
  "MS-FSCC 2.5.9",
  {
    VolumeCreationTime: filetime({ text: "fs.creationTime", filter: "smb2.create.time" }),
    VolumeSerialNumber: u32({ hex: true, text: "fs.serialNumber", filter: "smb.volume.serial" }),
    VolumeLabelLength: u32({ text: "fs.label", filter: "smb.volume.label.len" }),
    SupportsObjects: u8({ names: BooleanByte }),
    Reserved: reserved(1),
  },
  { VolumeLabel: utf16({ length: (m) => m.VolumeLabelLength, text: "fs.label", filter: "smb.volume.label" }) },
);

export const FileFsLabelInformation = struct(
  "FileFsLabelInformation",
  "MS-FSCC 2.5.5",
  { VolumeLabelLength: u32({ text: "fs.label", filter: "smb.volume.label.len" }) },
  { VolumeLabel: utf16({ length: (m) => m.VolumeLabelLength, text: "fs.label", filter: "smb.volume.label" }) },
);

export const FileFsSizeInformation = struct("FileFsSizeInformation", "MS-FSCC 2.5.8", {
  TotalAllocationUnits: u64({ text: "fs.totalUnits", filter: "smb2.allocation_size" }),
  AvailableAllocationUnits: u64({ text: "fs.availableUnits", filter: "smb.free_alloc_units" }),
  SectorsPerAllocationUnit: units.sectors,
  BytesPerSector: units.bytes,
});

export const FileFsFullSizeInformation = struct("FileFsFullSizeInformation", "MS-FSCC 2.5.4", {
  TotalAllocationUnits: u64({ text: "fs.totalUnits", filter: "smb2.allocation_size" }),
  CallerAvailableAllocationUnits: u64({ text: "fs.callerUnits", filter: "smb.caller_free_alloc_units" }),
  ActualAvailableAllocationUnits: u64({ text: "fs.availableUnits", filter: "smb.actual_free_alloc_units" }),
  SectorsPerAllocationUnit: units.sectors,
  BytesPerSector: units.bytes,
});

export const FileFsDeviceInformation = struct("FileFsDeviceInformation", "MS-FSCC 2.5.10", {
  DeviceType: u32({ names: DeviceType, filter: "smb.device.type" }),
  Characteristics: u32({ flags: DeviceCharacteristics, text: "fs.characteristics", filter: "smb.device" }),
});

export const FileFsAttributeInformation = struct(
  "FileFsAttributeInformation",
  "MS-FSCC 2.5.1",
  {
    FileSystemAttributes: u32({ flags: FileSystemAttributes, text: "fs.attributes", filter: "smb.fs_attr" }),
    MaximumComponentNameLength: u32({ text: "fs.maximumNameLength", filter: "smb.fs_max_name_len" }),
    FileSystemNameLength: u32({ text: "fs.name", filter: "smb.fs_name.len" }),
  },
  { FileSystemName: utf16({ length: (m) => m.FileSystemNameLength, text: "fs.name", filter: "smb.fs_name" }) },
);

export const FileFsControlInformation = struct("FileFsControlInformation", "MS-FSCC 2.5.2", {
  FreeSpaceStartFiltering: u64({ reserved: true }),
  FreeSpaceThreshold: u64({ reserved: true }),
  FreeSpaceStopFiltering: u64({ reserved: true }),
  DefaultQuotaThreshold: u64({ text: "quota.threshold", filter: "smb.quota.soft.default" }),
  DefaultQuotaLimit: u64({ text: "quota.limit", filter: "smb.quota.hard.default" }),
  FileSystemControlFlags: u32({ flags: FileSystemControlFlags, text: "fs.controlFlags", filter: "smb.quota.flags" }),
  Padding: reserved(4),
});

export const FileFsObjectIdInformation = struct("FileFsObjectIdInformation", "MS-FSCC 2.5.6", {
  ObjectId: guid({ text: "fs.objectId", filter: "smb.fs_id" }),
  ExtendedInfo: octets(48),
});

const UNKNOWN_OFFSET = "fs.sectorOffset";

export const FileFsSectorSizeInformation = struct("FileFsSectorSizeInformation", "MS-FSCC 2.5.7", {
  LogicalBytesPerSector: u32({ text: "fs.bytesPerSector" }),
  PhysicalBytesPerSectorForAtomicity: u32({ text: "fs.physicalSector" }),
  PhysicalBytesPerSectorForPerformance: u32({ text: "fs.physicalSector" }),
  FileSystemEffectivePhysicalBytesPerSectorForAtomicity: u32({ text: "fs.physicalSector" }),
  Flags: u32({ flags: SectorSizeFlags }),
  ByteOffsetForSectorAlignment: u32({ text: UNKNOWN_OFFSET }),
  ByteOffsetForPartitionAlignment: u32({ text: UNKNOWN_OFFSET }),
});
