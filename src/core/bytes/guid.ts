import { hexBytes } from "./hex.ts";

/** Number of bytes of a GUID. */
export const GUID_SIZE = 16;

/**
 * The GUID in the 16 bytes from `start` on, lower-case 8-4-4-4-12. The first three groups are little-endian on the wire
 * ([MS-DTYP] 2.3.4.2). The caller has checked that the bytes are there.
 */
export function readGuidText(bytes: Uint8Array, start: number): string {
  const data1 = swapped(bytes, start, 4);
  const data2 = swapped(bytes, start + 4, 2);
  const data3 = swapped(bytes, start + 6, 2);
  return `${data1}-${data2}-${data3}-${hexBytes(bytes, start + 8, start + 10)}-${hexBytes(bytes, start + 10, start + GUID_SIZE)}`;
}

function swapped(bytes: Uint8Array, start: number, length: number): string {
  return hexBytes(bytes.slice(start, start + length).reverse(), 0, length);
}
