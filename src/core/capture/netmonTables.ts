import { hexBytes } from "../bytes/hex.ts";
import { decodeLatin1, decodeUtf16 } from "../bytes/text.ts";
import { type CaptureProcess, LONGEST_TEXT } from "./captureNotes.ts";

/* Tables of a Network Monitor 2.x file besides its frames. All numbers are little-endian. */

const LONGEST_PART = 1024 * 1024;
const LONGEST_PATH = 65_536;
/** What follows path and icon of a process. */
const PROCESS_END = 48;

/** What stands at a place of a table; a number: so many bytes must be there before it can be told; null: it cannot be right. */
type Entry<Value> = { readonly value: Value; readonly length: number } | number | null;

/** A comment: the place of its frame in the file (as the frame table has it), title and description. */
export function readComment(bytes: Uint8Array, view: DataView, at: number, end: number): Entry<{ frameAt: number; text: string }> {
  const have = end - at;
  if (have < 12) return 12;
  const title = view.getUint32(at + 8, true);
  if (title > LONGEST_PART) return null;
  if (have < 16 + title) return 16 + title;
  const description = view.getUint32(at + 12 + title, true);
  if (description > LONGEST_PART) return null;
  const length = 16 + title + description;
  if (have < length) return length;
  const titleText = decodeUtf16(bytes, at + 12, at + 12 + Math.min(title, LONGEST_TEXT));
  const described = at + 16 + title;
  const text = decodeLatin1(bytes, described, described + Math.min(description, LONGEST_TEXT));
  // Most descriptions are RTF, of which a reader would see the markup.
  const parts = [titleText, text.startsWith("{\\rtf") ? "" : text].map((part) => part.replace(/\0+$/, "")).filter((part) => part !== "");
  return { value: { frameAt: view.getUint32(at + 4, true), text: parts.join("\n") }, length };
}

/** A process with the connection it was seen on. */
export function readProcess(bytes: Uint8Array, view: DataView, at: number, end: number): Entry<CaptureProcess> {
  const have = end - at;
  if (have < 4) return 4;
  const path = view.getUint32(at, true);
  if (path > LONGEST_PATH) return null;
  if (have < 8 + path) return 8 + path;
  const icon = view.getUint32(at + 4 + path, true);
  if (icon > LONGEST_PART) return null;
  const length = 8 + path + icon + PROCESS_END;
  if (have < length) return length;
  const rest = at + 8 + path + icon;
  const addressLength = view.getUint32(rest + 12, true) === 0 ? 4 : 16;
  return {
    length,
    value: {
      path: decodeUtf16(bytes, at + 4, at + 4 + Math.min(path, LONGEST_TEXT)).replace(/\0+$/, ""),
      id: view.getUint32(rest, true),
      localPort: view.getUint16(rest + 4, true),
      remotePort: view.getUint16(rest + 8, true),
      localAddress: hexBytes(bytes, rest + 16, rest + 16 + addressLength),
      remoteAddress: hexBytes(bytes, rest + 32, rest + 32 + addressLength),
    },
  };
}
