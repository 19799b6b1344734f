/** TCP flags, RFC 9293 3.1. */
export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const ACK = 16;
export const URG = 32;

/**
 * One TCP segment, its fields read in place from the read buffer. One object is used for all segments: a segment is taken apart
 * before the next one is read, and a fresh object for each costs more than parsing it.
 */
export interface Segment {
  bytes: Uint8Array;
  view: DataView;
  frame: number;
  /** Nanoseconds since the capture's base second. */
  time: number;
  /** Interface of the capture file. */
  interfaceId: number;
  /** Interface of the capturing machine, where the frame itself names one ("any" captures) or the file numbers its packets; else 0. */
  place: number;
  /** 32 bits of the number by which the file tells the same packet at several places; 0: it has none. */
  packet: number;
  /** True: the addresses are the 16 bytes at `sourceAt` and `destinationAt`; false: the 4 bytes there. */
  ipv6: boolean;
  sourceAt: number;
  destinationAt: number;
  /** Where the TCP header begins; -1 for a SYN that is handed on later, whose header is gone. */
  headerAt: number;
  sourcePort: number;
  destinationPort: number;
  flags: number;
  sequence: number;
  acknowledgment: number;
  /** Payload that the file holds: `bytes[payloadStart, payloadEnd)`. */
  payloadStart: number;
  payloadEnd: number;
  /** Payload length on the wire; more than the file holds where the snap length cut it. */
  payloadLength: number;
  /** Only the beginning of a segment whose rest is in other fragments. */
  partial: boolean;
}

export interface SegmentSink {
  segment(segment: Segment): void;
}
