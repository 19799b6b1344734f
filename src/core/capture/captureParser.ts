import type { Issue } from "./issue.ts";

/** An interface as the file describes it; a pcap file has one. */
export interface ParsedInterface {
  readonly linkType: number;
  readonly timestampResolution: number;
  readonly snapLength: number;
  readonly name: string | null;
}

/** Reads one container format out of windows of the file. */
export interface CaptureParser {
  readonly format: "pcap" | "pcapng";
  readonly interfaces: readonly ParsedInterface[];
  readonly issues: Issue[];
  /** Frames handed on so far. */
  frames: number;
  /** Set when nothing after the last consumed byte can be read. */
  stopped: boolean;
  /** Bytes that the record at the start of the window needs; the window grows up to it. 0: unknown. */
  needed: number;
  /**
   * Hands on every whole frame in `bytes[start, end)` and gives the offset of the first byte not consumed.
   * @param fileOffset position in the file of `bytes[0]`
   */
  parse(bytes: Uint8Array, view: DataView, start: number, end: number, fileOffset: number): number;
  /** The file ends with `rest` bytes that are no whole record. */
  finish(rest: number, fileOffset: number): void;
}

/** Largest record that is believed: Wireshark's own limit for a frame (256 KiB) leaves out jumbo offload frames of some tools. */
export const LARGEST_FRAME = 4 * 1024 * 1024;
/** Largest pcapng block of any kind that is believed. */
export const LARGEST_BLOCK = 16 * 1024 * 1024;
