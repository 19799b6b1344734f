import type { Struct } from "../struct/struct.ts";

/** The structures of one control code. What is not there stays opaque. */
export interface FsctlPayload {
  /** Input buffer of the IOCTL request. */
  readonly request?: Struct;
  /** Output buffer of the IOCTL response. */
  readonly response?: Struct;
}

/**
 * The structures of IOCTL buffers by CtlCode. Each is read with the buffer as its bounds and its start as base of its offsets (`atStruct`,
 * never `atHeader`). Its fields are shown below the message's own: `Input.SourceKey`, `Output.Chunks[0].Length`.
 * FSCTL_VALIDATE_NEGOTIATE_INFO is not here: its fields count as fields of the message, see `ioctl.ts`.
 */
export const fsctlPayloads: Readonly<Record<number, FsctlPayload>> = {};
