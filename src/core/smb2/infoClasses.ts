import type { Struct } from "../struct/struct.ts";

/** The structures of one information class. What is not there stays opaque. */
export interface InfoClass {
  /** Input buffer of a QUERY_INFO request: only quota and extended attributes have one. */
  readonly query?: Struct;
  /** Output buffer of a QUERY_INFO response; for the classes of QUERY_DIRECTORY its buffer, a structure whose one part is the chain of entries. */
  readonly response?: Struct;
  /** Buffer of a SET_INFO request. */
  readonly set?: Struct;
}

/** InfoType and class as one number: the key of {@link infoClasses}. QUERY_DIRECTORY counts as InfoType FILE (1). */
export function infoKey(infoType: number, infoClass: number): number {
  return infoType * 0x100 + infoClass;
}

/**
 * The structures of QUERY_INFO, SET_INFO and QUERY_DIRECTORY by {@link infoKey}. Each is read with the buffer as its bounds and its start
 * as base of its offsets (`atStruct`, never `atHeader`); lists whose elements name the next one are a `chain`.
 * Its fields are shown below the message's own: `Buffer.EndOfFile`, `Buffer.Entries[0].FileName`.
 */
export const infoClasses: Readonly<Record<number, InfoClass>> = {};
