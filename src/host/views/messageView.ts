import {
  type DetailMessage,
  describeMessage,
  evidencePaths,
  type FieldNode,
  findField,
  formatCount,
  hexBytes,
  MOST_PARTS,
  relateFields,
  relationKey,
} from "../../core/index.ts";
import type { MessageView } from "../../protocol/messageViews.ts";
import type { MessageList } from "../messageList.ts";
import { messageMarks } from "../messageMarks.ts";
import { FieldViews, MOST_FIELDS } from "./fieldViews.ts";
import { controlCode, messageTitle } from "./messageName.ts";
import type { HostTexts } from "./texts.ts";

/** The field tree of a message of a page; undefined where the page holds no such message. */
export function fieldTree(list: MessageList, index: number): { readonly message: DetailMessage; readonly root: FieldNode } | undefined {
  const message = list.detail.messages[index];
  if (message === undefined) return undefined;
  const { bytes, length } = message;
  return { message, root: describeMessage(bytes, 0, bytes.length, length, list.partners.asked(index)) };
}

/** A message with its fields, their explanations and its bytes; null where the page holds no such message. */
export function messageView(list: MessageList, index: number, texts: HostTexts): MessageView | null {
  const read = fieldTree(list, index);
  if (read === undefined) return null;
  const { message, root } = read;
  const relations = relateFields(list.detail.facts);
  const views = new FieldViews(root, (path) => relations.get(relationKey(message.frame, message.response, path)), texts);
  const code = controlCode(message);
  return {
    connection: list.detail.connection.id,
    page: list.page,
    index,
    frame: message.frame,
    title: [messageTitle(message, texts), code].filter((part) => part !== "").join(" "),
    size: texts.messages.size(message.frame, formatCount(message.length)),
    notes: [...exchangeNotes(list, index, texts), ...notesOf(message, views.cut, texts)],
    parts: (message.parts ?? []).map(({ start, frame }) => ({ start, label: texts.messages.part(frame) })),
    partner: partnerOf(list, index, texts),
    bytes: hexBytes(message.bytes, 0, message.bytes.length),
    fields: views.fields,
    texts: views.texts,
    first: firstPath(list, index, root, texts),
  };
}

function exchangeNotes({ partners }: MessageList, index: number, { messages }: HostTexts): readonly string[] {
  const exchange = partners.exchange(index);
  return exchange?.request === index ? exchange.notes.map((note) => messages.exchange(note)) : [];
}

function notesOf({ kind, bytes, length, parts }: DetailMessage, cut: boolean, { messages }: HostTexts): readonly string[] {
  const notes: string[] = [];
  if (kind === "encrypted") notes.push(messages.encryptedNote);
  if (kind === "compressed") notes.push(messages.compressedNote);
  if (bytes.length < length) notes.push(messages.cutNote(formatCount(bytes.length), formatCount(length)));
  if (cut) notes.push(messages.fieldsCut(formatCount(MOST_FIELDS)));
  const frames = [...new Set((parts ?? []).flatMap(({ frame }) => frame ?? []))];
  if (frames.length > 1) notes.push(messages.severalFrames(frames, (parts ?? []).length > MOST_PARTS));
  return notes;
}

function partnerOf(list: MessageList, index: number, texts: HostTexts): MessageView["partner"] {
  const other = list.partners.of(index);
  const message = other === undefined ? undefined : list.detail.messages[other];
  if (other === undefined || message === undefined) return null;
  return { index: other, frame: message.frame, label: texts.messages.partner(message.response, message.frame) };
}

/** The field that a finding names, else the whole body. */
function firstPath(list: MessageList, index: number, root: FieldNode, texts: HostTexts): string {
  const evidence = messageMarks(list.detail, texts).message[index]?.evidence;
  if (evidence == null) return "";
  return evidencePaths(evidence).find((path) => findField(root, path) !== undefined) ?? "";
}
