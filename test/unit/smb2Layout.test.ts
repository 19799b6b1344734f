import { describe, expect, it } from "vitest";
import { CompressionHeader } from "../../src/core/smb2/compressionHeader.ts";
import {
  CancelRequest,
  EchoRequest,
  EchoResponse,
  LogoffRequest,
  LogoffResponse,
  TreeDisconnectRequest,
  TreeDisconnectResponse,
} from "../../src/core/smb2/emptyBody.ts";
import { ErrorContext, ErrorResponse } from "../../src/core/smb2/errorResponse.ts";
import { Header } from "../../src/core/smb2/header.ts";
import { IoctlRequest, IoctlResponse } from "../../src/core/smb2/ioctl.ts";
import { NegotiateRequest, NegotiateResponse } from "../../src/core/smb2/negotiate.ts";
import { NegotiateContext } from "../../src/core/smb2/negotiateContext.ts";
import { SessionSetupRequest, SessionSetupResponse } from "../../src/core/smb2/sessionSetup.ts";
import { Smb1Header } from "../../src/core/smb2/smb1Message.ts";
import { TransformHeader } from "../../src/core/smb2/transformHeader.ts";
import { TreeConnectRequest, TreeConnectResponse } from "../../src/core/smb2/treeConnect.ts";
import { ValidateNegotiateInfoRequest, ValidateNegotiateInfoResponse } from "../../src/core/smb2/validateNegotiateInfo.ts";
import type { FixedField } from "../../src/core/struct/field.ts";

/*
 * Sizes and offsets as the diagrams of [MS-SMB2] 2.2 give them. A StructureSize that is odd counts one byte of the buffer in; that of
 * the NEGOTIATE response does so too.
 */
describe("sizes of the fixed parts", () => {
  it.each([
    [Header, 64, 64],
    [NegotiateRequest, 36, 36],
    [NegotiateResponse, 64, 65],
    [SessionSetupRequest, 24, 25],
    [SessionSetupResponse, 8, 9],
    [LogoffRequest, 4, 4],
    [LogoffResponse, 4, 4],
    [TreeConnectRequest, 8, 9],
    [TreeConnectResponse, 16, 16],
    [TreeDisconnectRequest, 4, 4],
    [TreeDisconnectResponse, 4, 4],
    [IoctlRequest, 56, 57],
    [IoctlResponse, 48, 49],
    [ErrorResponse, 8, 9],
    [EchoRequest, 4, 4],
    [EchoResponse, 4, 4],
    [CancelRequest, 4, 4],
  ])("$name", (declaration, size, structureSize) => {
    expect(declaration.size).toBe(size);
    const field: FixedField<number> = declaration.fields.StructureSize;
    expect(field.options.must).toBe(structureSize);
  });

  it.each([
    [TransformHeader, 52],
    [CompressionHeader, 16],
    [NegotiateContext, 8],
    [ErrorContext, 8],
    [ValidateNegotiateInfoRequest, 24],
    [ValidateNegotiateInfoResponse, 24],
    [Smb1Header, 32],
  ])("$name", (declaration, size) => {
    expect(declaration.size).toBe(size);
  });
});

describe("offsets", () => {
  it("of the header", () => {
    expect(Header.at).toEqual({
      ProtocolId: 0,
      StructureSize: 4,
      CreditCharge: 6,
      Status: 8,
      ChannelSequence: 8,
      ChannelReserved: 10,
      Command: 12,
      CreditRequest: 14,
      CreditResponse: 14,
      Flags: 16,
      NextCommand: 20,
      MessageId: 24,
      AsyncId: 32,
      Reserved: 32,
      TreeId: 36,
      SessionId: 40,
      Signature: 48,
    });
  });
  it("of NEGOTIATE", () => {
    expect(NegotiateRequest.at).toMatchObject({
      DialectCount: 2,
      SecurityMode: 4,
      Capabilities: 8,
      ClientGuid: 12,
      NegotiateContextOffset: 28,
      NegotiateContextCount: 32,
      ClientStartTime: 28,
    });
    expect(NegotiateResponse.at).toMatchObject({
      SecurityMode: 2,
      DialectRevision: 4,
      NegotiateContextCount: 6,
      ServerGuid: 8,
      Capabilities: 24,
      MaxTransactSize: 28,
      MaxReadSize: 32,
      MaxWriteSize: 36,
      SystemTime: 40,
      ServerStartTime: 48,
      SecurityBufferOffset: 56,
      SecurityBufferLength: 58,
      NegotiateContextOffset: 60,
    });
  });
  it("of SESSION_SETUP and TREE_CONNECT", () => {
    expect(SessionSetupRequest.at).toMatchObject({
      Flags: 2,
      SecurityMode: 3,
      SecurityBufferOffset: 12,
      SecurityBufferLength: 14,
      PreviousSessionId: 16,
    });
    expect(SessionSetupResponse.at).toMatchObject({ SessionFlags: 2, SecurityBufferOffset: 4, SecurityBufferLength: 6 });
    expect(TreeConnectRequest.at).toMatchObject({ Flags: 2, PathOffset: 4, PathLength: 6 });
    expect(TreeConnectResponse.at).toMatchObject({ ShareType: 2, ShareFlags: 4, Capabilities: 8, MaximalAccess: 12 });
  });
  it("of IOCTL and VALIDATE_NEGOTIATE_INFO", () => {
    expect(IoctlRequest.at).toMatchObject({
      CtlCode: 4,
      FileId: 8,
      InputOffset: 24,
      InputCount: 28,
      MaxInputResponse: 32,
      OutputOffset: 36,
      OutputCount: 40,
      MaxOutputResponse: 44,
      Flags: 48,
    });
    expect(IoctlResponse.at).toMatchObject({
      CtlCode: 4,
      FileId: 8,
      InputOffset: 24,
      InputCount: 28,
      OutputOffset: 32,
      OutputCount: 36,
      Flags: 40,
    });
    expect(ValidateNegotiateInfoRequest.at).toEqual({ Capabilities: 0, Guid: 4, SecurityMode: 20, DialectCount: 22 });
    expect(ValidateNegotiateInfoResponse.at).toEqual({ Capabilities: 0, Guid: 4, SecurityMode: 20, Dialect: 22 });
  });
  it("of the transform headers", () => {
    expect(TransformHeader.at).toEqual({
      ProtocolId: 0,
      Signature: 4,
      Nonce: 20,
      OriginalMessageSize: 36,
      Reserved: 40,
      Flags: 42,
      SessionId: 44,
    });
    expect(CompressionHeader.at).toMatchObject({ CompressionAlgorithm: 8, Flags: 10, Offset: 12 });
  });
});
