import type { Endpoint } from "../net/endpoint.ts";
import type { WaitingBytes } from "../net/waitingBytes.ts";
import type { MessageParts } from "../smb2/messageParts.ts";
import type { MessageKind } from "../smb2/messageSink.ts";
import type { MessageTable } from "../smb2/messageTable.ts";
import type { ConnectionFacts } from "./connectionFacts.ts";
import type { KnownServers } from "./knownServers.ts";

/** Takes a message of a connection by its number; `parts` where it lies in several frames, overwritten after the call. */
export type KeepMessage = (
  id: number,
  fromClient: boolean,
  kind: MessageKind,
  bytes: Uint8Array,
  view: DataView,
  start: number,
  available: number,
  length: number,
  frame: number,
  time: number,
  parts: MessageParts | null,
) => void;

/** What one pass over the capture does with what the followers find. */
export interface PassRecorder {
  /** Takes every message, where somebody wants a table of them all. */
  readonly messages: MessageTable | null;
  /** Messages are wanted whole (for the screen), not only as far as the facts need them. */
  readonly wantsAll: boolean;
  /** Counts what the streams keep of messages whose rest is to come. */
  readonly waiting: WaitingBytes;
  /** Number for a connection whose first SMB message was seen: 1, 2, ... the same in every pass over the same capture. */
  nextId(flow: number, clientEnd: number): number;
  /** Takes each message, where the messages themselves are wanted. */
  readonly keep: KeepMessage | null;
  endpoint(flow: number, end: number): Endpoint;
  /** What the connections so far negotiated, by which later ones are judged. */
  readonly servers: KnownServers;
  /** Time of the latest frame so far. */
  now(): number;
  /**
   * The connection is over. True when nothing of `facts` is kept but strings, lists and numbers, so that the objects may serve another
   * connection; false: `facts` will not change any more.
   */
  over(facts: ConnectionFacts, flow: number, clientEnd: number): boolean;
}
