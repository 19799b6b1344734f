import { escapeForDisplay } from "../bytes/text.ts";
import type { Connection } from "../model/connection.ts";
import { formatEndpoint } from "../net/endpoint.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Finding } from "../rules/finding.ts";
import { renderFinding } from "../rules/renderFinding.ts";
import { sectionLabel } from "../spec/sectionUrl.ts";
import { writeProse } from "./prose.ts";
import { formatCount } from "./quantities.ts";
import type { ReportTexts } from "./reportTexts.ts";
import type { TracePlace } from "./textTrace.ts";
import { padColumns } from "./textWidth.ts";
import type { TraceWriter } from "./traceWriter.ts";
import { LABEL_COLUMNS } from "./verdictBlock.ts";

/** A finding that stands for an incident, as it is told. */
export interface ToldFinding {
  readonly finding: Finding;
  /** Connections with the same finding; 1 where it is told of one alone. */
  readonly connections: number;
}

/** Lines that a finding's block takes. `rule` is the place of the rule id in its first line. */
export interface FindingLines {
  readonly startLine: number;
  readonly endLine: number;
  readonly rule: TracePlace;
}

/** Writes what was found: the verdict, what was seen, why it matters, what to do, what stays open. */
export function writeFinding(writer: TraceWriter, told: ToldFinding, analysis: Analysis, texts: ReportTexts): FindingLines {
  const { finding } = told;
  const rendered = renderFinding(finding, texts.language);
  const startLine = writer.line;
  const rule = writeHeadline(writer, told, connectionOf(analysis, finding.connection), texts);
  writer.text("  ");
  writeProse(writer, rendered.title, finding.connection);
  writeLabelled(writer, texts.labels.what, rendered.what, finding.connection);
  writeLabelled(writer, texts.labels.so, rendered.why, finding.connection);
  for (const [index, todo] of rendered.todo.entries()) {
    writeLabelled(writer, index === 0 ? texts.labels.todo : "", todo, finding.connection, `${index + 1}  `);
  }
  writeLabelled(writer, texts.labels.limit, rendered.limit, finding.connection);
  writeSections(writer, finding, texts);
  return { startLine, endLine: writer.line - 1, rule };
}

function writeHeadline(writer: TraceWriter, told: ToldFinding, connection: Connection | undefined, texts: ReportTexts): TracePlace {
  const { finding, connections } = told;
  const id = finding.connection;
  writer.span("severity", texts.severity[finding.severity], { ref: finding.severity });
  writer.text("  ");
  const rule = writer.span("rule", finding.rule, { ref: finding.rule, ...(id > 0 && { connection: id }) });
  if (connection !== undefined) writeEnds(writer.text("    "), connection);
  writer.text(`    ${texts.certainty[finding.certainty]}`);
  if (connections > 1) writer.text(`    ${texts.connections(connections)}`);
  else if (finding.count > 1) writer.text(`    x${formatCount(finding.count)}`);
  writer.endLine();
  return rule;
}

/** `192.0.2.10:55222 -> 198.51.100.20:445`. */
export function writeEnds(writer: TraceWriter, { id, client, server }: Connection): void {
  writer.span("endpoint", formatEndpoint(client), { connection: id });
  writer.text(" -> ");
  writer.span("endpoint", formatEndpoint(server), { connection: id });
}

function writeLabelled(writer: TraceWriter, label: string, text: string, connection: number, mark = ""): void {
  if (text === "") return;
  writer.text(`  ${padColumns(label, LABEL_COLUMNS)}${mark}`);
  writeProse(writer, text, connection);
}

function writeSections(writer: TraceWriter, { sections }: Finding, texts: ReportTexts): void {
  if (sections.length === 0) return;
  writer.text(`  ${padColumns(texts.labels.see, LABEL_COLUMNS)}`);
  for (const [index, section] of sections.entries()) {
    writer.text(index === 0 ? "" : texts.comma);
    writer.span("section", sectionLabel(section), { ref: section });
  }
  writer.endLine();
}

export function connectionOf({ connections }: Analysis, id: number): Connection | undefined {
  return id >= 1 && id <= connections.count ? connections.get(id - 1) : undefined;
}

/** The finding's verdict in one line, safe to show. */
export function findingTitle(finding: Finding, texts: ReportTexts): string {
  return escapeForDisplay(renderFinding(finding, texts.language).title);
}
