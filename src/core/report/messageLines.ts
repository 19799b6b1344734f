import { escapeForDisplay } from "../bytes/text.ts";
import type { EndEvent } from "../model/connectionFacts.ts";
import type { DetailMessage } from "../model/detailMessage.ts";
import type { Exchange } from "../model/exchange.ts";
import type { ConnectionDetail } from "../rules/analysis.ts";
import type { AskedInformation } from "../smb2/askedInformation.ts";
import { Command, commandName } from "../smb2/constants/commands.ts";
import { describeMessage } from "../smb2/describeMessage.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { type FieldNode, findField } from "../struct/describe.ts";
import { decisiveFields, firstField } from "./decisiveFields.ts";
import type { EvidencePlaces } from "./evidencePlaces.ts";
import { isList, writeField } from "./fieldLine.ts";
import { type FieldRelations, relationKey } from "./fieldRelations.ts";
import { formatInstant, formatSeconds, formatSpan } from "./quantities.ts";
import type { ReportTexts } from "./reportTexts.ts";
import type { TraceFold, TraceMessage, TracePlace, TraceSymbol } from "./textTrace.ts";
import type { TraceWriter } from "./traceWriter.ts";

const COMMAND_COLUMNS = 22;
const DETAIL_COLUMNS = 34;
const FIELD_INDENT = 10;
const LONGEST_SUBJECT = 256;
/** Columns for the names of fields; longer ones of a message move its values. */
const VALUE_COLUMNS = 17;
const VALUE_COLUMNS_FULL = 28;
const NO_SIGNATURE = /^0+$/;

/** What the lines of one connection's messages are written with. */
export interface MessageContext {
  readonly detail: ConnectionDetail;
  /** Show every field of every message. */
  readonly full: boolean;
  readonly relations: FieldRelations;
  /** What the requests asked for, by responses whose buffer cannot be read without it. */
  readonly asked: ReadonlyMap<DetailMessage, AskedInformation>;
  /** The exchange of each message, in a connection's own document: what it is about, and how long the answer took. */
  readonly exchanges: ReadonlyMap<DetailMessage, Exchange>;
  /** Filled while messages are written: where each stands, and what can be folded. */
  readonly written: Map<DetailMessage, TraceMessage>;
  readonly folds: TraceFold[];
  /** Frames of validation messages, and fields that findings name, by frame. */
  readonly validations: ReadonlySet<number>;
  readonly named: ReadonlyMap<number, readonly (readonly string[])[]>;
  /** Earliest time of the capture in nanoseconds, and the second that it counts from. */
  readonly firstTime: number;
  readonly baseSeconds: number;
  readonly frameColumns: number;
  readonly timeColumns: number;
  readonly places: EvidencePlaces;
  readonly texts: ReportTexts;
}

/** Writes a message on one line, and under it its fields: all, or those that matter. */
export function writeMessage(writer: TraceWriter, message: DetailMessage, context: MessageContext): TraceSymbol {
  const startLine = writer.line;
  const root = describeMessage(message.bytes, 0, message.bytes.length, message.length, context.asked.get(message));
  const name = commandOf(message, root, context.texts);
  const place = writeHead(writer, message, name, root, context);
  const fields = fieldsOf(message, root, context);
  const nameColumns = Math.max(context.full ? VALUE_COLUMNS_FULL : VALUE_COLUMNS, ...fields.map((node) => node.name.length + 2));
  for (const node of fields) writeTree(writer, node, message, FIELD_INDENT, nameColumns, context);
  const endLine = writer.line - 1;
  context.written.set(message, { ...place, endLine });
  if (endLine > startLine) context.folds.push({ startLine, endLine, collapsed: context.full && !context.named.has(message.frame) });
  const status = message.response ? ntStatusName(message.status) : "";
  return symbol(`[${message.frame}] ${name}`, status, startLine, endLine);
}

/** Writes the FIN or RST of one end. */
export function writeEnd(writer: TraceWriter, end: EndEvent, context: MessageContext): TraceSymbol {
  const startLine = writer.line;
  const connection = context.detail.connection.id;
  const place = writePlace(writer, end.frame, end.time, end.by === "client", context);
  const name = `TCP ${end.how}`;
  writer.span("command", name, { key: end.how === "RST" ? "tcp.rst" : "tcp.fin", connection, frame: end.frame });
  writer
    .toColumn(place.column + COMMAND_COLUMNS, 2)
    .text(context.texts.tcpEnd(end.by, end.how))
    .endLine();
  context.places.addFrame(connection, end.frame, { line: startLine, start: place.index, end: place.index + name.length });
  return symbol(`[${end.frame}] ${name}`, "", startLine, startLine);
}

function symbol(name: string, detail: string, startLine: number, endLine: number): TraceSymbol {
  return { name, detail, kind: "message", startLine, endLine, selectionLine: startLine, children: [] };
}

/** Frame, time and direction; gives where the line goes on. */
function writePlace(
  writer: TraceWriter,
  frame: number,
  time: number,
  fromClient: boolean,
  { detail, firstTime, baseSeconds, frameColumns, timeColumns }: MessageContext,
): { readonly column: number; readonly index: number } {
  const message = { connection: detail.connection.id, frame };
  const shown = formatSeconds(time - firstTime).padStart(timeColumns);
  writer.text("  ").span("frame", `[${frame}]`, { ref: frame, ...message });
  writer.toColumn(2 + frameColumns, 1);
  writer.span("time", shown, { ...message, hover: [formatInstant(baseSeconds, time)] });
  writer.text("  ").span("direction", fromClient ? "->" : "<-", message);
  writer.text("  ");
  return { column: writer.column, index: writer.index };
}

function writeHead(writer: TraceWriter, message: DetailMessage, name: string, root: FieldNode, context: MessageContext): TracePlace {
  const { frame, command, response, kind } = message;
  const connection = context.detail.connection.id;
  const { column } = writePlace(writer, frame, message.time, message.fromClient, context);
  const key = kind === "SMB2" ? Command.find(command)?.text : undefined;
  const place = writer.span("command", name, { connection, frame, ...(key !== undefined && { key }) });
  context.places.addMessage(connection, frame, command, response, place);
  writer.toColumn(column + COMMAND_COLUMNS, 2);
  writeDetail(writer, message, root, context);
  const protection = protectionOf(message, root, context.texts);
  if (protection !== "") writer.toColumn(column + COMMAND_COLUMNS + DETAIL_COLUMNS, 2).text(protection);
  writer.endLine();
  return place;
}

/** A response's status and its time; of a request what it is about: the control code, the path, the name of the open file. */
function writeDetail(writer: TraceWriter, message: DetailMessage, root: FieldNode, context: MessageContext): void {
  const { kind } = message;
  if (kind !== "SMB2" && kind !== "SMB1") return;
  if (message.response) writeStatus(writer, message, context);
  else writeSubject(writer, message, root, context);
}

function writeStatus(writer: TraceWriter, message: DetailMessage, { detail, places, exchanges, texts }: MessageContext): void {
  const { frame, command, status } = message;
  const connection = detail.connection.id;
  const place = writer.span("status", ntStatusName(status), { ref: status, connection, frame });
  places.addField(connection, frame, command, true, "Status", place);
  const exchange = exchanges.get(message);
  if (exchange === undefined) return;
  const { responseTime, response } = exchange;
  const isFinal = response !== null && detail.messages[response] === message;
  if (isFinal && responseTime !== null) writer.text(`   ${formatSpan(responseTime, texts.language)}`);
}

function writeSubject(writer: TraceWriter, message: DetailMessage, root: FieldNode, { detail, places, exchanges }: MessageContext): void {
  const { frame, command } = message;
  const connection = detail.connection.id;
  const node = firstField(root, ["CtlCode", "Path", "Name"]);
  const shown = node !== undefined && node.value !== "";
  if (shown) {
    const key = node.labelText ?? node.text;
    const place = writer.span("value", node.label ?? node.value, { connection, frame, ...(key !== undefined && { key }) });
    places.addField(connection, frame, command, false, node.path, place);
  }
  const exchange = exchanges.get(message);
  const name = exchange === undefined || (shown && node.path !== "CtlCode") ? "" : subjectOf(exchange);
  if (name !== "") writer.text(shown ? "   " : "").span("value", name, { connection, frame });
}

/** The file that a request uses, or the share whose root it uses or that it leaves: the message itself only has their ids. */
function subjectOf({ name, share, command }: Exchange): string {
  const isShare = name === "" || command === Command.value.TREE_DISCONNECT;
  const subject = (isShare ? share : name) ?? "";
  return escapeForDisplay(subject.length > LONGEST_SUBJECT ? `${subject.slice(0, LONGEST_SUBJECT)}…` : subject);
}

function protectionOf({ kind, signed }: DetailMessage, root: FieldNode, texts: ReportTexts): string {
  if (kind !== "SMB2" || !signed) return "";
  return NO_SIGNATURE.test(findField(root, "Header.Signature")?.value ?? "") ? texts.signatureZero : texts.signed;
}

function commandOf({ kind, command }: DetailMessage, root: FieldNode, texts: ReportTexts): string {
  switch (kind) {
    case "SMB2":
      return command < 0 ? `(${texts.cut})` : commandName(command);
    case "SMB1":
      return `SMB1 ${findField(root, "Header.Command")?.label ?? command}`;
    case "encrypted":
      return `(${texts.encrypted})`;
    case "compressed":
      return `(${texts.compressed})`;
  }
}

function fieldsOf(message: DetailMessage, root: FieldNode, context: MessageContext): readonly FieldNode[] {
  if (context.full) return root.children.flatMap((node) => (node.name !== "" && node.path === "Header" ? node.children : [node]));
  const isCompared = message.command === Command.value.NEGOTIATE || context.validations.has(message.frame);
  const decisive = isCompared && (message.kind === "SMB2" || message.kind === "SMB1") ? decisiveFields(root) : [];
  const named = context.named.get(message.frame) ?? sessionFlags(message, root);
  const found = named.flatMap((paths) => firstField(root, paths) ?? []);
  return [...new Set([...decisive, ...found])];
}

/** What a sign-in gave where it is no ordinary session: guest, anonymous, encrypted. */
function sessionFlags({ kind, command, response }: DetailMessage, root: FieldNode): readonly (readonly string[])[] {
  if (kind !== "SMB2" || command !== Command.value.SESSION_SETUP || !response) return [];
  return (findField(root, "SessionFlags")?.raw ?? 0) === 0 ? [] : [["SessionFlags"]];
}

function writeTree(
  writer: TraceWriter,
  node: FieldNode,
  message: DetailMessage,
  indent: number,
  nameColumns: number,
  context: MessageContext,
): void {
  const connection = context.detail.connection.id;
  const { frame, command, response } = message;
  const relation = context.relations.get(relationKey(frame, response, node.path));
  const valueColumn = FIELD_INDENT + nameColumns;
  const place = writeField(writer, node, { indent, valueColumn, message: { connection, frame }, relation, texts: context.texts });
  context.places.addField(connection, frame, command, response, node.path, place);
  if (!context.full || isList(node)) return;
  const startLine = writer.line - 1;
  for (const child of node.children) writeTree(writer, child, message, indent + 2, nameColumns, context);
  const endLine = writer.line - 1;
  if (endLine > startLine) context.folds.push({ startLine, endLine, collapsed: false });
}
