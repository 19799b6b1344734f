import { ChangeNotifyRequest, ChangeNotifyResponse, FileNotifyInformation } from "../../../src/core/smb2/changeNotify.ts";
import { CloseRequest, CloseResponse, CreateRequest, CreateResponse } from "../../../src/core/smb2/create.ts";
import { LockElement, LockRequest, LockResponse } from "../../../src/core/smb2/lock.ts";
import {
  LeaseBreakAcknowledgment,
  LeaseBreakNotification,
  LeaseBreakResponse,
  OplockBreakAcknowledgment,
  OplockBreakNotification,
  OplockBreakResponse,
} from "../../../src/core/smb2/oplockBreak.ts";
import { QueryDirectoryRequest, QueryDirectoryResponse } from "../../../src/core/smb2/queryDirectory.ts";
import { QueryInfoRequest, QueryInfoResponse, SetInfoRequest, SetInfoResponse } from "../../../src/core/smb2/queryInfo.ts";
import { BufferDescriptors, BufferDescriptorV1, RdmaCryptoTransform, RdmaTransform } from "../../../src/core/smb2/rdma.ts";
import { FlushRequest, FlushResponse, ReadRequest, ReadResponse, WriteRequest, WriteResponse } from "../../../src/core/smb2/readWrite.ts";
import { NotifySessionClosed, ServerToClientNotification } from "../../../src/core/smb2/serverNotification.ts";
import { body, type Example, plain } from "./example.ts";

const fileId = "1100000000000000 2200000000000000";
const FileId = "11000000000000002200000000000000";
const key = "33221100554477668899aabbccddeeff";
const LeaseKey = "00112233-4455-6677-8899-aabbccddeeff";
const times = "0100000000000000 0200000000000000 0300000000000000 0400000000000000";
const fileFacts = {
  CreationTime: 1n,
  LastAccessTime: 2n,
  LastWriteTime: 3n,
  ChangeTime: 4n,
  AllocationSize: 0x1000n,
  EndofFile: 0x123n,
  FileAttributes: 0x20,
};

/** CREATE to SET_INFO, in the order of the specification. */
export const fileExamples: readonly Example[] = [
  body(
    CreateRequest,
    56,
    `3900 00 ff 02000000 0000000000000000 0000000000000000 89001200 80000000 07000000 01000000 40000000 7800 0400 80000000 30000000
     6100 6200 00000000
     18000000 1000 0400 0000 1800 00000000 4d784163 00000000
     00000000 1000 0400 0000 0000 00000000 51466964 00000000`,
    {
      StructureSize: 57,
      SecurityFlags: 0,
      RequestedOplockLevel: 0xff,
      ImpersonationLevel: 2,
      SmbCreateFlags: 0n,
      Reserved: "0000000000000000",
      DesiredAccess: 0x120089,
      FileAttributes: 0x80,
      ShareAccess: 7,
      CreateDisposition: 1,
      CreateOptions: 0x40,
      NameOffset: 120,
      NameLength: 4,
      CreateContextsOffset: 128,
      CreateContextsLength: 48,
      Name: "ab",
      CreateContexts: [
        { Next: 24, NameOffset: 16, NameLength: 4, Reserved: "0000", DataOffset: 24, DataLength: 0, Name: "MxAc" },
        { Next: 0, NameOffset: 16, NameLength: 4, Reserved: "0000", DataOffset: 0, DataLength: 0, Name: "QFid" },
      ],
    },
  ),
  body(
    CreateResponse,
    88,
    `5900 09 01 02000000 ${times} 0010000000000000 2301000000000000 20000000 00000000 ${fileId} 98000000 20000000
     00000000 1000 0400 0000 1800 08000000 4d784163 00000000 00000000 ff011f00`,
    {
      StructureSize: 89,
      OplockLevel: 9,
      Flags: 1,
      CreateAction: 2,
      ...fileFacts,
      Reserved2: "00000000",
      FileId,
      CreateContextsOffset: 152,
      CreateContextsLength: 32,
      CreateContexts: [
        {
          Next: 0,
          NameOffset: 16,
          NameLength: 4,
          Reserved: "0000",
          DataOffset: 24,
          DataLength: 8,
          Name: "MxAc",
          Data: { QueryStatus: 0, MaximalAccess: 0x1f01ff },
        },
      ],
    },
  ),
  body(CloseRequest, 24, `1800 0100 00000000 ${fileId}`, { StructureSize: 24, Flags: 1, Reserved: "00000000", FileId }),
  body(CloseResponse, 60, `3c00 0100 00000000 ${times} 0010000000000000 2301000000000000 20000000`, {
    StructureSize: 60,
    Flags: 1,
    Reserved: "00000000",
    ...fileFacts,
  }),
  body(FlushRequest, 24, `1800 0000 00000000 ${fileId}`, { StructureSize: 24, Reserved1: "0000", Reserved2: "00000000", FileId }),
  body(FlushResponse, 4, "0400 0000", { StructureSize: 4, Reserved: "0000" }),
  body(
    ReadRequest,
    48,
    `3100 50 03 00001000 0002000000000000 ${fileId} 10000000 01000000 20000000 7000 1000
     8877665544332211 01020304 00001000`,
    {
      StructureSize: 49,
      Padding: 0x50,
      Flags: 3,
      Length: 0x100000,
      Offset: 0x200n,
      FileId,
      MinimumCount: 16,
      Channel: 1,
      RemainingBytes: 32,
      ReadChannelInfoOffset: 112,
      ReadChannelInfoLength: 16,
      ReadChannelInfo: { Descriptors: [{ Offset: 0x1122334455667788n, Token: 0x04030201, Length: 0x100000 }] },
    },
  ),
  body(ReadResponse, 16, "1100 50 00 03000000 07000000 00000000 616263", {
    StructureSize: 17,
    DataOffset: 80,
    Reserved: "00",
    DataLength: 3,
    DataRemaining: 7,
    Flags: 0,
    Data: {},
  }),
  body(WriteRequest, 48, `3100 7000 03000000 0002000000000000 ${fileId} 00000000 05000000 0000 0000 03000000 616263`, {
    StructureSize: 49,
    DataOffset: 112,
    Length: 3,
    Offset: 0x200n,
    FileId,
    Channel: 0,
    RemainingBytes: 5,
    WriteChannelInfoOffset: 0,
    WriteChannelInfoLength: 0,
    Flags: 3,
    Data: {},
  }),
  body(WriteResponse, 16, "1100 0000 03000000 00000000 0000 0000", {
    StructureSize: 17,
    Reserved: "0000",
    Count: 3,
    Remaining: 0,
    WriteChannelInfoOffset: 0,
    WriteChannelInfoLength: 0,
  }),
  ...[OplockBreakNotification, OplockBreakAcknowledgment, OplockBreakResponse].map((declaration) =>
    body(declaration, 24, `1800 01 00 00000000 ${fileId}`, {
      StructureSize: 24,
      OplockLevel: 1,
      Reserved: "00",
      Reserved2: "00000000",
      FileId,
    }),
  ),
  body(LeaseBreakNotification, 44, `2c00 0500 01000000 ${key} 07000000 01000000 00000000 00000000 00000000`, {
    StructureSize: 44,
    NewEpoch: 5,
    Flags: 1,
    LeaseKey,
    CurrentLeaseState: 7,
    NewLeaseState: 1,
    BreakReason: 0,
    AccessMaskHint: 0,
    ShareMaskHint: 0,
  }),
  ...[LeaseBreakAcknowledgment, LeaseBreakResponse].map((declaration) =>
    body(declaration, 36, `2400 0000 00000000 ${key} 01000000 0000000000000000`, {
      StructureSize: 36,
      Reserved: "0000",
      Flags: 0,
      LeaseKey,
      LeaseState: 1,
      LeaseDuration: 0n,
    }),
  ),
  body(LockRequest, 24, `3000 0100 21000000 ${fileId} 0a00000000000000 1400000000000000 12000000 00000000`, {
    StructureSize: 48,
    LockCount: 1,
    LockSequence: 0x21,
    FileId,
    Locks: [{ Offset: 10n, Length: 20n, Flags: 0x12, Reserved: "00000000" }],
  }),
  plain(LockElement, 24, "0a00000000000000 1400000000000000 04000000 00000000", {
    Offset: 10n,
    Length: 20n,
    Flags: 4,
    Reserved: "00000000",
  }),
  body(LockResponse, 4, "0400 0000", { StructureSize: 4, Reserved: "0000" }),
  body(QueryDirectoryRequest, 32, `2100 25 03 09000000 ${fileId} 6000 0200 00000100 2a00`, {
    StructureSize: 33,
    FileInformationClass: 37,
    Flags: 3,
    FileIndex: 9,
    FileId,
    FileNameOffset: 96,
    FileNameLength: 2,
    OutputBufferLength: 0x10000,
    FileName: "*",
  }),
  body(QueryDirectoryResponse, 8, "0900 4800 02000000 abcd", {
    StructureSize: 9,
    OutputBufferOffset: 72,
    OutputBufferLength: 2,
    Buffer: {},
  }),
  body(ChangeNotifyRequest, 32, `2000 0100 00100000 ${fileId} 17000000 00000000`, {
    StructureSize: 32,
    Flags: 1,
    OutputBufferLength: 0x1000,
    FileId,
    CompletionFilter: 0x17,
    Reserved: "00000000",
  }),
  body(ChangeNotifyResponse, 8, "0900 4800 20000000 10000000 04000000 02000000 6100 0000 00000000 05000000 04000000 6200 6300", {
    StructureSize: 9,
    OutputBufferOffset: 72,
    OutputBufferLength: 32,
    Buffer: [
      { NextEntryOffset: 16, Action: 4, FileNameLength: 2, FileName: "a" },
      { NextEntryOffset: 0, Action: 5, FileNameLength: 4, FileName: "bc" },
    ],
  }),
  plain(FileNotifyInformation, 12, "00000000 01000000 04000000 6200 6300", {
    NextEntryOffset: 0,
    Action: 1,
    FileNameLength: 4,
    FileName: "bc",
  }),
  body(QueryInfoRequest, 40, `2900 03 00 00000100 0000 0000 00000000 07000000 00000000 ${fileId}`, {
    StructureSize: 41,
    InfoType: 3,
    FileInfoClass: 0,
    OutputBufferLength: 0x10000,
    InputBufferOffset: 0,
    Reserved: "0000",
    InputBufferLength: 0,
    AdditionalInformation: 7,
    Flags: 0,
    FileId,
  }),
  body(QueryInfoResponse, 8, "0900 4800 02000000 abcd", { StructureSize: 9, OutputBufferOffset: 72, OutputBufferLength: 2, Buffer: {} }),
  body(SetInfoRequest, 32, `2100 01 fa 02000000 6000 0000 00000000 ${fileId} abcd`, {
    StructureSize: 33,
    InfoType: 1,
    FileInfoClass: 0xfa,
    BufferLength: 2,
    BufferOffset: 96,
    Reserved: "0000",
    AdditionalInformation: 0,
    FileId,
    Buffer: {},
  }),
  body(SetInfoResponse, 2, "0200", { StructureSize: 2 }),
  body(ServerToClientNotification, 8, "0400 0000 00000000 00000000", {
    StructureSize: 4,
    Reserved: "0000",
    NotificationType: 0,
    Notification: { Reserved: "00000000" },
  }),
  plain(NotifySessionClosed, 4, "00000000", { Reserved: "00000000" }),
  plain(BufferDescriptorV1, 16, "8877665544332211 01020304 00001000", { Offset: 0x1122334455667788n, Token: 0x04030201, Length: 0x100000 }),
  plain(BufferDescriptors, 0, "0100000000000000 02000000 03000000 0400000000000000 05000000 06000000", {
    Descriptors: [
      { Offset: 1n, Token: 2, Length: 3 },
      { Offset: 4n, Token: 5, Length: 6 },
    ],
  }),
  plain(RdmaCryptoTransform, 8, "0200 0200 0300 0000 aabb ccddee", {
    TransformType: 2,
    SignatureLength: 2,
    NonceLength: 3,
    Reserved: "0000",
    Signature: {},
    Nonce: {},
  }),
  plain(RdmaTransform, 16, "1b00 1000 01000000 0100 0000 00000000 0100 0100 0200 0000 aa ccdd 0100000000000000 02000000 03000000", {
    RdmaDescriptorOffset: 27,
    RdmaDescriptorLength: 16,
    Channel: 1,
    TransformCount: 1,
    Reserved1: "0000",
    Reserved2: "00000000",
    RdmaTransforms: [{ TransformType: 1, SignatureLength: 1, NonceLength: 2, Reserved: "0000", Signature: {}, Nonce: {} }],
    RdmaDescriptor: { Descriptors: [{ Offset: 1n, Token: 2, Length: 3 }] },
  }),
];
