import type { PackedFormat } from "../bytes/packing.ts";
import type { CaptureInterface } from "../capture/captureInterface.ts";
import type { CaptureNotes } from "../capture/captureNotes.ts";
import type { CaptureFormat } from "../capture/captureParser.ts";
import type { Issue } from "../capture/issue.ts";

/** What was read of the file as a whole. */
export interface Capture {
  /** Null: no format that is read. */
  readonly format: CaptureFormat | null;
  /** The compressed format that the file is packed in; null: it is not. */
  readonly packing: PackedFormat | null;
  /** Bytes of the file, and of these what was read; the compressed bytes where it is packed. */
  readonly size: number;
  readonly bytesRead: number;
  readonly frames: number;
  readonly interfaces: readonly CaptureInterface[];
  /** What the file says besides its frames. */
  readonly notes: CaptureNotes;
  readonly issues: readonly Issue[];
  /** Whole seconds since 1970 that all times are relative to: some before the first frame's. */
  readonly baseSeconds: number;
  /** Nanoseconds since baseSeconds of the first and last frame (earliest and latest). */
  readonly firstTime: number;
  readonly lastTime: number;
  /** TCP connections opened (SYN seen) by server port, most used first, at most 16 ports; and their whole number. */
  readonly tcpPorts: readonly { readonly port: number; readonly connections: number }[];
  readonly tcpConnections: number;
  /** Frames on UDP port 443 that look like QUIC. */
  readonly quicFrames: number;
  /** SMB2 frames that were encrypted or compressed. */
  readonly encryptedMessages: number;
  readonly compressedMessages: number;
  readonly smb1Messages: number;
  /** True when the whole file was read. */
  readonly complete: boolean;
}
