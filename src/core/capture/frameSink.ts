/** Which way a frame went, where the file says it: seen from the machine that captured it. */
export type Direction = typeof UNKNOWN_DIRECTION | typeof INBOUND | typeof OUTBOUND;
export const UNKNOWN_DIRECTION = 0;
export const INBOUND = 1;
export const OUTBOUND = 2;

/**
 * Who takes the frames of a capture. One call a frame with numbers only: an object a frame costs three to five times the whole walk.
 * The bytes are a window of the read buffer and are overwritten after the call.
 */
export interface FrameSink {
  /**
   * Told before a frame that the file calls one sight of a packet (epb_packetid of pcapng): the interfaces of its section are places of one
   * machine, at which the same packet was seen.
   * @param packet 32 bits of the packet's number, never 0
   * @param machine the first interface of the section
   */
  sighting(packet: number, machine: number): void;
  /**
   * @param start offset of the frame's first byte in `bytes`
   * @param captured bytes of the frame that the file holds; `bytes` is at least `start + captured` long
   * @param original bytes of the frame on the wire, at least `captured`
   * @param interfaceId number of the interface over the whole file (sections counted on)
   * @param seconds whole seconds since 1970; `nanoseconds` 0 to 999,999,999
   * @param number of the frame in the file, from 1
   */
  frame(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    captured: number,
    original: number,
    linkType: number,
    interfaceId: number,
    seconds: number,
    nanoseconds: number,
    number: number,
    direction: Direction,
  ): void;
}
