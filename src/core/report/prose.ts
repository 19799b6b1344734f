import { escapeForDisplay } from "../bytes/text.ts";
import { GlobalCapabilities, SecurityMode } from "../smb2/constants/negotiateFlags.ts";
import { NtStatus } from "../spec/ntStatusValues.ts";
import { isSectionId } from "../spec/sections.ts";
import type { TraceSpan } from "./textTrace.ts";
import { wrapText } from "./textWidth.ts";
import type { SpanDetail, TraceWriter } from "./traceWriter.ts";

/** Columns of a line of prose, its indent included. */
export const PROSE_WIDTH = 118;

const TOKEN =
  /\[(?<frame>\d+)(?: FIN| RST)?\]|\[(?<document>MS-[A-Z0-9]+|RFC\d+)\](?: (?<number>\d+(?:\.\d+)*))?|(?<name>\b(?:STATUS|SMB2)_[A-Z0-9_]+)/g;

const FLAG_KEYS: ReadonlyMap<string, string> = new Map(
  [...GlobalCapabilities.list, ...SecurityMode.list].flatMap(({ name, text }) => (text === undefined ? [] : [[name, text] as const])),
);

/**
 * Writes sentences from the current column on, wrapped with a hanging indent, and ends the line. Frames, sections, flags and statuses in
 * them become spans; what is invisible is escaped.
 */
export function writeProse(writer: TraceWriter, text: string, connection: number): void {
  const indent = writer.column;
  const lines = wrapText(escapeForDisplay(text), Math.max(40, PROSE_WIDTH - indent));
  for (const [index, line] of lines.entries()) {
    if (index > 0) writer.toColumn(indent);
    writeLine(writer, line, connection);
    writer.endLine();
  }
}

/** Writes text that stays on its line, with its spans. */
export function writeLine(writer: TraceWriter, line: string, connection: number): void {
  let at = 0;
  for (const match of line.matchAll(TOKEN)) {
    const span = spanOf(match.groups ?? {}, connection);
    if (span === undefined) continue;
    writer.text(line.slice(at, match.index));
    writer.span(span.kind, match[0], span.detail);
    at = match.index + match[0].length;
  }
  writer.text(line.slice(at));
}

function spanOf(
  groups: Readonly<Record<string, string | undefined>>,
  connection: number,
): { readonly kind: TraceSpan["kind"]; readonly detail: SpanDetail } | undefined {
  const { frame, document, number, name } = groups;
  if (frame !== undefined) return { kind: "frame", detail: { ref: Number(frame), ...(connection > 0 && { connection }) } };
  if (document !== undefined) {
    const id = number === undefined ? document : `${document} ${number}`;
    return isSectionId(id) ? { kind: "section", detail: { ref: id } } : undefined;
  }
  if (name === undefined) return undefined;
  const key = FLAG_KEYS.get(name);
  if (key !== undefined) return { kind: "flag", detail: { key } };
  const statuses: Readonly<Record<string, number>> = NtStatus;
  return Object.hasOwn(statuses, name) ? { kind: "status", detail: { ref: statuses[name] ?? 0 } } : undefined;
}
