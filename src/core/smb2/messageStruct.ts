import type { Struct } from "../struct/struct.ts";
import { Command } from "./constants/commands.ts";
import {
  CancelRequest,
  EchoRequest,
  EchoResponse,
  LogoffRequest,
  LogoffResponse,
  TreeDisconnectRequest,
  TreeDisconnectResponse,
} from "./emptyBody.ts";
import { ErrorResponse } from "./errorResponse.ts";
import { IoctlRequest, IoctlResponse } from "./ioctl.ts";
import { NegotiateRequest, NegotiateResponse } from "./negotiate.ts";
import { otherBody } from "./otherBody.ts";
import { SessionSetupRequest, SessionSetupResponse } from "./sessionSetup.ts";
import { TreeConnectRequest, TreeConnectResponse } from "./treeConnect.ts";

const requests: Readonly<Record<number, Struct>> = {
  [Command.value.NEGOTIATE]: NegotiateRequest,
  [Command.value.SESSION_SETUP]: SessionSetupRequest,
  [Command.value.LOGOFF]: LogoffRequest,
  [Command.value.TREE_CONNECT]: TreeConnectRequest,
  [Command.value.TREE_DISCONNECT]: TreeDisconnectRequest,
  [Command.value.IOCTL]: IoctlRequest,
  [Command.value.CANCEL]: CancelRequest,
  [Command.value.ECHO]: EchoRequest,
};

const responses: Readonly<Record<number, Struct>> = {
  [Command.value.NEGOTIATE]: NegotiateResponse,
  [Command.value.SESSION_SETUP]: SessionSetupResponse,
  [Command.value.LOGOFF]: LogoffResponse,
  [Command.value.TREE_CONNECT]: TreeConnectResponse,
  [Command.value.TREE_DISCONNECT]: TreeDisconnectResponse,
  [Command.value.IOCTL]: IoctlResponse,
  [Command.value.ECHO]: EchoResponse,
};

const STATUS_SUCCESS = 0x00000000;
const STATUS_NOTIFY_ENUM_DIR = 0x0000010c;
const STATUS_BUFFER_OVERFLOW = 0x80000005;
const STATUS_INVALID_PARAMETER = 0xc000000d;
const STATUS_MORE_PROCESSING_REQUIRED = 0xc0000016;

/** Statuses other than success with which a command's own response is sent ([MS-SMB2] 3.3.4.4). */
const ownBody: Readonly<Record<number, readonly number[]>> = {
  [Command.value.SESSION_SETUP]: [STATUS_MORE_PROCESSING_REQUIRED],
  [Command.value.READ]: [STATUS_BUFFER_OVERFLOW],
  [Command.value.IOCTL]: [STATUS_BUFFER_OVERFLOW, STATUS_INVALID_PARAMETER],
  [Command.value.QUERY_INFO]: [STATUS_BUFFER_OVERFLOW],
  [Command.value.CHANGE_NOTIFY]: [STATUS_NOTIFY_ENUM_DIR],
};

const IOCTL_RESPONSE_STRUCTURE_SIZE = 49;

/**
 * The declaration of a message's body.
 * @param command Command of the header; any number.
 * @param isResponse SMB2_FLAGS_SERVER_TO_REDIR is set.
 * @param status Status of a response.
 * @param structureSize First two bytes of the body, where known: they tell an IOCTL response with an error status (a refused copy chunk
 * has one) from an ERROR response.
 */
export function messageStruct(command: number, isResponse: boolean, status = STATUS_SUCCESS, structureSize?: number): Struct {
  if (!isResponse) return requests[command] ?? otherBody(command, false);
  if (isErrorBody(command, status, structureSize)) return ErrorResponse;
  return responses[command] ?? otherBody(command, true);
}

function isErrorBody(command: number, status: number, structureSize: number | undefined): boolean {
  if (status === STATUS_SUCCESS) return false;
  if (ownBody[command]?.includes(status) !== true) return true;
  return command === Command.value.IOCTL && structureSize !== undefined && structureSize !== IOCTL_RESPONSE_STRUCTURE_SIZE;
}
