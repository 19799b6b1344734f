import type { AskedInformation } from "./askedInformation.ts";
import type { MessageKind } from "./messageSink.ts";

/** A message with its bytes. */
export interface CapturedMessage {
  /** Number of its connection, as in the analysis. */
  readonly connection: number;
  /** The frame that completes it. */
  readonly frame: number;
  readonly fromClient: boolean;
  readonly kind: MessageKind;
  /** Its first bytes: all of a control message, the fixed part of READ and WRITE. */
  readonly bytes: Uint8Array;
  /** Bytes of the message on the wire. */
  readonly length: number;
  /** What its request asked for, where the message is a response of QUERY_INFO or QUERY_DIRECTORY. */
  readonly asked: AskedInformation | undefined;
}
