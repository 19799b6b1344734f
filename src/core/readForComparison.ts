import type { ByteSource } from "./bytes/byteSource.ts";
import type { CancelSignal } from "./bytes/cancelSignal.ts";
import { hexBytes } from "./bytes/hex.ts";
import type { ComparedConnection, ComparedMessage } from "./compare/comparedConnection.ts";
import type { ConnectionFacts } from "./model/connectionFacts.ts";
import type { KeepMessage } from "./model/passRecorder.ts";
import type { Analysis } from "./rules/analysis.ts";
import { Scan, SMB_PORTS } from "./scan.ts";
import { Command } from "./smb2/constants/commands.ts";
import { FSCTL_VALIDATE_NEGOTIATE_INFO } from "./smb2/constants/fsctl.ts";
import { HeaderFlags } from "./smb2/constants/headerFlags.ts";
import { Header } from "./smb2/header.ts";
import type { MessageKind } from "./smb2/messageSink.ts";

export interface ReadForComparisonOptions {
  readonly ports?: readonly number[] | undefined;
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Messages of one connection that are compared, and of all; and bytes of those that are compared by field. */
const MOST_MESSAGES = 2000;
const MOST_MESSAGES_OF_ALL = 500_000;
const MOST_BYTES = 128 * 1024 * 1024;
const LONGEST_COMPARED = 64 * 1024;
/** Of other messages the beginning tells whether something was changed; of READ and WRITE no pass holds more than this. */
const LONGEST_HASHED = 1024;
const LONGEST_HASHED_OF_DATA = 128;
/** A header without its Signature: all that tells one message from another. */
const READABLE_HEADER = 48;
/** TRANSFORM_HEADER, whose Signature covers the whole message, and the smallest COMPRESSION_TRANSFORM_HEADER ([MS-SMB2] 2.2.41, 2.2.42). */
const HIDDEN_HEADER = { encrypted: 52, compressed: 16 } as const;
const SMB1_NEGOTIATE = 0x72;
const STATUS_PENDING = 0x00000103;
/** Nonce of a TRANSFORM_HEADER ([MS-SMB2] 2.2.41): a message's own. */
const NONCE = { start: 20, end: 36 } as const;
const { NEGOTIATE, SESSION_SETUP, IOCTL, READ, WRITE } = Command.value;

/**
 * Reads some connections of an analysed capture again, as far as a comparison with another capture needs them: what each message is, and
 * the bytes of NEGOTIATE, SESSION_SETUP and the validate exchange. In the order of `ids`.
 */
export async function readForComparison(
  source: ByteSource,
  analysis: Analysis,
  ids: readonly number[],
  options: ReadForComparisonOptions,
  signal: CancelSignal,
): Promise<readonly ComparedConnection[]> {
  if (ids.length === 0) return [];
  const pass = new ComparisonPass([...SMB_PORTS, ...(options.ports ?? [])], analysis, ids);
  await pass.run(source, { untilFrame: analysis.capture.frames, onChunk: () => options.pause?.() }, signal);
  return ids.flatMap((id) => pass.read.get(id) ?? []);
}

interface Kept {
  readonly messages: ComparedMessage[];
  omitted: number;
  /** MessageIds of its validate requests. */
  readonly validations: Set<bigint>;
}

class ComparisonPass extends Scan {
  readonly wantsAll = true;
  readonly read = new Map<number, ComparedConnection>();
  private readonly analysis: Analysis;
  private readonly kept = new Map<number, Kept>();
  private messageCount = 0;
  private byteCount = 0;

  constructor(ports: readonly number[], analysis: Analysis, ids: readonly number[]) {
    super(ports);
    this.analysis = analysis;
    for (const id of ids) this.kept.set(id, { messages: [], omitted: 0, validations: new Set() });
  }

  override readonly keep: KeepMessage = (id, fromClient, kind, bytes, view, start, available, length, frame, time) => {
    const kept = this.kept.get(id);
    if (kept === undefined) return;
    if (kept.messages.length >= MOST_MESSAGES || this.messageCount >= MOST_MESSAGES_OF_ALL || this.byteCount >= MOST_BYTES) {
      kept.omitted++;
      return;
    }
    const identity =
      kind === "SMB2" ? readSmb2(view, start, available, kept.validations) : readOther(kind, bytes, start, available, fromClient);
    const hashed = Math.min(length, longestHashed(identity, kind));
    const copy = identity.byField ? bytes.slice(start, start + Math.min(available, LONGEST_COMPARED)) : null;
    this.messageCount++;
    this.byteCount += copy?.length ?? 0;
    kept.messages.push({
      key: `${fromClient ? ">" : "<"}${identity.name}`,
      kind,
      frame,
      time,
      fromClient,
      response: identity.response,
      command: identity.command,
      validates: identity.validates,
      length,
      available,
      hash: available < hashed ? null : hashOf(bytes, start, start + hashed),
      bytes: copy,
    });
  };

  over(facts: ConnectionFacts): boolean {
    const kept = this.kept.get(facts.id);
    if (kept === undefined) return true;
    this.read.set(facts.id, {
      connection: this.analysis.connections.get(facts.id - 1),
      synSeen: facts.synSeen,
      messages: kept.messages.sort((one, other) => one.frame - other.frame),
      omittedMessages: kept.omitted,
      ends: facts.ends,
      lostFromClient: facts.lostFromClient,
      lostFromServer: facts.lostFromServer,
    });
    this.kept.delete(facts.id);
    return true;
  }
}

/** What a message is. */
interface Identity {
  readonly name: string;
  readonly command: number;
  readonly response: boolean;
  readonly validates: boolean;
  /** It is compared by field, so its bytes are kept. */
  readonly byField: boolean;
}

function readSmb2(view: DataView, start: number, available: number, validations: Set<bigint>): Identity {
  if (available < READABLE_HEADER) return { name: "cut", command: -1, response: false, validates: false, byField: false };
  const command = view.getUint16(start + Header.at.Command, true);
  const response = (view.getUint32(start + Header.at.Flags, true) & HeaderFlags.mask.SERVER_TO_REDIR) !== 0;
  const messageId = view.getBigUint64(start + Header.at.MessageId, true);
  const validates = command === IOCTL && isValidation(view, start, available, response, messageId, validations);
  const isInterim = response && view.getUint32(start + 8, true) === STATUS_PENDING;
  return {
    name: `${command} ${messageId}${isInterim ? " interim" : ""}`,
    command,
    response,
    validates,
    byField: command === NEGOTIATE || command === SESSION_SETUP || validates,
  };
}

/** An error has no control code: its request's MessageId tells. */
function isValidation(
  view: DataView,
  start: number,
  available: number,
  response: boolean,
  messageId: bigint,
  validations: Set<bigint>,
): boolean {
  const at = start + Header.size + 4;
  const code = available >= Header.size + 8 ? view.getUint32(at, true) : 0;
  const names = code === FSCTL_VALIDATE_NEGOTIATE_INFO;
  if (names && !response) validations.add(messageId);
  return names || (response && validations.has(messageId));
}

function readOther(kind: MessageKind, bytes: Uint8Array, start: number, available: number, fromClient: boolean): Identity {
  if (kind === "SMB1") {
    const command = available > 4 ? (bytes[start + 4] ?? 0) : -1;
    return { name: `SMB1 ${command}`, command, response: !fromClient, validates: false, byField: command === SMB1_NEGOTIATE };
  }
  const nonce = kind === "encrypted" ? hexBytes(bytes, start + NONCE.start, start + Math.min(available, NONCE.end)) : "";
  return { name: `${kind} ${nonce}`, command: -1, response: !fromClient, validates: false, byField: false };
}

function longestHashed({ byField, command }: Identity, kind: MessageKind): number {
  if (byField) return LONGEST_COMPARED;
  if (kind === "encrypted" || kind === "compressed") return HIDDEN_HEADER[kind];
  return command === READ || command === WRITE ? LONGEST_HASHED_OF_DATA : LONGEST_HASHED;
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash >>> 0;
}
