import { describe, expect, it } from "vitest";
import { readAskedInformation } from "../../src/core/smb2/askedInformation.ts";
import { Command } from "../../src/core/smb2/constants/commands.ts";
import { CreateRequest, CreateResponse } from "../../src/core/smb2/create.ts";
import { decodeBody, describeMessage, structOfMessage } from "../../src/core/smb2/describeMessage.ts";
import { CancelRequest } from "../../src/core/smb2/emptyBody.ts";
import { ErrorResponse } from "../../src/core/smb2/errorResponse.ts";
import { IoctlRequest, IoctlResponse } from "../../src/core/smb2/ioctl.ts";
import { requestStruct, responseStruct } from "../../src/core/smb2/messageStruct.ts";
import { NegotiateRequest, NegotiateResponse } from "../../src/core/smb2/negotiate.ts";
import {
  LeaseBreakAcknowledgment,
  LeaseBreakNotification,
  LeaseBreakResponse,
  OplockBreakAcknowledgment,
  OplockBreakNotification,
  OplockBreakResponse,
} from "../../src/core/smb2/oplockBreak.ts";
import { ReadResponse } from "../../src/core/smb2/readWrite.ts";
import { SessionSetupResponse } from "../../src/core/smb2/sessionSetup.ts";
import { u32 } from "../../src/core/struct/integers.ts";
import { struct } from "../../src/core/struct/struct.ts";
import { fromHex } from "../support/labMessages.ts";

const { NEGOTIATE, SESSION_SETUP, TREE_CONNECT, CREATE, READ, IOCTL, CANCEL, QUERY_DIRECTORY, QUERY_INFO } = Command.value;

function responseTo(command: number, status: number, structureSize?: number) {
  return responseStruct({ command, status, structureSize });
}

describe("requestStruct and responseStruct", () => {
  it("know every command of the specification in both directions, but CANCEL, which has no answer", () => {
    for (const { value, short } of Command.list) {
      if (short !== "SERVER_TO_CLIENT_NOTIFICATION") expect(requestStruct(value).section, short).not.toBe("MS-SMB2 2.2");
      if (short !== "CANCEL") expect(responseTo(value, 0).section, short).not.toBe("MS-SMB2 2.2");
    }
    expect(requestStruct(NEGOTIATE)).toBe(NegotiateRequest);
    expect(responseTo(NEGOTIATE, 0)).toBe(NegotiateResponse);
    expect(requestStruct(CREATE)).toBe(CreateRequest);
    expect(responseTo(CREATE, 0)).toBe(CreateResponse);
    expect(requestStruct(CANCEL)).toBe(CancelRequest);
    expect(requestStruct(IOCTL)).toBe(IoctlRequest);
  });
  it("take an error status for an ERROR response, with the exceptions of 3.3.4.4", () => {
    expect(responseTo(IOCTL, 0xc0000022)).toBe(ErrorResponse);
    expect(responseTo(IOCTL, 0x00000103)).toBe(ErrorResponse);
    expect(responseTo(IOCTL, 0x80000005)).toBe(IoctlResponse);
    expect(responseTo(SESSION_SETUP, 0xc0000016)).toBe(SessionSetupResponse);
    expect(responseTo(SESSION_SETUP, 0xc000006d)).toBe(ErrorResponse);
    expect(responseTo(TREE_CONNECT, 0xc0000016)).toBe(ErrorResponse);
    expect(responseTo(READ, 0x80000005)).toBe(ReadResponse);
    expect(responseTo(READ, 0xc0000011)).toBe(ErrorResponse);
  });
  it("tell a refused copy chunk and a READ of a broken pipe from an error by its StructureSize", () => {
    expect(responseTo(IOCTL, 0xc000000d, 49)).toBe(IoctlResponse);
    expect(responseTo(IOCTL, 0xc000000d, 9)).toBe(ErrorResponse);
    expect(responseTo(READ, 0xc00000b0, 17)).toBe(ReadResponse);
    expect(responseTo(READ, 0xc00000b0, 9)).toBe(ErrorResponse);
    expect(responseTo(READ, 0xc00000b0, 18)).toBe(ErrorResponse);
  });
  it("name what nobody knows", () => {
    expect(responseTo(0x7777, 0)).toMatchObject({ name: "SMB2 0x7777 Response", section: "MS-SMB2 2.2" });
    expect(requestStruct(0x7777)).toMatchObject({ name: "SMB2 0x7777 Request", section: "MS-SMB2 2.2" });
  });
});

/** A header with Command, Flags and MessageId, and the first bytes of a body. */
function message(command: number, response: boolean, body: string, messageId = "0500000000000000") {
  const flags = response ? "01000000" : "00000000";
  const commandHex = command.toString(16).padStart(2, "0");
  return fromHex(`fe534d42 4000 0000 00000000 ${commandHex}00 0000 ${flags} 00000000 ${messageId} ${"00".repeat(32)} ${body}`);
}

describe("OPLOCK_BREAK", () => {
  const unasked = "ffffffffffffffff";
  it.each([
    ["18", false, undefined, OplockBreakAcknowledgment],
    ["24", false, undefined, LeaseBreakAcknowledgment],
    ["18", true, unasked, OplockBreakNotification],
    ["2c", true, unasked, LeaseBreakNotification],
    ["18", true, undefined, OplockBreakResponse],
    ["24", true, undefined, LeaseBreakResponse],
    ["2c", true, undefined, LeaseBreakNotification],
  ])("with StructureSize 0x%s, response %s, MessageId %s", (size, response, messageId, declaration) => {
    const bytes = message(0x12, response, `${size}00 ${"00".repeat(60)}`, messageId);
    expect(structOfMessage(bytes, 0, bytes.length)).toBe(declaration);
  });
});

describe("what was asked for", () => {
  it("is read from QUERY_INFO and QUERY_DIRECTORY requests only", () => {
    const queryInfo = message(QUERY_INFO, false, "2900 02 05");
    expect(readAskedInformation(queryInfo, 0, queryInfo.length)).toEqual({ infoType: 2, infoClass: 5 });
    const queryDirectory = message(QUERY_DIRECTORY, false, "2100 25 00");
    expect(readAskedInformation(queryDirectory, 0, queryDirectory.length)).toEqual({ infoType: 1, infoClass: 0x25 });
    const response = message(QUERY_INFO, true, "0900 4800");
    expect(readAskedInformation(response, 0, response.length)).toBeUndefined();
    expect(readAskedInformation(queryInfo, 0, 67)).toBeUndefined();
    expect(readAskedInformation(message(CREATE, false, "3900 0000"), 0, 68)).toBeUndefined();
  });
  it("leaves the buffer of a response opaque where it is not known", () => {
    const response = message(QUERY_INFO, true, "0900 4800 04000000 07000000");
    const buffer = describeMessage(response, 0, response.length).children.find((node) => node.name === "Buffer");
    expect(buffer).toMatchObject({ value: "07000000", children: [], range: { start: 72, end: 76 } });
  });
  it("gives the buffer its structure", () => {
    const Asked = struct("Asked", "MS-SMB2 2.2.38", { EaSize: u32() });
    for (const command of [QUERY_INFO, QUERY_DIRECTORY]) {
      const bytes = message(command, true, "0900 4800 04000000 07000000");
      const { value, issues } = decodeBody(responseStruct({ command, status: 0, buffer: Asked }), bytes, 0, bytes.length);
      expect(issues).toEqual([]);
      expect(value).toMatchObject({ Buffer: { EaSize: 7, start: 72, end: 76 } });
      expect(responseStruct({ command, status: 0xc0000022, buffer: Asked })).toBe(ErrorResponse);
    }
  });
});
