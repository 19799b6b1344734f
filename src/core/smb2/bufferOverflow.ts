import type { Peek } from "../struct/variant.ts";
import { Header } from "./header.ts";

const STATUS_BUFFER_OVERFLOW = 0x80000005;

/** Whether a response says that its buffer holds only the first part of what was asked for ([MS-SMB2] 3.3.4.4). */
export function isBufferOverflow(header: Peek): boolean {
  return header.u32(Header.at.Status) === STATUS_BUFFER_OVERFLOW;
}
