import type { Struct } from "../struct/struct.ts";
import { ChangeNotifyRequest, ChangeNotifyResponse } from "./changeNotify.ts";
import { Command } from "./constants/commands.ts";
import { CloseRequest, CloseResponse, CreateRequest, CreateResponse } from "./create.ts";
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
import { LockRequest, LockResponse } from "./lock.ts";
import { NegotiateRequest, NegotiateResponse } from "./negotiate.ts";
import { acknowledgmentStruct, breakStruct } from "./oplockBreak.ts";
import { otherBody } from "./otherBody.ts";
import { QueryDirectoryRequest, QueryDirectoryResponse, queryDirectoryResponse } from "./queryDirectory.ts";
import { QueryInfoRequest, QueryInfoResponse, queryInfoResponse, SetInfoRequest, SetInfoResponse } from "./queryInfo.ts";
import { FlushRequest, FlushResponse, ReadRequest, ReadResponse, WriteRequest, WriteResponse } from "./readWrite.ts";
import { ServerToClientNotification } from "./serverNotification.ts";
import { SessionSetupRequest, SessionSetupResponse } from "./sessionSetup.ts";
import { TreeConnectRequest, TreeConnectResponse } from "./treeConnect.ts";

const requests: Readonly<Record<number, Struct>> = {
  [Command.value.NEGOTIATE]: NegotiateRequest,
  [Command.value.SESSION_SETUP]: SessionSetupRequest,
  [Command.value.LOGOFF]: LogoffRequest,
  [Command.value.TREE_CONNECT]: TreeConnectRequest,
  [Command.value.TREE_DISCONNECT]: TreeDisconnectRequest,
  [Command.value.CREATE]: CreateRequest,
  [Command.value.CLOSE]: CloseRequest,
  [Command.value.FLUSH]: FlushRequest,
  [Command.value.READ]: ReadRequest,
  [Command.value.WRITE]: WriteRequest,
  [Command.value.LOCK]: LockRequest,
  [Command.value.IOCTL]: IoctlRequest,
  [Command.value.CANCEL]: CancelRequest,
  [Command.value.ECHO]: EchoRequest,
  [Command.value.QUERY_DIRECTORY]: QueryDirectoryRequest,
  [Command.value.CHANGE_NOTIFY]: ChangeNotifyRequest,
  [Command.value.QUERY_INFO]: QueryInfoRequest,
  [Command.value.SET_INFO]: SetInfoRequest,
};

const responses: Readonly<Record<number, Struct>> = {
  [Command.value.NEGOTIATE]: NegotiateResponse,
  [Command.value.SESSION_SETUP]: SessionSetupResponse,
  [Command.value.LOGOFF]: LogoffResponse,
  [Command.value.TREE_CONNECT]: TreeConnectResponse,
  [Command.value.TREE_DISCONNECT]: TreeDisconnectResponse,
  [Command.value.CREATE]: CreateResponse,
  [Command.value.CLOSE]: CloseResponse,
  [Command.value.FLUSH]: FlushResponse,
  [Command.value.READ]: ReadResponse,
  [Command.value.WRITE]: WriteResponse,
  [Command.value.LOCK]: LockResponse,
  [Command.value.IOCTL]: IoctlResponse,
  [Command.value.ECHO]: EchoResponse,
  [Command.value.QUERY_DIRECTORY]: QueryDirectoryResponse,
  [Command.value.CHANGE_NOTIFY]: ChangeNotifyResponse,
  [Command.value.QUERY_INFO]: QueryInfoResponse,
  [Command.value.SET_INFO]: SetInfoResponse,
  [Command.value.SERVER_TO_CLIENT_NOTIFICATION]: ServerToClientNotification,
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

const ERROR_STRUCTURE_SIZE = 9;

/** What is known of a response. */
export interface ResponseFacts {
  /** Command of the header; any number. */
  readonly command: number;
  /** Status of the header. */
  readonly status: number;
  /**
   * First two bytes of the body, where known: they tell a response of the command's own with an error status (a refused copy chunk, a READ
   * of a broken pipe) from an ERROR response, and the break of a lease from that of an oplock.
   */
  readonly structureSize?: number | undefined;
  /** MessageId is all ones: the message answers no request. */
  readonly unsolicited?: boolean;
  /** Structure that the request asked for. */
  readonly buffer?: Struct | undefined;
}

/**
 * The declaration of a request's body.
 * @param command Command of the header; any number.
 * @param structureSize First two bytes of the body, where known.
 */
export function requestStruct(command: number, structureSize?: number): Struct {
  if (command === Command.value.OPLOCK_BREAK) return acknowledgmentStruct(structureSize);
  return requests[command] ?? otherBody(command, false);
}

/** The declaration of a response's body. */
export function responseStruct({ command, status, structureSize, unsolicited = false, buffer }: ResponseFacts): Struct {
  if (isErrorBody(command, status, structureSize)) return ErrorResponse;
  if (command === Command.value.OPLOCK_BREAK) return breakStruct(structureSize, unsolicited);
  if (command === Command.value.QUERY_INFO && buffer !== undefined) return queryInfoResponse(buffer);
  if (command === Command.value.QUERY_DIRECTORY && buffer !== undefined) return queryDirectoryResponse(buffer);
  return responses[command] ?? otherBody(command, true);
}

function isErrorBody(command: number, status: number, structureSize: number | undefined): boolean {
  if (status === STATUS_SUCCESS) return false;
  if (structureSize !== undefined && structureSize !== ERROR_STRUCTURE_SIZE && structureSize === ownSize(command)) return false;
  if (ownBody[command]?.includes(status) !== true) return true;
  return structureSize === ERROR_STRUCTURE_SIZE && ownSize(command) !== ERROR_STRUCTURE_SIZE;
}

/** StructureSize of the command's own response. */
function ownSize(command: number): number | undefined {
  const field = responses[command]?.fields["StructureSize"];
  return field !== undefined && "options" in field ? (field.options.must as number | undefined) : undefined;
}
