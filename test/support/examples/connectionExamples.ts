import {
  ChainedCompressionHeader,
  ChainedPayload,
  CompressedPayload,
  CompressionHeader,
  PatternPayload,
} from "../../../src/core/smb2/compressionHeader.ts";
import * as empty from "../../../src/core/smb2/emptyBody.ts";
import {
  BufferTooSmallErrorData,
  MoveDstIpaddr,
  ShareRedirectErrorContext,
  SymbolicLinkErrorResponse,
} from "../../../src/core/smb2/errorData.ts";
import { ErrorContext, ErrorResponse } from "../../../src/core/smb2/errorResponse.ts";
import { Header } from "../../../src/core/smb2/header.ts";
import { IoctlRequest, IoctlResponse } from "../../../src/core/smb2/ioctl.ts";
import { NegotiateRequest, NegotiateResponse } from "../../../src/core/smb2/negotiate.ts";
import { SessionSetupRequest, SessionSetupResponse } from "../../../src/core/smb2/sessionSetup.ts";
import { TransformHeader } from "../../../src/core/smb2/transformHeader.ts";
import {
  TreeConnectContext,
  TreeConnectRequest,
  TreeConnectRequestExtension,
  TreeConnectResponse,
} from "../../../src/core/smb2/treeConnect.ts";
import { ValidateNegotiateInfoRequest, ValidateNegotiateInfoResponse } from "../../../src/core/smb2/validateNegotiateInfo.ts";
import { body, type Example, plain } from "./example.ts";

const guid = "33221100554477668899aabbccddeeff";
const Guid = "00112233-4455-6677-8899-aabbccddeeff";
const zeros16 = "00".repeat(16);

const symlink = {
  SymLinkLength: 34,
  SymLinkErrorTag: 0x4c4d5953,
  ReparseTag: 0xa000000c,
  ReparseDataLength: 22,
  UnparsedPathLength: 6,
  SubstituteNameOffset: 4,
  SubstituteNameLength: 6,
  PrintNameOffset: 0,
  PrintNameLength: 4,
  Flags: 1,
  SubstituteName: "c:d",
  PrintName: "ab",
};
const symlinkHex = "22000000 53594d4c 0c0000a0 1600 0600 0400 0600 0000 0400 01000000 6100 6200 6300 3a00 6400";

const redirect = {
  StructureSize: 54,
  NotificationType: 3,
  ResourceNameOffset: 48,
  ResourceNameLength: 6,
  Flags: 0,
  TargetType: 0,
  IPAddrCount: 1,
  IPAddrMoveList: [{ Type: 1, Reserved: "00000000", Address: `c0000201${"00".repeat(12)}` }],
  ResourceName: "\\\\a",
};
const redirectHex = `36000000 03000000 30000000 06000000 0000 0000 01000000 01000000 00000000 c0000201 ${"00".repeat(12)} 5c00 5c00 6100`;

const header = {
  ProtocolId: 0xfe534d42,
  StructureSize: 64,
  CreditCharge: 1,
  Command: 5,
  NextCommand: 0,
  MessageId: 7n,
  SessionId: 0x1122n,
  Signature: zeros16,
};

const validateRequest = { Capabilities: 0x7f, Guid, SecurityMode: 1, DialectCount: 2, Dialects: [0x0300, 0x0302] };
const validateResponse = { Capabilities: 0x4f, Guid, SecurityMode: 1, Dialect: 0x0302 };

/** Headers, and all that makes a connection, a session and a tree, in the order of the specification. */
export const connectionExamples: readonly Example[] = [
  plain(
    Header,
    64,
    `fe534d42 4000 0100 0200 0000 0500 1f00 08000000 00000000 0700000000000000 fffe0000 05000000 2211000000000000 ${zeros16}`,
    {
      ...header,
      ChannelSequence: 2,
      ChannelReserved: 0,
      CreditRequest: 31,
      Flags: 8,
      Reserved: 0xfeff,
      TreeId: 5,
    },
  ),
  plain(
    Header,
    64,
    `fe534d42 4000 0100 03010000 0500 1f00 03000000 00000000 0700000000000000 0900000000000000 2211000000000000 ${zeros16}`,
    {
      ...header,
      Status: 0x103,
      CreditResponse: 31,
      Flags: 3,
      AsyncId: 9n,
    },
  ),
  body(ErrorResponse, 8, "0900 00 00 00000000", { StructureSize: 9, ErrorContextCount: 0, Reserved: "00", ByteCount: 0 }, 0xc0000022),
  body(
    ErrorResponse,
    8,
    `0900 00 00 26000000 ${symlinkHex}`,
    { StructureSize: 9, ErrorContextCount: 0, Reserved: "00", ByteCount: 38, ErrorData: symlink },
    0x8000002d,
  ),
  body(
    ErrorResponse,
    8,
    `0900 01 00 3e000000 36000000 53526472 ${redirectHex}`,
    {
      StructureSize: 9,
      ErrorContextCount: 1,
      Reserved: "00",
      ByteCount: 62,
      ErrorContextList: [{ ErrorDataLength: 54, ErrorId: 0x72645253, ErrorContextData: redirect }],
    },
    0xc00000cc,
  ),
  body(
    ErrorContext,
    8,
    "04000000 00000000 00010000",
    { ErrorDataLength: 4, ErrorId: 0, ErrorContextData: { MinimumRequiredBufferLength: 256 } },
    0xc0000023,
  ),
  plain(SymbolicLinkErrorResponse, 28, symlinkHex, symlink),
  plain(ShareRedirectErrorContext, 24, redirectHex, redirect),
  plain(MoveDstIpaddr, 24, `02000000 00000000 20010db8 ${"00".repeat(11)}01`, {
    Type: 2,
    Reserved: "00000000",
    Address: `20010db8${"00".repeat(11)}01`,
  }),
  plain(BufferTooSmallErrorData, 4, "00010000", { MinimumRequiredBufferLength: 256 }),
  body(NegotiateRequest, 36, `2400 0200 0100 0000 7f000000 ${guid} 68000000 0100 0000 0202 1103 0800 0400 00000000 0100 0200`, {
    StructureSize: 36,
    DialectCount: 2,
    SecurityMode: 1,
    Reserved: "0000",
    Capabilities: 0x7f,
    ClientGuid: Guid,
    NegotiateContextOffset: 104,
    NegotiateContextCount: 1,
    Reserved2: "0000",
    Dialects: [0x0202, 0x0311],
    NegotiateContextList: [
      { ContextType: 8, DataLength: 4, Reserved: "00000000", Data: {}, SigningAlgorithmCount: 1, SigningAlgorithms: [2] },
    ],
  }),
  body(
    NegotiateResponse,
    64,
    `4100 0100 0203 0000 ${guid} 4f000000 00008000 00008000 00008000 0100000000000000 0000000000000000 8000 0200 00000000 6048`,
    {
      StructureSize: 65,
      SecurityMode: 1,
      DialectRevision: 0x0302,
      Reserved: "0000",
      ServerGuid: Guid,
      Capabilities: 0x4f,
      MaxTransactSize: 0x800000,
      MaxReadSize: 0x800000,
      MaxWriteSize: 0x800000,
      SystemTime: 1n,
      ServerStartTime: 0n,
      SecurityBufferOffset: 128,
      SecurityBufferLength: 2,
      Reserved2: "00000000",
      Buffer: {},
    },
  ),
  body(SessionSetupRequest, 24, "1900 01 01 01000000 00000000 5800 0200 2211000000000000 0102", {
    StructureSize: 25,
    Flags: 1,
    SecurityMode: 1,
    Capabilities: 1,
    Channel: 0,
    SecurityBufferOffset: 88,
    SecurityBufferLength: 2,
    PreviousSessionId: 0x1122n,
    Buffer: {},
  }),
  body(SessionSetupResponse, 8, "0900 0100 4800 0200 0102", {
    StructureSize: 9,
    SessionFlags: 1,
    SecurityBufferOffset: 72,
    SecurityBufferLength: 2,
    Buffer: {},
  }),
  ...Object.values(empty).map((declaration) => body(declaration, 4, "0400 0000", { StructureSize: 4, Reserved: "0000" })),
  body(TreeConnectRequest, 8, `0900 0400 5800 0600 20000000 0100 ${"00".repeat(10)} 5c00 5c00 6100 0000 0200 0100 00000000 ff`, {
    StructureSize: 9,
    Flags: 4,
    PathOffset: 88,
    PathLength: 6,
    Extension: {
      TreeConnectContextOffset: 32,
      TreeConnectContextCount: 1,
      Reserved: "00".repeat(10),
      TreeConnectContexts: [{ ContextType: 2, DataLength: 1, Reserved: "00000000", Data: {} }],
    },
    Path: "\\\\a",
  }),
  plain(TreeConnectRequestExtension, 16, `18000000 0100 ${"00".repeat(10)} 0200 0000 00000000`, {
    TreeConnectContextOffset: 24,
    TreeConnectContextCount: 1,
    Reserved: "00".repeat(10),
    TreeConnectContexts: [{ ContextType: 2, DataLength: 0, Reserved: "00000000" }],
  }),
  plain(TreeConnectContext, 8, "0200 0100 00000000 ff", { ContextType: 2, DataLength: 1, Reserved: "00000000", Data: {} }),
  body(TreeConnectResponse, 16, "1000 01 00 30080000 00000000 ff011f00", {
    StructureSize: 16,
    ShareType: 1,
    Reserved: "00",
    ShareFlags: 0x830,
    Capabilities: 0,
    MaximalAccess: 0x1f01ff,
  }),
  body(
    IoctlRequest,
    56,
    `3900 0000 04021400 ${"ff".repeat(16)} 78000000 1c000000 00000000 00000000 00000000 18000000 01000000 00000000
     7f000000 ${guid} 0100 0200 0003 0203`,
    {
      StructureSize: 57,
      Reserved: "0000",
      CtlCode: 0x00140204,
      FileId: "ff".repeat(16),
      InputOffset: 120,
      InputCount: 28,
      MaxInputResponse: 0,
      OutputOffset: 0,
      OutputCount: 0,
      MaxOutputResponse: 24,
      Flags: 1,
      Reserved2: "00000000",
      Input: {},
      ...validateRequest,
    },
  ),
  body(
    IoctlResponse,
    48,
    `3100 0000 04021400 ${"ff".repeat(16)} 00000000 00000000 70000000 18000000 00000000 00000000 4f000000 ${guid} 0100 0203`,
    {
      StructureSize: 49,
      Reserved: "0000",
      CtlCode: 0x00140204,
      FileId: "ff".repeat(16),
      InputOffset: 0,
      InputCount: 0,
      OutputOffset: 112,
      OutputCount: 24,
      Flags: 0,
      Reserved2: "00000000",
      Output: {},
      ...validateResponse,
    },
  ),
  plain(ValidateNegotiateInfoRequest, 24, `7f000000 ${guid} 0100 0200 0003 0203`, validateRequest),
  plain(ValidateNegotiateInfoResponse, 24, `4f000000 ${guid} 0100 0203`, validateResponse),
  plain(TransformHeader, 52, `fd534d42 ${zeros16} ${guid} 02000000 0000 0100 2211000000000000 abcd`, {
    ProtocolId: 0xfd534d42,
    Signature: zeros16,
    Nonce: guid,
    OriginalMessageSize: 2,
    Reserved: "0000",
    Flags: 1,
    SessionId: 0x1122n,
    EncryptedData: {},
  }),
  plain(CompressionHeader, 16, "fc534d42 00100000 0200 0000 02000000 fe53 aabbcc", {
    ProtocolId: 0xfc534d42,
    OriginalCompressedSegmentSize: 0x1000,
    CompressionAlgorithm: 2,
    Flags: 0,
    Offset: 2,
    UncompressedData: {},
    CompressedData: {},
  }),
  plain(
    ChainedCompressionHeader,
    8,
    `fc534d42 00100000 0000 0100 02000000 fe53 0200 0000 06000000 00040000 aabb 0400 0000 08000000 61 00 0000 10000000`,
    {
      ProtocolId: 0xfc534d42,
      OriginalCompressedSegmentSize: 0x1000,
      Payloads: [
        { CompressionAlgorithm: 0, Flags: 1, Length: 2, PayloadData: {} },
        { CompressionAlgorithm: 2, Flags: 0, Length: 6, PayloadData: { OriginalPayloadSize: 1024, CompressedData: {} } },
        {
          CompressionAlgorithm: 4,
          Flags: 0,
          Length: 8,
          PayloadData: { Pattern: 0x61, Reserved1: "00", Reserved2: "0000", Repetitions: 16 },
        },
      ],
    },
  ),
  plain(ChainedPayload, 8, "0100 0100 05000000 00100000 aa", {
    CompressionAlgorithm: 1,
    Flags: 1,
    Length: 5,
    PayloadData: { OriginalPayloadSize: 0x1000, CompressedData: {} },
  }),
  plain(CompressedPayload, 4, "00100000 aa", { OriginalPayloadSize: 0x1000, CompressedData: {} }),
  plain(PatternPayload, 8, "61 00 0000 10000000", { Pattern: 0x61, Reserved1: "00", Reserved2: "0000", Repetitions: 16 }),
];
