import { formatEndpoint } from "../net/endpoint.ts";
import type { Analysis } from "../rules/analysis.ts";
import { countConnections } from "./connectionCounts.ts";
import { decisiveFindings, dialectText, outcomeText, protectionText, userText } from "./connectionTexts.ts";
import { writeFinding } from "./findingBlock.ts";
import type { ReportSubject } from "./reportSubject.ts";
import { type ReportTexts, reportTexts } from "./reportTexts.ts";
import { displayWidth, padColumns } from "./textWidth.ts";
import { TraceWriter } from "./traceWriter.ts";
import { writeVerdict } from "./verdictBlock.ts";

const MOST_CONNECTIONS = 200;
const MOST_FINDINGS = 50;

/** The report that an administrator pastes into a ticket: the verdict, every finding with what to do, one line a connection. */
export function toText(analysis: Analysis, subject: ReportSubject): string {
  const texts = reportTexts(subject.language);
  const writer = new TraceWriter();
  const counts = countConnections(analysis.connections, MOST_CONNECTIONS);
  writeVerdict(writer, analysis, counts, subject, texts);
  writeFindings(writer, analysis, texts);
  if (counts.worst.length > 0) {
    writer.endLine().text(texts.headings.connections).endLine();
    for (const line of connectionLines(analysis, counts.worst, texts)) writer.text(line).endLine();
    writeRest(writer, analysis, counts.worst, texts);
  }
  return writer.toText();
}

function writeFindings(writer: TraceWriter, analysis: Analysis, texts: ReportTexts): void {
  const { incidents, findings } = analysis;
  for (const incident of incidents.slice(0, MOST_FINDINGS)) {
    const finding = findings[incident.findings[0] ?? -1];
    if (finding === undefined) continue;
    writer.endLine();
    writeFinding(writer, { finding, connections: incident.connections.length }, analysis, texts);
    writer.text(`  ${texts.commandsFor(finding.rule)}`).endLine();
  }
  const more = incidents.length - MOST_FINDINGS;
  if (more > 0) writer.endLine().text(texts.moreFindings(more)).endLine();
}

/** One line a connection, in columns. */
function connectionLines(analysis: Analysis, ids: readonly number[], texts: ReportTexts): readonly string[] {
  const decisive = decisiveFindings(analysis, ids);
  const rows = ids.map((id) => {
    const connection = analysis.connections.get(id - 1);
    return [
      texts.outcome[connection.outcome],
      String(id),
      `${formatEndpoint(connection.client)} -> ${formatEndpoint(connection.server)}`,
      dialectText(connection),
      protectionText(connection, texts),
      userText(connection, texts),
      outcomeText(connection, decisive.get(id), texts),
    ];
  });
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
  return rows.map((row) => `  ${row.map((cell, column) => padColumns(cell, widths[column] ?? 0)).join("  ")}`);
}

function writeRest(writer: TraceWriter, { connections }: Analysis, shown: readonly number[], texts: ReportTexts): void {
  const more = connections.count - shown.length;
  if (more <= 0) return;
  const last = connections.get((shown.at(-1) ?? 1) - 1).outcome;
  writer.text(`  ${texts.moreConnections(more, last === "healthy" || last === "validated")}`).endLine();
}
