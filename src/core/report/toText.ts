import { formatEndpoint } from "../net/endpoint.ts";
import type { Analysis } from "../rules/analysis.ts";
import { storyOf } from "../rules/story.ts";
import { countConnections } from "./connectionCounts.ts";
import { decisiveFindings, dialectText, outcomeText, protectionText, userText } from "./connectionTexts.ts";
import { writeFinding } from "./findingBlock.ts";
import type { ReportSubject } from "./reportSubject.ts";
import { type ReportTexts, reportTexts } from "./reportTexts.ts";
import { writeFurther, writeStory } from "./storyBlock.ts";
import { displayWidth, padColumns } from "./textWidth.ts";
import { TraceWriter } from "./traceWriter.ts";
import { writeVerdict } from "./verdictBlock.ts";

const MOST_CONNECTIONS = 200;
const MOST_FINDINGS = 50;
const MOST_STORIES = 10;

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
    writeStories(writer, analysis, counts.worst, texts);
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

/** What became of the failed connections, each by its own frames: of an incident only the first one is told above. */
function writeStories(writer: TraceWriter, analysis: Analysis, ids: readonly number[], texts: ReportTexts): void {
  const failed = ids.filter((id) => analysis.connections.get(id - 1).outcome === "failed");
  if (failed.length === 0) return;
  const shown = failed.slice(0, MOST_STORIES);
  const decisive = decisiveFindings(analysis, shown);
  const stories = shown.flatMap((id) => {
    const story = storyOf(analysis.connections.get(id - 1), decisive.get(id));
    return story === null ? [] : [{ id, story }];
  });
  if (stories.length === 0) return;
  writer.endLine().text(texts.headings.story).endLine();
  const told = new Set<string>();
  for (const { id, story } of stories) {
    writer.text(`  ${texts.connection(id)}   ${texts.certainty[story.certainty]}`).endLine();
    writeStory(writer, story, id, texts);
    const further = `${story.further?.place} ${story.further?.filter}`;
    if (!told.has(further)) writeFurther(writer, story, id, texts);
    told.add(further);
  }
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
