import type { ByteSource } from "./bytes/byteSource.ts";
import type { CancelSignal } from "./bytes/cancelSignal.ts";
import { hex64 } from "./bytes/hex.ts";
import type { ConnectionFacts } from "./model/connectionFacts.ts";
import type { DetailMessage } from "./model/detailMessage.ts";
import type { KeepMessage } from "./model/passRecorder.ts";
import type { Analysis, ConnectionDetail } from "./rules/analysis.ts";
import { judgeConnection } from "./rules/engine.ts";
import { Scan, SMB_PORTS } from "./scan.ts";
import { Command } from "./smb2/constants/commands.ts";

export interface ReadConnectionsOptions {
  /** The ports that the analysis was made with, besides 445 and 139. */
  readonly ports?: readonly number[] | undefined;
  /** Messages kept of one connection: a page of them. 2,000 unless given. */
  readonly messageLimit?: number | undefined;
  /** The page that is kept. 0, the first, unless given. */
  readonly page?: number | undefined;
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Messages on a page of a connection unless told otherwise. */
export const MESSAGE_LIMIT = 2000;
const LONGEST_KEPT = 64 * 1024;
/** Of READ and WRITE, whose payload nobody looks at. */
const LONGEST_KEPT_OF_DATA = 128;
const NEVER: CancelSignal = { aborted: false };

/**
 * Reads some connections of an analysed capture again, in full: their messages with their bytes, their facts and every rule's verdict. A
 * second pass from the start of the file to their last frame; it numbers everything as the first did. Connections that do not exist are
 * left out. The order is that of `ids`.
 */
export async function readConnections(
  source: ByteSource,
  analysis: Analysis,
  ids: readonly number[],
  options: ReadConnectionsOptions = {},
  signal: CancelSignal = NEVER,
): Promise<readonly ConnectionDetail[]> {
  const wanted = ids.filter((id) => id >= 1 && id <= analysis.connections.count);
  if (wanted.length === 0) return [];
  const pass = new DetailPass([...SMB_PORTS, ...(options.ports ?? [])], analysis, wanted, options);
  await pass.run(source, { untilFrame: analysis.capture.frames, onChunk: () => options.pause?.() }, signal);
  return wanted.flatMap((id) => pass.details.get(id) ?? []);
}

interface KeptMessages {
  readonly messages: DetailMessage[];
  readonly pageFrames: number[];
  seen: number;
}

class DetailPass extends Scan {
  readonly wantsAll = true;
  readonly details = new Map<number, ConnectionDetail>();
  private readonly analysis: Analysis;
  private readonly kept = new Map<number, KeptMessages>();
  private readonly limit: number;
  /** Messages before the page. */
  private readonly before: number;

  constructor(ports: readonly number[], analysis: Analysis, ids: readonly number[], { messageLimit, page }: ReadConnectionsOptions) {
    super(ports);
    this.analysis = analysis;
    this.limit = messageLimit ?? MESSAGE_LIMIT;
    this.before = (page ?? 0) * this.limit;
    for (const id of ids) this.kept.set(id, { messages: [], pageFrames: [], seen: 0 });
  }

  override readonly keep: KeepMessage = (id, fromClient, kind, bytes, view, start, available, length, frame, time, parts) => {
    const kept = this.kept.get(id);
    if (kept === undefined) return;
    const number = kept.seen++;
    if (number % this.limit === 0) kept.pageFrames.push(frame);
    if (number < this.before || number >= this.before + this.limit) return;
    const header = kind === "SMB2" && available >= 64 ? readHeader(view, start) : NO_HEADER;
    const longest = header.command === Command.value.READ || header.command === Command.value.WRITE ? LONGEST_KEPT_OF_DATA : LONGEST_KEPT;
    const copy = bytes.slice(start, start + Math.min(available, longest));
    const command = kind === "SMB1" ? (copy[4] ?? 0) : header.command;
    const response = kind === "SMB1" ? ((copy[9] ?? 0) & 0x80) !== 0 : kind === "SMB2" && available >= 64 ? header.response : !fromClient;
    const status = kind === "SMB1" && available >= 9 ? view.getUint32(start + 5, true) : header.status;
    const from = parts?.toList() ?? [];
    kept.messages.push({
      ...header,
      command,
      response,
      status,
      frame,
      time,
      fromClient,
      kind,
      length,
      bytes: copy,
      ...(from.length > 0 && { parts: from }),
    });
  };

  over(facts: ConnectionFacts): boolean {
    const kept = this.kept.get(facts.id);
    if (kept === undefined) return true;
    facts.otherView = this.analysis.otherViews?.get(facts.id) ?? null;
    const { outcomes, findings } = judgeConnection(facts);
    // Messages come in the order in which they were completed on either stream; the screen wants the order of the capture.
    const messages = kept.messages.sort((one, other) => one.frame - other.frame);
    this.details.set(facts.id, {
      connection: this.analysis.connections.get(facts.id - 1),
      facts,
      verdicts: outcomes,
      findings,
      messages,
      omittedMessages: kept.seen - messages.length,
      pageFrames: kept.pageFrames,
      ends: facts.ends,
    });
    return false;
  }
}

const NO_HEADER = { command: -1, response: false, status: 0, signed: false, messageId: "", sessionId: "", treeId: 0 };

function readHeader(view: DataView, start: number): typeof NO_HEADER {
  const flags = view.getUint32(start + 16, true);
  return {
    command: view.getUint16(start + 12, true),
    response: (flags & 1) !== 0,
    status: view.getUint32(start + 8, true),
    signed: (flags & 8) !== 0,
    messageId: view.getBigUint64(start + 24, true).toString(),
    sessionId: hex64(view.getUint32(start + 40, true), view.getUint32(start + 44, true)),
    treeId: (flags & 2) === 0 ? view.getUint32(start + 36, true) : 0,
  };
}
