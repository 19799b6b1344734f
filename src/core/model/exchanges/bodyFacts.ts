import { hex, hexBytes } from "../../bytes/hex.ts";
import { Command } from "../../smb2/constants/commands.ts";
import { FileInformationClass, InfoType } from "../../smb2/constants/informationClasses.ts";
import { SessionSetupFlags } from "../../smb2/constants/sessionFlags.ts";
import { CreateRequest, CreateResponse } from "../../smb2/create.ts";
import { decodeBody, structOfMessage } from "../../smb2/describeMessage.ts";
import { Header } from "../../smb2/header.ts";
import { SetInfoRequest } from "../../smb2/queryInfo.ts";
import { ReadResponse, WriteRequest } from "../../smb2/readWrite.ts";
import { SessionSetupRequest } from "../../smb2/sessionSetup.ts";
import { TreeConnectRequest } from "../../smb2/treeConnect.ts";
import type { DecodeResult } from "../../struct/decode.ts";
import type { Struct } from "../../struct/struct.ts";
import { peekInto } from "../../struct/variant.ts";
import type { DetailMessage } from "../detailMessage.ts";

const FILE_ID_SIZE = 16;
/** FileId of a related request that means the file of the one before ([MS-SMB2] 3.2.4.1.4). */
export const RELATED_FILE = "f".repeat(2 * FILE_ID_SIZE);
/** A longer name is no name that a server has. */
const LONGEST_NAME = 32_767;

/** The FileId in the fixed part of a body, as hex digits; null when it has none. */
export function readFileId({ bytes }: DetailMessage): string | null {
  const offset = (structOfMessage(bytes, 0, bytes.length).at as Readonly<Record<string, number>>)["FileId"];
  if (offset === undefined || bytes.length < Header.size + offset + FILE_ID_SIZE) return null;
  return hexBytes(bytes, Header.size + offset, Header.size + offset + FILE_ID_SIZE);
}

/** What a CREATE request asks for. */
export interface CreateFacts {
  readonly name: string | null;
  readonly leaseKey: string | null;
  readonly durable: boolean;
  /** FileId of the durable handle that it takes again. */
  readonly reconnects: string | null;
}

export function readCreate(message: DetailMessage): CreateFacts {
  const { Name, NameLength, CreateContexts } = decoded(CreateRequest, message).value;
  const names = contextNames(CreateContexts);
  const reconnect = contextData(CreateContexts, "DH2C") ?? contextData(CreateContexts, "DHnC");
  return {
    name: NameLength === 0 ? "" : nameOrNull(Name),
    leaseKey: textOrNull(contextData(CreateContexts, "RqLs")?.["LeaseKey"]),
    durable: names.includes("DHnQ") || names.includes("DH2Q"),
    reconnects: textOrNull(reconnect?.["FileId"]),
  };
}

/** Whether a CREATE answer grants a durable handle. */
export function grantsDurable(message: DetailMessage): boolean {
  const names = contextNames(decoded(CreateResponse, message).value.CreateContexts);
  return names.includes("DHnQ") || names.includes("DH2Q");
}

/** The name that a SET_INFO request gives to its file ([MS-SMB2] 2.2.39); null when it asks for something else. */
export function readNewName(message: DetailMessage): string | null {
  const { FileRenameInformation, FileRenameInformationEx } = FileInformationClass.value;
  const { InfoType: type, FileInfoClass, Buffer } = decoded(SetInfoRequest, message).value;
  if (type !== InfoType.value.FILE || (FileInfoClass !== FileRenameInformation && FileInfoClass !== FileRenameInformationEx)) return null;
  return nameOrNull(Buffer?.["FileName"]);
}

export function readPath(message: DetailMessage): string | null {
  return nameOrNull(decoded(TreeConnectRequest, message).value.Path);
}

export function readSetup(message: DetailMessage): { readonly binding: boolean; readonly previousSessionId: string | null } {
  const { Flags = 0, PreviousSessionId = 0n } = decoded(SessionSetupRequest, message).value;
  return {
    binding: (Flags & SessionSetupFlags.mask.BINDING) !== 0,
    previousSessionId: PreviousSessionId === 0n ? null : hex(PreviousSessionId, 16),
  };
}

/** LeaseKey of a lease break or its acknowledgment; null for other messages. */
export function readBrokenLease(message: DetailMessage): string | null {
  if (message.command !== Command.value.OPLOCK_BREAK) return null;
  const { value } = decoded(structOfMessage(message.bytes, 0, message.bytes.length), message);
  return textOrNull((value as Readonly<Record<string, unknown>>)["LeaseKey"]);
}

/** Bytes of file data that a READ answer brings. */
export function readBytesOf({ bytes, length }: DetailMessage): number {
  const count = peekInto(bytes, 0, bytes.length).u32(Header.size + ReadResponse.at.DataLength) ?? 0;
  return Math.min(count, Math.max(0, length - Header.size - ReadResponse.size));
}

/** Bytes of file data that a WRITE request takes along. */
export function writtenBytesOf({ bytes, length }: DetailMessage): number {
  const count = peekInto(bytes, 0, bytes.length).u32(Header.size + WriteRequest.at.Length) ?? 0;
  return Math.min(count, Math.max(0, length - Header.size - WriteRequest.size));
}

function decoded<S extends Struct>(body: S, { bytes, length }: DetailMessage): DecodeResult<S> {
  return decodeBody(body, bytes, 0, bytes.length, length);
}

interface Context {
  readonly Name?: string;
  readonly Data?: Readonly<Record<string, unknown>>;
}

function contextNames(contexts: readonly Context[] = []): readonly string[] {
  return contexts.flatMap(({ Name }) => Name ?? []);
}

function contextData(contexts: readonly Context[] = [], name: string): Readonly<Record<string, unknown>> | undefined {
  return contexts.find(({ Name }) => Name === name)?.Data;
}

function nameOrNull(value: unknown): string | null {
  return textOrNull(value)?.slice(0, LONGEST_NAME) ?? null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
