import type { Connection } from "../model/connection.ts";
import type { EndEvent } from "../model/connectionFacts.ts";
import type { MessageKind } from "../smb2/messageSink.ts";

/** A message as far as two sides of a connection are compared by it. */
export interface ComparedMessage {
  /** Tells it from every other message of the connection but for its repetitions: the same on both sides where nothing was changed. */
  readonly key: string;
  readonly kind: MessageKind;
  readonly frame: number;
  /** Nanoseconds since `Capture.baseSeconds` of its capture. */
  readonly time: number;
  readonly fromClient: boolean;
  readonly response: boolean;
  /** SMB2 Command (SMB1 Command for SMB1); -1 where it is hidden or cut off. */
  readonly command: number;
  /** Part of an FSCTL_VALIDATE_NEGOTIATE_INFO exchange. */
  readonly validates: boolean;
  /** Length on the wire in bytes. */
  readonly length: number;
  /** Bytes of it that the capture holds, as far as they were asked for. */
  readonly available: number;
  /** Hash of the first bytes, at most `available`; null where the snap length cut them. */
  readonly hash: number | null;
  /** The message from its ProtocolId on, of those that are compared by field; else null. */
  readonly bytes: Uint8Array | null;
}

/** A connection of one capture, read to be compared with the other capture's. */
export interface ComparedConnection {
  readonly connection: Connection;
  readonly synSeen: boolean;
  /** In order of their frames. */
  readonly messages: readonly ComparedMessage[];
  /** Messages behind those, which were too many. */
  readonly omittedMessages: number;
  readonly ends: readonly EndEvent[];
  /** Bytes of the streams that the capture does not hold. */
  readonly lostFromClient: number;
  readonly lostFromServer: number;
}

/** A capture as far as its times matter: nanoseconds since `baseSeconds`. */
export interface CaptureClock {
  readonly baseSeconds: number;
  readonly firstTime: number;
  readonly lastTime: number;
}
