import { rest } from "../struct/blob.ts";
import { inner } from "../struct/inner.ts";
import { filetime, u8, u16, u32, u64 } from "../struct/integers.ts";
import { guid, octets, reserved } from "../struct/octets.ts";
import { type Struct, struct } from "../struct/struct.ts";
import { utf16 } from "../struct/textPart.ts";
import { FileAccessMask } from "./constants/accessMasks.ts";
import { DurableHandleFlags, LeaseFlags, LeaseState } from "./constants/createFlags.ts";
import { FileInformationClass, InfoType } from "./constants/informationClasses.ts";
import { NtStatusNames } from "./constants/ntStatusNames.ts";
import { infoClasses, infoKey } from "./infoClasses.ts";

/** The structure of a context's data, or how its length tells the versions apart. */
export type ContextData = Struct | ((length: number) => Struct | undefined);

export const DurableHandleRequest = struct("SMB2_CREATE_DURABLE_HANDLE_REQUEST", "MS-SMB2 2.2.13.2.3", {
  DurableRequest: reserved(16, { text: "cctx.durableRequest", filter: "smb2.fid" }),
});

export const DurableHandleReconnect = struct("SMB2_CREATE_DURABLE_HANDLE_RECONNECT", "MS-SMB2 2.2.13.2.4", {
  FileId: octets(16, { text: "cctx.reconnectFileId", filter: "smb2.fid" }),
});

export const DurableHandleResponse = struct("SMB2_CREATE_DURABLE_HANDLE_RESPONSE", "MS-SMB2 2.2.14.2.3", {
  Reserved: u64({ hex: true, reserved: true, text: "body.reserved", filter: "smb2.dhnq_buffer_reserved" }),
});

export const QueryMaximalAccessRequest = struct("SMB2_CREATE_QUERY_MAXIMAL_ACCESS_REQUEST", "MS-SMB2 2.2.13.2.5", {
  Timestamp: filetime({ text: "cctx.maximalAccessTimestamp", filter: "smb2.mxac_timestamp" }),
});

export const QueryMaximalAccessResponse = struct("SMB2_CREATE_QUERY_MAXIMAL_ACCESS_RESPONSE", "MS-SMB2 2.2.14.2.5", {
  QueryStatus: u32({ names: NtStatusNames, text: "cctx.queryStatus", filter: "smb2.mxac_status" }),
  MaximalAccess: u32({ flags: FileAccessMask, text: "cctx.maximalAccess", filter: "smb.access_mask" }),
});

export const AllocationSize = struct("SMB2_CREATE_ALLOCATION_SIZE", "MS-SMB2 2.2.13.2.6", {
  AllocationSize: u64({ text: "cctx.allocationSize", filter: "smb2.allocation_size" }),
});

export const TimewarpToken = struct("SMB2_CREATE_TIMEWARP_TOKEN", "MS-SMB2 2.2.13.2.7", {
  Timestamp: filetime({ text: "cctx.timewarp", filter: "smb2.twrp_timestamp" }),
});

const leaseFields = {
  LeaseKey: guid({ text: "cctx.leaseKey", filter: "smb2.lease.lease_key" }),
  LeaseState: u32({ flags: LeaseState, text: "cctx.leaseState", filter: "smb2.lease.lease_state" }),
  LeaseFlags: u32({ flags: LeaseFlags, text: "cctx.leaseFlags", filter: "smb2.lease.lease_flags" }),
  LeaseDuration: u64({ hex: true, reserved: true, text: "cctx.leaseDuration", filter: "smb2.lease.lease_duration" }),
};

const leaseFieldsV2 = {
  ...leaseFields,
  ParentLeaseKey: guid({ text: "cctx.parentLeaseKey", filter: "smb2.lease.parent_lease_key" }),
  Epoch: u16({ text: "cctx.epoch", filter: "smb2.lease.lease_oplock" }),
  Reserved: reserved(2, { text: "body.reserved", filter: "smb2.lease.lease_reserved" }),
};

export const RequestLease = struct("SMB2_CREATE_REQUEST_LEASE", "MS-SMB2 2.2.13.2.8", leaseFields);
export const RequestLeaseV2 = struct("SMB2_CREATE_REQUEST_LEASE_V2", "MS-SMB2 2.2.13.2.10", leaseFieldsV2);
export const ResponseLease = struct("SMB2_CREATE_RESPONSE_LEASE", "MS-SMB2 2.2.14.2.10", leaseFields);
export const ResponseLeaseV2 = struct("SMB2_CREATE_RESPONSE_LEASE_V2", "MS-SMB2 2.2.14.2.11", leaseFieldsV2);

export const QueryOnDiskId = struct("SMB2_CREATE_QUERY_ON_DISK_ID", "MS-SMB2 2.2.14.2.9", {
  DiskFileId: u64({ hex: true, text: "cctx.diskId", filter: "smb2.qfid_fid" }),
  VolumeId: u64({ hex: true, text: "cctx.volumeId", filter: "smb2.qfid_fid" }),
  Reserved: reserved(16, { text: "body.reserved", filter: "smb2.qfid_fid" }),
});

export const DurableHandleRequestV2 = struct("SMB2_CREATE_DURABLE_HANDLE_REQUEST_V2", "MS-SMB2 2.2.13.2.11", {
  Timeout: u32({ text: "cctx.timeout", filter: "smb2.dh2x.timeout" }),
  Flags: u32({ flags: DurableHandleFlags, text: "cctx.durableFlags", filter: "smb2.dh2x.flags" }),
  Reserved: reserved(8, { text: "body.reserved", filter: "smb2.dh2x.reserved" }),
  CreateGuid: guid({ text: "cctx.createGuid", filter: "smb2.dh2x.create_guid" }),
});

export const DurableHandleReconnectV2 = struct("SMB2_CREATE_DURABLE_HANDLE_RECONNECT_V2", "MS-SMB2 2.2.13.2.12", {
  FileId: octets(16, { text: "cctx.reconnectFileId", filter: "smb2.fid" }),
  CreateGuid: guid({ text: "cctx.createGuid", filter: "smb2.dh2x.create_guid" }),
  Flags: u32({ flags: DurableHandleFlags, text: "cctx.durableFlags", filter: "smb2.dh2x.flags" }),
});

export const DurableHandleResponseV2 = struct("SMB2_CREATE_DURABLE_HANDLE_RESPONSE_V2", "MS-SMB2 2.2.14.2.12", {
  Timeout: u32({ text: "cctx.timeout", filter: "smb2.dh2x.timeout" }),
  Flags: u32({ flags: DurableHandleFlags, text: "cctx.durableFlags", filter: "smb2.dh2x.flags" }),
});

export const AppInstanceId = struct("SMB2_CREATE_APP_INSTANCE_ID", "MS-SMB2 2.2.13.2.13", {
  StructureSize: u16({ must: 20, text: "body.structureSize", filter: "smb2.app_instance.struct_size" }),
  Reserved: reserved(2, { text: "body.reserved", filter: "smb2.app_instance.reserved" }),
  AppInstanceId: guid({ text: "cctx.appInstanceId", filter: "smb2.app_instance.app_guid" }),
});

export const AppInstanceVersion = struct("SMB2_CREATE_APP_INSTANCE_VERSION", "MS-SMB2 2.2.13.2.15", {
  StructureSize: u16({ must: 24, text: "body.structureSize", filter: "smb2.app_instance_version.struct_size" }),
  Reserved: reserved(2, { text: "body.reserved", filter: "smb2.app_instance_version.reserved" }),
  Padding: reserved(4, { text: "body.reserved", filter: "smb2.app_instance_version.padding" }),
  AppInstanceVersionHigh: u64({ text: "cctx.appInstanceVersionHigh", filter: "smb2.app_instance_version.version.high" }),
  AppInstanceVersionLow: u64({ text: "cctx.appInstanceVersionLow", filter: "smb2.app_instance_version.version.low" }),
});

const HOST_NAME_OFFSET = 42;
const HOST_NAME_SIZE = 126;
const DISK_PROPERTIES_OFFSET = HOST_NAME_OFFSET + HOST_NAME_SIZE;

const svhdxFields = {
  Version: u32({ text: "cctx.svhdx", filter: "smb2.svhdx_open_device_context.version" }),
  HasInitiatorId: u8({ text: "cctx.svhdx", filter: "smb2.svhdx_open_device_context.initiator_has_id" }),
  Reserved: reserved(3, { text: "body.reserved", filter: "smb2.svhdx_open_device_context.reserved" }),
  InitiatorId: guid({ text: "cctx.svhdx", filter: "smb2.svhdx_open_device_context.initiator_id" }),
  Flags: u32({ hex: true, text: "cctx.svhdx", filter: "smb2.svhdx_open_device_context.flags" }),
  OriginatorFlags: u32({ hex: true, text: "cctx.svhdx", filter: "smb2.svhdx_open_device_context.originator_flags" }),
  OpenRequestId: u64({ hex: true, text: "cctx.svhdx", filter: "smb2.svhxd_open_device_context.open_request_id" }),
  InitiatorHostNameLength: u16({ text: "cctx.svhdx", filter: "smb2.svhxd_open_device_context.initiator_host_name_len" }),
};

/** The name has a place of fixed size, of which it may use less. */
const hostName = utf16<{ readonly InitiatorHostNameLength?: number }>({
  length: (m) => Math.min(m.InitiatorHostNameLength ?? 0, HOST_NAME_SIZE),
  text: "cctx.svhdx",
  filter: "smb2.svhdx_open_device_context.host_name",
});

/** [MS-RSVD] 2.2.4.12. */
export const SvhdxOpenDeviceContext = struct("SVHDX_OPEN_DEVICE_CONTEXT", "MS-SMB2 2.2.13.2.14", svhdxFields, {
  InitiatorHostName: hostName,
});

/** What version 2 adds ([MS-RSVD] 2.2.4.32). */
export const SvhdxDiskProperties = struct("SVHDX_OPEN_DEVICE_CONTEXT_V2", "MS-SMB2 2.2.13.2.14", {
  VirtualDiskPropertiesInitialized: u32({
    text: "cctx.svhdx",
    filter: "smb2.svhdx_open_device_context.virtual_disk_properties_initialized",
  }),
  ServerServiceVersion: u32({ text: "cctx.svhdx", filter: "smb2.svhdx_open_device_context.server_service_version" }),
  VirtualSectorSize: u32({ text: "cctx.svhdx", filter: "smb2.svhdx_open_device_context.virtual_sector_size" }),
  PhysicalSectorSize: u32({ text: "cctx.svhdx", filter: "smb2.svhdx_open_device_context.physical_sector_size" }),
  VirtualSize: u64({ text: "cctx.svhdx", filter: "smb2.svhdx_open_device_context.virtual_size" }),
});

/** [MS-RSVD] 2.2.4.32. */
export const SvhdxOpenDeviceContextV2 = struct("SVHDX_OPEN_DEVICE_CONTEXT_V2", "MS-SMB2 2.2.13.2.14", svhdxFields, {
  InitiatorHostName: hostName,
  DiskProperties: inner(SvhdxDiskProperties, { atStruct: () => DISK_PROPERTIES_OFFSET, text: "cctx.svhdx" }),
});

/** Not in [MS-SMB2]: the POSIX extensions of Samba and Linux. */
export const PosixRequest = struct("SMB2_CREATE_POSIX_CONTEXT", "MS-SMB2 2.2.13.2", {
  Mode: u32({ hex: true, text: "cctx.posixMode", filter: "smb2.posix_perms" }),
});

/** Not in [MS-SMB2]. Owner and group follow as SIDs. */
export const PosixResponse = struct(
  "SMB2_CREATE_POSIX_CONTEXT",
  "MS-SMB2 2.2.14.2",
  {
    NumberOfLinks: u32({ text: "cctx.posixMode", filter: "smb2.nlinks" }),
    ReparseTag: u32({ hex: true, text: "cctx.posixMode", filter: "smb2.reparse_tag" }),
    Mode: u32({ hex: true, text: "cctx.posixMode", filter: "smb2.posix_perms" }),
  },
  { Owners: rest({ text: "cctx.posixMode" }) },
);

/** Not in [MS-SMB2]: the extension of Apple systems. */
export const AaplRequest = struct("AAPL", "MS-SMB2 2.2.13.2", {
  CommandCode: u32({ text: "cctx.aapl", filter: "smb2.aapl.command_code" }),
  Reserved: reserved(4, { text: "body.reserved", filter: "smb2.aapl.reserved" }),
  RequestBitmap: u64({ hex: true, text: "cctx.aapl", filter: "smb2.aapl.query_bitmask" }),
  ClientCapabilities: u64({ hex: true, text: "cctx.aapl", filter: "smb2.aapl.caps" }),
});

/** Not in [MS-SMB2]. What follows the bitmap depends on its bits. */
export const AaplResponse = struct(
  "AAPL",
  "MS-SMB2 2.2.14.2",
  {
    CommandCode: u32({ text: "cctx.aapl", filter: "smb2.aapl.command_code" }),
    Reserved: reserved(4, { text: "body.reserved", filter: "smb2.aapl.reserved" }),
    ReplyBitmap: u64({ hex: true, text: "cctx.aapl", filter: "smb2.aapl.query_bitmask" }),
  },
  { Reply: rest({ text: "cctx.aapl" }) },
);

const LEASE_V2_SIZE = RequestLeaseV2.size;
const SVHDX_V2_SIZE = DISK_PROPERTIES_OFFSET + SvhdxDiskProperties.size;

const APP_INSTANCE_ID = "45bca66aefa7f74a9008fa462e144d74";
const APP_INSTANCE_VERSION = "b982d0b73b56074fa07b524a8116a010";
const SVHDX = "9ccbcf9e04c1e643980e158da1f6ec83";
const POSIX = "93ad25509cb411e7b42383de968bcd7c";

const svhdx: ContextData = (length) => (length >= SVHDX_V2_SIZE ? SvhdxOpenDeviceContextV2 : SvhdxOpenDeviceContext);

/** Extended attributes and security descriptors are those of SET_INFO. */
const extendedAttributes: ContextData = () =>
  infoClasses[infoKey(InfoType.value.FILE, FileInformationClass.value.FileFullEaInformation)]?.set;
const securityDescriptor: ContextData = () => infoClasses[infoKey(InfoType.value.SECURITY, 0)]?.set;

/** Structures of the contexts of a request by name; what is not here stays opaque. */
export const requestContextData: Readonly<Record<string, ContextData>> = {
  ExtA: extendedAttributes,
  SecD: securityDescriptor,
  DHnQ: DurableHandleRequest,
  DHnC: DurableHandleReconnect,
  AlSi: AllocationSize,
  MxAc: QueryMaximalAccessRequest,
  TWrp: TimewarpToken,
  RqLs: (length) => (length >= LEASE_V2_SIZE ? RequestLeaseV2 : RequestLease),
  DH2Q: DurableHandleRequestV2,
  DH2C: DurableHandleReconnectV2,
  AAPL: AaplRequest,
  [APP_INSTANCE_ID]: AppInstanceId,
  [APP_INSTANCE_VERSION]: AppInstanceVersion,
  [SVHDX]: svhdx,
  [POSIX]: PosixRequest,
};

/** Structures of the contexts of a response by name; what is not here stays opaque. */
export const responseContextData: Readonly<Record<string, ContextData>> = {
  DHnQ: DurableHandleResponse,
  MxAc: QueryMaximalAccessResponse,
  QFid: QueryOnDiskId,
  RqLs: (length) => (length >= LEASE_V2_SIZE ? ResponseLeaseV2 : ResponseLease),
  DH2Q: DurableHandleResponseV2,
  AAPL: AaplResponse,
  [SVHDX]: svhdx,
  [POSIX]: PosixResponse,
};
