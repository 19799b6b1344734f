import type { MessagePart } from "../smb2/messageParts.ts";
import type { MessageKind } from "../smb2/messageSink.ts";

/** A message of one connection with its own bytes, read again on demand. */
export interface DetailMessage {
  readonly frame: number;
  readonly time: number;
  readonly fromClient: boolean;
  readonly kind: MessageKind;
  /** SMB2 Command (SMB1 Command for SMB1; -1 for encrypted and compressed). */
  readonly command: number;
  readonly response: boolean;
  readonly status: number;
  readonly signed: boolean;
  readonly messageId: string;
  readonly sessionId: string;
  readonly treeId: number;
  /** Length on the wire in bytes. */
  readonly length: number;
  /** A copy of the message from its ProtocolId on: at most 64 KiB of a control message, the first 128 bytes of READ and WRITE. */
  readonly bytes: Uint8Array;
  /** Which frames brought its bytes, where they were several. */
  readonly parts?: readonly MessagePart[];
}
