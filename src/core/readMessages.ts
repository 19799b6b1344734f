import type { ByteSource } from "./bytes/byteSource.ts";
import type { CancelSignal } from "./bytes/cancelSignal.ts";
import type { Capture } from "./model/capture.ts";
import type { KeepMessage } from "./model/passRecorder.ts";
import { Scan, SMB_PORTS, summarise } from "./scan.ts";
import { type AskedInformation, readAskedInformation } from "./smb2/askedInformation.ts";
import type { CapturedMessage } from "./smb2/capturedMessage.ts";
import { HeaderFlags } from "./smb2/constants/headerFlags.ts";
import { Header } from "./smb2/header.ts";

export interface ReadMessagesOptions {
  /** Only the messages that this frame completes. All unless given. */
  readonly frame?: number | undefined;
  /** More ports than 445 and 139. */
  readonly ports?: readonly number[] | undefined;
  readonly onMessage: (message: CapturedMessage) => void;
  readonly pause?: (() => Promise<void>) | undefined;
}

const NEVER: CancelSignal = { aborted: false };

/** Reads a capture for the messages themselves: one pass, up to the last frame that is wanted. Gives what it says of the file. */
export async function readMessages(source: ByteSource, options: ReadMessagesOptions, signal: CancelSignal = NEVER): Promise<Capture> {
  const pass = new MessagePass([...SMB_PORTS, ...(options.ports ?? [])], options);
  const read = await pass.run(source, { untilFrame: options.frame, onChunk: () => options.pause?.() }, signal);
  return summarise(pass, read, source, { encrypted: 0, compressed: 0, smb1: 0 });
}

/** Requests of one connection that are remembered; a client with more of them open is none. */
const MOST_ASKED = 8192;
const STATUS_PENDING = 0x00000103;

class MessagePass extends Scan {
  readonly wantsAll = true;
  private readonly options: ReadMessagesOptions;
  /** By connection, then by MessageId. */
  private readonly asked = new Map<number, Map<bigint, AskedInformation>>();

  constructor(ports: readonly number[], options: ReadMessagesOptions) {
    super(ports);
    this.options = options;
  }

  override readonly keep: KeepMessage = (connection, fromClient, kind, bytes, view, start, available, length, frame) => {
    const asked = kind === "SMB2" && available >= Header.size ? this.follow(connection, bytes, view, start, available) : undefined;
    const { frame: wanted, onMessage } = this.options;
    if (wanted !== undefined && frame !== wanted) return;
    onMessage({ connection, frame, fromClient, kind, bytes: bytes.slice(start, start + available), length, asked });
  };

  over(facts: { readonly id: number }): boolean {
    this.asked.delete(facts.id);
    return true;
  }

  /** Remembers what a request asks for until its final response. */
  private follow(connection: number, bytes: Uint8Array, view: DataView, start: number, available: number): AskedInformation | undefined {
    const messageId = view.getBigUint64(start + Header.at.MessageId, true);
    const isResponse = (view.getUint32(start + Header.at.Flags, true) & HeaderFlags.mask.SERVER_TO_REDIR) !== 0;
    if (!isResponse) {
      this.remember(connection, messageId, readAskedInformation(bytes, start, start + available));
      return undefined;
    }
    const open = this.asked.get(connection);
    const asked = open?.get(messageId);
    if (view.getUint32(start + Header.at.Status, true) !== STATUS_PENDING) open?.delete(messageId);
    return asked;
  }

  private remember(connection: number, messageId: bigint, asked: AskedInformation | undefined): void {
    if (asked === undefined) return;
    const open = this.asked.get(connection) ?? new Map<bigint, AskedInformation>();
    if (open.size < MOST_ASKED) open.set(messageId, asked);
    this.asked.set(connection, open);
  }
}
