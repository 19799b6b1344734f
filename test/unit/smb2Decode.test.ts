import { describe, expect, expectTypeOf, it } from "vitest";
import { decodeBody } from "../../src/core/smb2/describeMessage.ts";
import { ErrorResponse } from "../../src/core/smb2/errorResponse.ts";
import { Header } from "../../src/core/smb2/header.ts";
import { IoctlRequest, IoctlResponse } from "../../src/core/smb2/ioctl.ts";
import { NegotiateRequest, NegotiateResponse } from "../../src/core/smb2/negotiate.ts";
import { SessionSetupRequest, SessionSetupResponse } from "../../src/core/smb2/sessionSetup.ts";
import { TransformHeader } from "../../src/core/smb2/transformHeader.ts";
import { TreeConnectRequest, TreeConnectResponse } from "../../src/core/smb2/treeConnect.ts";
import { decode } from "../../src/core/struct/decode.ts";
import type { Struct } from "../../src/core/struct/struct.ts";
import { fromHex, type LabMessageName, labMessage } from "../support/labMessages.ts";

/** Decodes a message that stands somewhere in a larger buffer; ranges are given back relative to the message. */
function body<S extends Struct>(declaration: S, name: LabMessageName) {
  const message = labMessage(name);
  const result = decodeBody(declaration, message, 0, message.length, message.length);
  const placed = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, ...message, 9, 9, 9]);
  const again = decodeBody(declaration, placed, 7, 7 + message.length, 7 + message.length);
  expect(again.issues).toEqual(result.issues);
  return result;
}

describe("header", () => {
  it("of a request", () => {
    const { value, issues } = decode(Header, labMessage("validateRequest"), 0, 64);
    expect(issues).toEqual([]);
    expect(value).toMatchObject({
      ProtocolId: 0xfe534d42,
      CreditCharge: 1,
      ChannelSequence: 0,
      Command: 11,
      CreditRequest: 1,
      Flags: 8,
      MessageId: 4n,
      TreeId: 0x1a2b8579,
      SessionId: 0x792c8778n,
      Signature: "ef8ee07212e28189cc0ad4aa39b99476",
    });
    expect(value).not.toHaveProperty("Status");
    expect(value).not.toHaveProperty("AsyncId");
    expectTypeOf(value.TreeId).toEqualTypeOf<number | undefined>();
    expectTypeOf(value.AsyncId).toEqualTypeOf<bigint | undefined>();
  });
  it("of an asynchronous response", () => {
    const { value, issues } = decode(Header, labMessage("pendingResponse"), 0, 64);
    expect(issues).toEqual([]);
    expect(value).toMatchObject({ Status: 0x103, Flags: 0x13 & ~0x10, CreditResponse: 1 });
    expect(value.AsyncId).toBeGreaterThan(0n);
    expect(value).not.toHaveProperty("TreeId");
    expect(value).not.toHaveProperty("ChannelSequence");
  });
});

describe("NEGOTIATE", () => {
  it("request without 3.1.1", () => {
    const { value, issues } = body(NegotiateRequest, "negotiateRequest302");
    expect(issues).toEqual([]);
    expect(value).toEqual({
      StructureSize: 36,
      DialectCount: 4,
      SecurityMode: 1,
      Reserved: "0000",
      Capabilities: 0x7f,
      ClientGuid: "930d91ab-a593-43da-a78d-0982e0e2dda0",
      ClientStartTime: 0n,
      Dialects: [0x0202, 0x0210, 0x0300, 0x0302],
    });
  });
  it("request with 3.1.1", () => {
    const { value, issues } = body(NegotiateRequest, "negotiateRequest311");
    expect(issues).toEqual([]);
    expect(value.Dialects).toEqual([0x0202, 0x0210, 0x0222, 0x0224, 0x0300, 0x0302, 0x0310, 0x0311]);
    expect(value).not.toHaveProperty("ClientStartTime");
    expect(value.NegotiateContextList).toEqual([
      expect.objectContaining({ ContextType: 1, DataLength: 38, HashAlgorithms: [1], SaltLength: 32, Salt: { start: 134, end: 166 } }),
      expect.objectContaining({ ContextType: 2, DataLength: 6, Ciphers: [2, 1] }),
      expect.objectContaining({ ContextType: 5, DataLength: 26, NetName: "198.51.100.20" }),
    ]);
  });
  it("response", () => {
    const { value, issues } = body(NegotiateResponse, "negotiateResponse302");
    expect(issues).toEqual([]);
    expect(value).toMatchObject({
      SecurityMode: 1,
      DialectRevision: 0x0302,
      ServerGuid: "7362616c-7672-0000-0000-000000000000",
      Capabilities: 0x4e,
      MaxTransactSize: 8388608,
      SecurityBufferOffset: 128,
      Buffer: { start: 128, end: 202 },
    });
    expect(value).not.toHaveProperty("NegotiateContextList");
  });
  it("response below 3.1.1 has no contexts, whatever stands in the reserved fields", () => {
    const message = labMessage("negotiateResponse302");
    message[64 + NegotiateResponse.at.NegotiateContextCount] = 2;
    message[64 + NegotiateResponse.at.NegotiateContextOffset] = 128;
    const { value, issues } = decodeBody(NegotiateResponse, message, 0, message.length);
    expect(value).toMatchObject({ Reserved: "0200", Reserved2: "80000000" });
    expect(value).not.toHaveProperty("NegotiateContextList");
    expect(issues).toEqual([]);
  });
  it("response with contexts", () => {
    const { value, issues } = body(NegotiateResponse, "negotiateResponse311");
    expect(issues).toEqual([]);
    expect(value.NegotiateContextList?.map((context) => context.ContextType)).toEqual([1, 2]);
    expect(value.NegotiateContextList?.[1]?.Ciphers).toEqual([2]);
  });
  it("contexts that the laboratory does not show", () => {
    const contexts = [
      "0300 0e00 00000000 0300 0000 01000000 0400 0200 0300 0000",
      "0600 0400 00000000 01000000 00000000",
      "0700 0c00 00000000 0200 0000 00000000 0100 0200 00000000",
      "0800 0600 00000000 0200 0200 0100 0000",
      "0001 1000 00000000 93ad25509cb411e7b42383de968bcd7c",
      "0099 0200 00000000 abcd",
    ];
    const request = fromHex(
      `fe534d42 4000 ${"00".repeat(58)} 2400 0100 0100 0000 00000000 ${"00".repeat(16)} 68000000 0600 0000 1103 0000 ${contexts.join("")}`,
    );
    const { value, issues } = decodeBody(NegotiateRequest, request, 0, request.length, request.length);
    expect(issues).toEqual([]);
    expect(value.NegotiateContextList).toEqual([
      expect.objectContaining({ Flags: 1, CompressionAlgorithms: [4, 2, 3] }),
      expect.objectContaining({ ContextType: 6, Flags: 1 }),
      expect.objectContaining({ TransformCount: 2, RDMATransformIds: [1, 2] }),
      expect.objectContaining({ SigningAlgorithms: [2, 1] }),
      expect.objectContaining({ ContextType: 256, Version: { start: 192, end: 208 } }),
      expect.objectContaining({ ContextType: 0x9900, Data: { start: 216, end: 218 } }),
    ]);
  });
});

describe("SESSION_SETUP and TREE_CONNECT", () => {
  it("session setup request", () => {
    const { value, issues } = body(SessionSetupRequest, "sessionSetupRequestNtlmAuthenticate");
    expect(issues).toEqual([]);
    expect(value).toMatchObject({ SecurityMode: 1, Capabilities: 1, PreviousSessionId: 0n, Buffer: { start: 88, end: 510 } });
  });
  it("session setup response", () => {
    const { value, issues } = body(SessionSetupResponse, "sessionSetupResponseNtlmChallenge");
    expect(issues).toEqual([]);
    expect(value).toMatchObject({ SessionFlags: 0, Buffer: { start: 72, end: 231 } });
  });
  it("tree connect", () => {
    const request = body(TreeConnectRequest, "treeConnectRequest");
    expect(request.issues).toEqual([]);
    expect(request.value.Path).toBe("\\\\198.51.100.20\\share");
    const response = body(TreeConnectResponse, "treeConnectResponse");
    expect(response.issues).toEqual([]);
    expect(response.value).toMatchObject({ ShareType: 1, ShareFlags: 0, Capabilities: 0, MaximalAccess: 0x1f01ff });
  });
  it("tree connect with an extension before the path", () => {
    const request = fromHex(`${"00".repeat(64)} 0900 0400 5800 0200 1a000000 0100 ${"00".repeat(10)} 4100 0200 0000 00000000`);
    const { value, issues } = decodeBody(TreeConnectRequest, request, 0, request.length);
    expect(issues).toEqual([]);
    expect(value).toMatchObject({ Extension: { TreeConnectContextOffset: 26, TreeConnectContextCount: 1 }, Path: "A" });
  });
});

describe("IOCTL", () => {
  it("validate request: the fields of the FSCTL are fields of the message", () => {
    const { value, issues } = body(IoctlRequest, "validateRequest");
    expect(issues).toEqual([]);
    expect(value).toMatchObject({
      CtlCode: 0x00140204,
      FileId: "ff".repeat(16),
      MaxOutputResponse: 24,
      Flags: 1,
      Input: { start: 120, end: 152 },
      Capabilities: 0x7f,
      Guid: "930d91ab-a593-43da-a78d-0982e0e2dda0",
      SecurityMode: 1,
      Dialects: [0x0202, 0x0210, 0x0300, 0x0302],
    });
    expectTypeOf(value.Dialects).toEqualTypeOf<readonly number[] | undefined>();
  });
  it("validate response", () => {
    const { value, issues } = body(IoctlResponse, "validateResponse");
    expect(issues).toEqual([]);
    expect(value).toMatchObject({
      OutputCount: 24,
      Capabilities: 0x4f,
      Guid: "7362616c-7672-0000-0000-000000000000",
      SecurityMode: 1,
      Dialect: 0x0302,
    });
  });
  it("another FSCTL has its fields below its own name", () => {
    const { value, issues } = body(IoctlRequest, "dfsReferralRequest");
    expect(issues).toEqual([]);
    expect(value.Input).toEqual({ MaxReferralLevel: 3, RequestFileName: "\\198.51.100.20\\share", start: 120, end: 164 });
    expect(value).not.toHaveProperty("Capabilities");
  });
  it("error", () => {
    const { value, issues } = body(ErrorResponse, "errorResponse");
    expect(issues).toEqual([]);
    expect(value).toMatchObject({ StructureSize: 9, ErrorContextCount: 0, ByteCount: 0 });
    expect(value).not.toHaveProperty("ErrorData");
  });
  it("error with contexts", () => {
    const response = fromHex(`${"00".repeat(64)} 0900 0200 19000000 0300000000000000 aabbcc 0000000000 0100000001000000 dd`);
    const { value, issues } = decodeBody(ErrorResponse, response, 0, response.length, response.length);
    expect(issues).toEqual([]);
    expect(value.ErrorContextList).toEqual([
      { ErrorDataLength: 3, ErrorId: 0, ErrorContextData: { start: 80, end: 83 } },
      { ErrorDataLength: 1, ErrorId: 1, ErrorContextData: { start: 96, end: 97 } },
    ]);
  });
});

describe("encrypted message", () => {
  it("shows the session without keys", () => {
    const message = labMessage("encryptedMessage");
    const { value, issues } = decode(TransformHeader, message, 0, message.length);
    expect(issues).toEqual([]);
    expect(value.Flags).toBe(1);
    expect(value.SessionId).toBeGreaterThan(0n);
    expect(value.EncryptedData).toEqual({ start: 52, end: message.length });
    expect(value.OriginalMessageSize).toBe(message.length - 52);
  });
});
