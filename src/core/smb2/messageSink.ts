import type { LossCause } from "../net/tcpStream.ts";

/** What stands at the start of a message on the stream. */
export type MessageKind = "SMB2" | "SMB1" | "encrypted" | "compressed";

/**
 * Takes the messages of both directions of a connection, each when its last byte was seen.
 * `bytes[start, start + available)` is what was kept of it: all of a control message (at most `LARGEST_KEPT`), the header of others; less
 * than a header where the capture holds no more (or the packet is no SMB2 at all but for its magic).
 */
export interface MessageSink {
  /**
   * @param length bytes of the message on the wire
   * @param truncated the capture holds fewer bytes of it than were asked for
   */
  message(
    fromClient: boolean,
    kind: MessageKind,
    bytes: Uint8Array,
    view: DataView,
    start: number,
    available: number,
    length: number,
    truncated: boolean,
    frame: number,
    time: number,
  ): void;
  /** Bytes of the direction that the capture does not hold. `hid`: a message, or the beginning of one, may be among them. */
  lost(fromClient: boolean, why: LossCause, hid: boolean, frame: number): void;
  /** How many bytes of a message with this header are wanted. */
  wanted(view: DataView, start: number): number;
}
