import { hex } from "../bytes/hex.ts";
import { sectionLabel } from "../spec/sectionUrl.ts";
import type { FieldNode } from "../struct/describe.ts";
import type { FieldRelation } from "./fieldRelations.ts";
import type { ReportTexts } from "./reportTexts.ts";
import type { TracePlace } from "./textTrace.ts";
import type { SpanDetail, TraceWriter } from "./traceWriter.ts";

/** Column at which a value that differs names its partner, so that the eye finds it. */
const RELATION_COLUMN = 88;
const FLAG_VALUE_COLUMNS = 10;
const MOST_ELEMENTS = 32;
const LONGEST_VALUE = 400;

/** Where a field is written, and what is known of it. */
export interface FieldContext {
  readonly indent: number;
  /** Column at which values begin. */
  readonly valueColumn: number;
  /** Connection and frame of the message. */
  readonly message: { readonly connection: number; readonly frame: number };
  readonly relation: FieldRelation | undefined;
  readonly texts: ReportTexts;
}

/** Writes a field on a line of its own; gives the place of its value. */
export function writeField(writer: TraceWriter, node: FieldNode, context: FieldContext): TracePlace {
  writer.toColumn(context.indent);
  const explained = node.text === undefined ? { hover: [sectionLabel(node.section)] } : { key: node.text };
  writer.span("field", node.name, { ...explained, ...context.message });
  writer.toColumn(context.valueColumn, 2);
  const place = writeValue(writer, node, context);
  if (context.relation !== undefined) writeRelation(writer, context.relation, context);
  writer.endLine();
  return place;
}

function writeValue(writer: TraceWriter, node: FieldNode, context: FieldContext): TracePlace {
  const { message, texts } = context;
  if (node.value === "" && node.issues.length > 0) return writer.span("value", texts.cut, message);
  if (isList(node)) return writeList(writer, node, context);
  const hover = valueHover(node, context);
  const key = node.labelText ?? node.text;
  const detail = { ...message, ...(key !== undefined && { key }), ...(hover.length > 0 && { hover }) };
  if (node.flags.length > 0) return writeFlags(writer, node, detail, context);
  if (node.labelText?.includes("dialect.") === true) return writer.span("value", node.label ?? node.value, detail);
  const place = writer.span("value", cutText(node.value), detail);
  if (node.label !== undefined) writer.text("  ").span("value", node.label, detail);
  return place;
}

/** A node whose children only stand for the elements of its value. */
export function isList(node: FieldNode): boolean {
  return node.children.length > 0 && node.children.every(({ name, children }) => name.startsWith("[") && children.length === 0);
}

function writeList(writer: TraceWriter, node: FieldNode, context: FieldContext): TracePlace {
  const start = writer.index;
  const shown = node.children.slice(0, MOST_ELEMENTS);
  const hover = valueHover(node, context);
  for (const [index, { value, label, labelText, text }] of shown.entries()) {
    if (index > 0) writer.text("  ");
    const key = labelText ?? text;
    writer.span("value", label ?? value, { ...context.message, ...(key !== undefined && { key }), ...(hover.length > 0 && { hover }) });
  }
  if (node.children.length > shown.length) writer.text("  ...");
  return { line: writer.line, start, end: writer.index };
}

function writeFlags(writer: TraceWriter, node: FieldNode, detail: SpanDetail, { message }: FieldContext): TracePlace {
  const column = writer.column;
  const place = writer.span("value", node.value, detail);
  const isSet = node.flags.filter(({ set }) => set);
  if (isSet.length === 0) return place;
  writer.toColumn(column + FLAG_VALUE_COLUMNS).text(" ");
  for (const { short, name, text } of isSet) {
    writer.text(" ").span("flag", short, { ...message, ...(text === undefined ? { hover: [name] } : { key: text }) });
  }
  return place;
}

/** The bits one by one, and the value against its partner. */
function valueHover(node: FieldNode, { relation, texts }: FieldContext): readonly string[] {
  const other = relation?.number ?? null;
  const digits = Math.max(2, node.value.length - 2);
  const partner = relation?.frames[0];
  const bits = node.flags.map(({ name, mask, set }) => {
    const same = other === null || partner === undefined || ((other & mask) !== 0) === set;
    const there = same ? "" : `${texts.comma}${texts.bitIn(partner, !set)}`;
    return `${hex(mask, digits)} ${name}: ${set ? texts.setBit : texts.clearBit}${there}`;
  });
  if (relation === undefined || partner === undefined) return bits;
  return [...bits, relation.kind === "equal" ? texts.equalTo(partner) : texts.otherThan(partner, relation.value)];
}

function writeRelation(writer: TraceWriter, relation: FieldRelation, { message, texts }: FieldContext): void {
  const differs = relation.kind === "differs" || relation.kind === "contradicted";
  writer.toColumn(differs ? RELATION_COLUMN : 0, 2);
  const start = writer.index;
  switch (relation.kind) {
    case "equal":
      writeFrames(writer.text("= "), `[${relation.frames[0]}]`, message.connection);
      break;
    case "allowed":
      writeFrames(writer.text("= "), `[${relation.frames[0]}]`, message.connection);
      writer.text(texts.comma + texts.unusedDialects);
      break;
    case "differs":
      writeFrames(writer.text("<> "), `[${relation.frames[0]}]`, message.connection);
      writer.text(` ${relation.value}`);
      break;
    case "contradicted":
      writeFrames(writer.text("<- "), texts.differsFrom(relation.frames.map((frame) => `[${frame}]`)), message.connection);
  }
  writer.mark("relation", start, message);
}

/** Writes text in which `[n]` is a frame. */
function writeFrames(writer: TraceWriter, text: string, connection: number): void {
  for (const part of text.split(/(\[\d+\])/)) {
    if (/^\[\d+\]$/.test(part)) writer.span("frame", part, { ref: Number(part.slice(1, -1)), connection });
    else writer.text(part);
  }
}

function cutText(value: string): string {
  return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}...` : value;
}
