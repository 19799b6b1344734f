import { hexBytes, spacedHex, toFieldJson, toFieldText, toMessageTree, toMessageTreeJson } from "../core/index.ts";
import type { CopyForm } from "../protocol/messageViews.ts";
import type { MessageList } from "./messageList.ts";
import { displayFilter, findRow, flagFilter } from "./views/displayFilter.ts";
import { fieldTree } from "./views/messageView.ts";
import type { HostTexts } from "./views/texts.ts";

const BYTES_A_LINE = 16;

/** A field of a message, or where `path` is empty all of the message, in the form wanted; empty where there is none. */
export function copyMessage(list: MessageList, index: number, path: string, form: CopyForm, texts: HostTexts): string {
  const read = fieldTree(list, index);
  if (read === undefined) return "";
  const { message, root } = read;
  if (path === "") return copyWhole(list, index, form, texts);
  const found = findRow(root, path);
  if (found === undefined) return "";
  const { node, flag } = found;
  switch (form) {
    case "text":
      return flag === undefined ? toFieldText(node, message.length, texts.language) : `${flag.name}  ${flag.set ? 1 : 0}`;
    case "json":
      return flag === undefined ? toFieldJson(node) : JSON.stringify({ name: flag.name, mask: flag.mask, set: flag.set });
    case "hex":
      return spacedHex(hexBytes(message.bytes, node.range.start, Math.min(node.range.end, message.bytes.length)));
    case "filter":
      return flag === undefined ? displayFilter(node) : flagFilter(node, flag.mask, flag.set);
  }
}

function copyWhole(list: MessageList, index: number, form: CopyForm, texts: HostTexts): string {
  const message = list.detail.messages[index];
  if (message === undefined) return "";
  const captured = { ...message, connection: list.detail.connection.id, asked: list.partners.asked(index) };
  switch (form) {
    case "text":
      return toMessageTree([captured], texts.language);
    case "json":
      return toMessageTreeJson([captured]);
    case "hex":
      return hexLines(message.bytes);
    case "filter":
      return `frame.number == ${message.frame}`;
  }
}

/** As Wireshark's "Import from Hex Dump" reads it: the offset, then sixteen bytes. */
function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_A_LINE) {
    const digits = hexBytes(bytes, at, Math.min(at + BYTES_A_LINE, bytes.length));
    lines.push(`${at.toString(16).padStart(4, "0")}  ${spacedHex(digits)}`);
  }
  return lines.join("\n");
}
