import { RepeatedText } from "../bytes/repeatedText.ts";

const HEADER = 64;
const LONGEST_PATH = 1024;
const paths = new RepeatedText();

/** UNC path of a TREE_CONNECT request ([MS-SMB2] 2.2.9); null when it was not kept. Hostile text. */
export function readTreePath(view: DataView, bytes: Uint8Array, start: number, end: number): string | null {
  const body = start + HEADER;
  if (end - body < 8) return null;
  const from = start + view.getUint16(body + 4, true);
  const to = Math.min(end, from + Math.min(view.getUint16(body + 6, true), LONGEST_PATH));
  return to > from ? paths.utf16(bytes, from, to) : null;
}
