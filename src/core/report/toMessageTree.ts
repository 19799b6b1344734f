import type { CapturedMessage } from "../smb2/capturedMessage.ts";
import { describeMessage } from "../smb2/describeMessage.ts";
import type { Language } from "../spec/language.ts";
import { sectionLabel } from "../spec/sectionUrl.ts";
import type { FieldNode } from "../struct/describe.ts";
import { fieldIssueText } from "./fieldIssueText.ts";
import { isList } from "./fieldLine.ts";
import { jsonText } from "./jsonText.ts";
import { formatCount } from "./quantities.ts";
import { padColumns } from "./textWidth.ts";

const MOST_NAME_COLUMNS = 40;

/** The field trees of messages as text: of every field where its bytes lie in the message, its name, value and meaning, and its issues. */
export function toMessageTree(messages: readonly CapturedMessage[], language: Language): string {
  return messages.map((message) => messageText(message, language)).join("\n");
}

/** The field trees of messages as JSON. Ranges count from the start of the message, their end is excluded; 64-bit numbers are texts. */
export function toMessageTreeJson(messages: readonly CapturedMessage[]): string {
  const list = messages.map((message) => {
    const { connection, frame, fromClient, kind, length, bytes } = message;
    return { connection, frame, fromClient, kind, length, bytesAtHand: bytes.length, tree: jsonNode(described(message)) };
  });
  return `${jsonText({ schema: 1, messages: list })}\n`;
}

/** One field with all that is in it, as {@link toMessageTree} writes it; `length` of the whole message in bytes. */
export function toFieldText(node: FieldNode, length: number, language: Language): string {
  const lines = [{ depth: 0, name: node.name, node }, ...(isList(node) ? [] : linesOf(node, 1))];
  return writeLines(lines, length, language).join("\n");
}

/** One field with all that is in it, as {@link toMessageTreeJson} writes it. */
export function toFieldJson(node: FieldNode): string {
  return jsonText(jsonNode(node));
}

function described({ bytes, length, asked }: CapturedMessage): FieldNode {
  return describeMessage(bytes, 0, bytes.length, length, asked);
}

function messageText(message: CapturedMessage, language: Language): string {
  const root = described(message);
  const { frame, connection, fromClient, length, bytes } = message;
  const words = language === "ja" ? japanese : english;
  const head = `[${frame}] ${root.name}  ${fromClient ? "->" : "<-"}  ${words.size(connection, length, bytes.length)}`;
  return [head, ...writeLines(linesOf(root, 0), length, language)].map((line) => `${line}\n`).join("");
}

function writeLines(lines: readonly Line[], length: number, language: Language): readonly string[] {
  const columns = Math.min(MOST_NAME_COLUMNS, Math.max(...lines.map(({ name, depth }) => name.length + 2 * depth)));
  const digits = String(length).length;
  return lines.flatMap((line) => fieldLines(line, columns, digits, language)).map((line) => line.trimEnd());
}

interface Line {
  readonly depth: number;
  readonly name: string;
  readonly node: FieldNode;
}

/** Every field, a list of plain values as one line. */
function linesOf(node: FieldNode, depth: number): readonly Line[] {
  return node.children.flatMap((child) => {
    const own = { depth, name: child.name, node: child };
    return isList(child) ? [own] : [own, ...linesOf(child, depth + 1)];
  });
}

function fieldLines({ depth, name, node }: Line, columns: number, digits: number, language: Language): readonly string[] {
  const { start, end } = node.range;
  const range = `${String(start).padStart(digits)}-${String(end).padEnd(digits)}`;
  const indent = "  ".repeat(depth);
  const first = `  ${range}  ${padColumns(indent + name, columns)}  ${valueText(node)}`;
  const issues = node.issues.map(
    (issue) => `  ${" ".repeat(range.length)}  ${indent}! ${fieldIssueText(issue, language)} (${sectionLabel(node.section)})`,
  );
  return [first, ...issues];
}

function valueText({ value, label, flags }: FieldNode): string {
  const set = flags.filter((flag) => flag.set).map(({ short }) => short);
  return [value, label ?? "", set.join(" ")].filter((text) => text !== "").join("  ");
}

interface TreeWords {
  size(connection: number, length: number, atHand: number): string;
}

const english: TreeWords = {
  size: (connection, length, atHand) =>
    `connection ${connection}, ${formatCount(length)} bytes${atHand < length ? ` (the first ${formatCount(atHand)} shown)` : ""}`,
};

const japanese: TreeWords = {
  size: (connection, length, atHand) =>
    `接続 ${connection}、${formatCount(length)} バイト${atHand < length ? ` (最初の ${formatCount(atHand)} バイトを表示)` : ""}`,
};

function jsonNode(node: FieldNode): Readonly<Record<string, unknown>> {
  const { name, path, value, label, raw, range, flags, section, filter, reserved, issues, children } = node;
  return {
    name,
    path,
    value,
    ...(label !== undefined && { label }),
    ...(raw !== undefined && { raw: typeof raw === "bigint" ? raw.toString() : raw }),
    range,
    ...(flags.length > 0 && { flags: flags.filter((flag) => flag.set).map((flag) => flag.name) }),
    section,
    ...(filter !== undefined && { filter }),
    ...(reserved && { reserved }),
    ...(issues.length > 0 && { issues: issues.map(({ kind, data }) => ({ kind, data })) }),
    ...(children.length > 0 && { children: children.map(jsonNode) }),
  };
}
