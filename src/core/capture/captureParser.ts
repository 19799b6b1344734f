import type { CaptureInterface } from "./captureInterface.ts";
import type { CaptureNotes } from "./captureNotes.ts";
import type { Issue } from "./issue.ts";

/** Formats that are read, as reports name them. */
export type CaptureFormat = "pcap" | "pcapng" | "snoop" | "iptrace" | "netmon-1" | "netmon-2";

/** Reads one container format out of windows of the file. */
export interface CaptureParser {
  readonly format: CaptureFormat;
  readonly interfaces: readonly CaptureInterface[];
  readonly notes: CaptureNotes;
  readonly issues: readonly Issue[];
  /** Frames handed on so far. */
  readonly frames: number;
  /** Set when nothing more can be read. */
  readonly stopped: boolean;
  /** Set when everything was read, whatever stands behind it in the file. */
  readonly done: boolean;
  /** Bytes that the record at the start of the window needs; the window grows up to it. 0: unknown. */
  readonly needed: number;
  /** Position in the file that is wanted next, where it is not the first byte that was not consumed. Only formats with tables jump. */
  readonly jump: number | null;
  /**
   * Hands on every whole frame in `bytes[start, end)` and gives the offset of the first byte not consumed.
   * @param fileOffset position in the file of `bytes[0]`
   */
  parse(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): number;
  /** The same where the file ends at `end`: says what is wrong with the bytes that are no whole record. With `jump` set it goes on there. */
  finish(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): void;
}

/** Largest record that is believed: Wireshark's own limit for a frame (256 KiB) leaves out jumbo offload frames of some tools. */
export const LARGEST_FRAME = 4 * 1024 * 1024;
/** Largest record that needs no second look. */
export const USUAL_FRAME = 256 * 1024;
/** Largest pcapng block of any kind that is believed. */
export const LARGEST_BLOCK = 16 * 1024 * 1024;
/** Interfaces over a file that are remembered; frames of the others are passed over. */
export const MOST_INTERFACES = 65_536;
