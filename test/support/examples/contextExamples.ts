import { CreateContextRequest, CreateContextResponse } from "../../../src/core/smb2/createContext.ts";
import * as data from "../../../src/core/smb2/createContextData.ts";
import * as negotiate from "../../../src/core/smb2/negotiateContext.ts";
import { type Example, plain } from "./example.ts";

const guid = "33221100554477668899aabbccddeeff";
const Guid = "00112233-4455-6677-8899-aabbccddeeff";
const zeros16 = "00".repeat(16);
const lease = { LeaseKey: Guid, LeaseState: 7, LeaseFlags: 4, LeaseDuration: 0n };
const leaseHex = `${guid} 07000000 04000000 0000000000000000`;
const leaseV2 = { ...lease, ParentLeaseKey: "ffeeddcc-bbaa-9988-7766-554433221100", Epoch: 3, Reserved: "0000" };
const leaseV2Hex = `${leaseHex} ccddeeffaabb88997766554433221100 0300 0000`;
const svhdxHex = (version: string) => `${version} 01 000000 ${guid} 01000000 02000000 0300000000000000 0400 61006200 ${"00".repeat(122)}`;
const svhdx = {
  HasInitiatorId: 1,
  Reserved: "000000",
  InitiatorId: Guid,
  Flags: 1,
  OriginatorFlags: 2,
  OpenRequestId: 3n,
  InitiatorHostNameLength: 4,
  InitiatorHostName: "ab",
};

/** Contexts of CREATE and NEGOTIATE, in the order of the specification. */
export const contextExamples: readonly Example[] = [
  plain(CreateContextRequest, 16, `00000000 1000 1000 0000 2000 14000000 45bca66aefa7f74a9008fa462e144d74 1400 0000 ${guid}`, {
    Next: 0,
    NameOffset: 16,
    NameLength: 16,
    Reserved: "0000",
    DataOffset: 32,
    DataLength: 20,
    Name: "45bca66aefa7f74a9008fa462e144d74",
    Data: { StructureSize: 20, Reserved: "0000", AppInstanceId: Guid },
  }),
  plain(CreateContextResponse, 16, `00000000 1000 0400 0000 1800 20000000 52714c73 00000000 ${leaseHex}`, {
    Next: 0,
    NameOffset: 16,
    NameLength: 4,
    Reserved: "0000",
    DataOffset: 24,
    DataLength: 32,
    Name: "RqLs",
    Data: lease,
  }),
  plain(data.DurableHandleRequest, 16, zeros16, { DurableRequest: zeros16 }),
  plain(data.DurableHandleReconnect, 16, guid, { FileId: guid }),
  plain(data.DurableHandleResponse, 8, "0000000000000000", { Reserved: 0n }),
  plain(data.QueryMaximalAccessRequest, 8, "0100000000000000", { Timestamp: 1n }),
  plain(data.QueryMaximalAccessResponse, 8, "220000c0 ff011f00", { QueryStatus: 0xc0000022, MaximalAccess: 0x1f01ff }),
  plain(data.AllocationSize, 8, "0010000000000000", { AllocationSize: 0x1000n }),
  plain(data.TimewarpToken, 8, "0100000000000000", { Timestamp: 1n }),
  plain(data.RequestLease, 32, leaseHex, lease),
  plain(data.ResponseLease, 32, leaseHex, lease),
  plain(data.RequestLeaseV2, 52, leaseV2Hex, leaseV2),
  plain(data.ResponseLeaseV2, 52, leaseV2Hex, leaseV2),
  plain(data.QueryOnDiskId, 32, `0100000000000000 0200000000000000 ${zeros16}`, { DiskFileId: 1n, VolumeId: 2n, Reserved: zeros16 }),
  plain(data.DurableHandleRequestV2, 32, `60ea0000 02000000 0000000000000000 ${guid}`, {
    Timeout: 60000,
    Flags: 2,
    Reserved: "0000000000000000",
    CreateGuid: Guid,
  }),
  plain(data.DurableHandleReconnectV2, 36, `${zeros16} ${guid} 02000000`, { FileId: zeros16, CreateGuid: Guid, Flags: 2 }),
  plain(data.DurableHandleResponseV2, 8, "60ea0000 02000000", { Timeout: 60000, Flags: 2 }),
  plain(data.AppInstanceId, 20, `1400 0000 ${guid}`, { StructureSize: 20, Reserved: "0000", AppInstanceId: Guid }),
  plain(data.AppInstanceVersion, 24, "1800 0000 00000000 0100000000000000 0200000000000000", {
    StructureSize: 24,
    Reserved: "0000",
    Padding: "00000000",
    AppInstanceVersionHigh: 1n,
    AppInstanceVersionLow: 2n,
  }),
  plain(data.SvhdxOpenDeviceContext, 42, svhdxHex("01000000"), { Version: 1, ...svhdx }),
  plain(data.SvhdxOpenDeviceContextV2, 42, `${svhdxHex("02000000")} 01000000 02000000 00020000 00100000 0000000001000000`, {
    Version: 2,
    ...svhdx,
    DiskProperties: {
      VirtualDiskPropertiesInitialized: 1,
      ServerServiceVersion: 2,
      VirtualSectorSize: 512,
      PhysicalSectorSize: 4096,
      VirtualSize: 0x100000000n,
    },
  }),
  plain(data.SvhdxDiskProperties, 24, "01000000 02000000 00020000 00100000 0000000001000000", {
    VirtualDiskPropertiesInitialized: 1,
    ServerServiceVersion: 2,
    VirtualSectorSize: 512,
    PhysicalSectorSize: 4096,
    VirtualSize: 0x100000000n,
  }),
  plain(data.PosixRequest, 4, "a4010000", { Mode: 0o644 }),
  plain(data.PosixResponse, 12, "01000000 00000000 a4010000 0101", { NumberOfLinks: 1, ReparseTag: 0, Mode: 0o644, Owners: {} }),
  plain(data.AaplRequest, 24, "01000000 00000000 0700000000000000 0500000000000000", {
    CommandCode: 1,
    Reserved: "00000000",
    RequestBitmap: 7n,
    ClientCapabilities: 5n,
  }),
  plain(data.AaplResponse, 16, "01000000 00000000 0100000000000000 0500000000000000", {
    CommandCode: 1,
    Reserved: "00000000",
    ReplyBitmap: 1n,
    Reply: {},
  }),
  plain(negotiate.NegotiateContext, 8, "0200 0600 00000000 0200 0200 0100", {
    ContextType: 2,
    DataLength: 6,
    Reserved: "00000000",
    Data: {},
    CipherCount: 2,
    Ciphers: [2, 1],
  }),
  plain(negotiate.PreauthIntegrityCapabilities, 4, "0100 0200 0100 abcd", {
    HashAlgorithmCount: 1,
    SaltLength: 2,
    HashAlgorithms: [1],
    Salt: {},
  }),
  plain(negotiate.EncryptionCapabilities, 2, "0200 0200 0100", { CipherCount: 2, Ciphers: [2, 1] }),
  plain(negotiate.CompressionCapabilities, 8, "0200 0000 01000000 0200 0500", {
    CompressionAlgorithmCount: 2,
    Padding: "0000",
    Flags: 1,
    CompressionAlgorithms: [2, 5],
  }),
  plain(negotiate.NetnameContext, 0, "6100 6200", { NetName: "ab" }),
  plain(negotiate.TransportCapabilities, 4, "01000000", { Flags: 1 }),
  plain(negotiate.RdmaTransformCapabilities, 8, "0200 0000 00000000 0100 0200", {
    TransformCount: 2,
    Reserved1: "0000",
    Reserved2: "00000000",
    RDMATransformIds: [1, 2],
  }),
  plain(negotiate.SigningCapabilities, 2, "0100 0200", { SigningAlgorithmCount: 1, SigningAlgorithms: [2] }),
  plain(negotiate.PosixExtensionsAvailable, 0, "93ad25509cb411e7b42383de968bcd7c", { Version: {} }),
];
