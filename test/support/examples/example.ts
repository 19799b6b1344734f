import type { Struct } from "../../../src/core/struct/struct.ts";
import { fromHex } from "../labMessages.ts";

/** The bytes of a structure, written by hand from the specification, and what they say. */
export interface Example {
  readonly declaration: Struct;
  /** Size of the fixed fields, from the specification's diagram. */
  readonly size: number;
  /** Digits of the structure; after an SMB2 header where the example is a body. */
  readonly hex: string;
  /** Everything that the structure says, without the ranges of its buffers. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Stands after an SMB2 header of zeros, with this Status. */
  readonly status?: number;
}

const HEADER_SIZE = 64;
const STATUS_OFFSET = 8;

/** A structure by itself. */
export function plain(declaration: Struct, size: number, hex: string, value: Example["value"]): Example {
  return { declaration, size, hex, value };
}

/** The body of a message: offsets count from the header before it. */
export function body(declaration: Struct, size: number, hex: string, value: Example["value"], status = 0): Example {
  return { declaration, size, hex, value, status };
}

/** All bytes of an example, and where its structure starts. */
export function exampleBytes({ hex, status }: Example): { readonly bytes: Uint8Array; readonly start: number } {
  const own = fromHex(hex);
  if (status === undefined) return { bytes: own, start: 0 };
  const bytes = new Uint8Array(HEADER_SIZE + own.length);
  new DataView(bytes.buffer).setUint32(STATUS_OFFSET, status, true);
  bytes.set(own, HEADER_SIZE);
  return { bytes, start: HEADER_SIZE };
}
