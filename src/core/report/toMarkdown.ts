import { escapeForDisplay } from "../bytes/text.ts";
import { readExtent } from "../model/readExtent.ts";
import { formatEndpoint } from "../net/endpoint.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { Finding, Incident } from "../rules/finding.ts";
import { isRemedyId, type Remedy, remedyText } from "../rules/remedies.ts";
import { renderFinding } from "../rules/renderFinding.ts";
import { sectionLabel, sectionTitle, sectionUrl } from "../spec/sectionUrl.ts";
import { countConnections } from "./connectionCounts.ts";
import { decisiveFindings, dialectText, outcomeText, protectionText, userText } from "./connectionTexts.ts";
import { evidenceMessage } from "./evidenceText.ts";
import { connectionOf } from "./findingBlock.ts";
import { issueSentence } from "./issueText.ts";
import type { ReportSubject } from "./reportSubject.ts";
import { type ReportTexts, reportTexts } from "./reportTexts.ts";
import { hidesFailure, suppressedSentence } from "./suppressedText.ts";
import { TOOL } from "./tool.ts";
import { captureSummary } from "./verdictBlock.ts";

const MOST_FINDINGS = 50;
const MOST_CONNECTIONS = 200;
/** What Markdown or HTML inside it would act on. */
const SPECIAL = /[\\`*_{}[\]#!|<>~&@]/g;
/** What GitHub makes a link of by itself. */
const BARE_LINK = /:(?=\/\/)|(?<=\bwww)\./gi;

/** A page to show to others: the verdict, the evidence as a table, what to do. */
export function toMarkdown(analysis: Analysis, subject: ReportSubject): string {
  const texts = reportTexts(subject.language);
  const { capture, connections, incidents } = analysis;
  const { counts, worst } = countConnections(connections, MOST_CONNECTIONS);
  const verdict = connections.count > 0 ? texts.verdict(counts, hidesFailure(analysis)) : texts.noSmb(capture, readExtent(capture));
  const notShown = suppressedSentence(analysis, subject);
  const parts = [
    `# ${TOOL.displayName}: ${inline(subject.name)}`,
    inline(captureSummary(capture, texts)),
    ...(capture.frames > 0 ? [`**${inline(verdict)}**`] : []),
    ...(notShown === "" ? [] : [`> **${texts.labels.note}** ${inline(notShown)}`]),
    ...capture.issues.map((issue) => `> **${texts.labels.note}** ${inline(issueSentence(issue, capture, subject.language))}`),
    ...incidents.slice(0, MOST_FINDINGS).flatMap((incident) => findingPart(incident, analysis, texts)),
    ...(incidents.length > MOST_FINDINGS ? [texts.moreFindings(incidents.length - MOST_FINDINGS)] : []),
    ...(worst.length > 0 ? [`## ${texts.headings.connections}`, connectionTable(analysis, worst, texts)] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Text that stands for itself in Markdown, on one line. */
export function inline(text: string): string {
  return escapeForDisplay(text).replace(SPECIAL, "\\$&").replace(BARE_LINK, "\\$&");
}

function findingPart(incident: Incident, analysis: Analysis, texts: ReportTexts): readonly string[] {
  const finding = analysis.findings[incident.findings[0] ?? -1];
  if (finding === undefined) return [];
  const { title, what, why, todo, limit } = renderFinding(finding, texts.language);
  const remedies = finding.remedies.filter(isRemedyId).map((id) => remedyText(id, texts.language));
  return [
    `## ${texts.severity[finding.severity]}: ${inline(title)}`,
    subjectLine(finding, incident, analysis, texts),
    inline(what),
    inline(why),
    ...(finding.evidence.length > 0 ? [`### ${texts.headings.evidence}`, evidenceTable(finding, texts)] : []),
    `### ${texts.headings.whatToDo}`,
    todo.map((text, index) => `${index + 1}. ${inline(text)}`).join("\n"),
    ...remedyList(remedies, texts),
    ...(limit === "" ? [] : [`*${inline(limit)}*`]),
    `### ${texts.headings.specification}`,
    finding.sections.map((id) => `- [${inline(`${sectionLabel(id)} ${sectionTitle(id)}`)}](${sectionUrl(id)})`).join("\n"),
  ];
}

function subjectLine(finding: Finding, incident: Incident, analysis: Analysis, texts: ReportTexts): string {
  const connection = connectionOf(analysis, finding.connection);
  const ends = connection === undefined ? [] : [`${formatEndpoint(connection.client)} → ${formatEndpoint(connection.server)}`];
  const many = incident.connections.length > 1 ? [texts.connections(incident.connections.length)] : [];
  return [`\`${finding.rule}\``, ...[...ends, texts.certainty[finding.certainty], ...many].map(inline)].join(" · ");
}

function evidenceTable(finding: Finding, texts: ReportTexts): string {
  const { frame, message, field, value, meaning } = texts.headings;
  const rows = [...finding.evidence]
    .sort((one, other) => one.frame - other.frame)
    .map((evidence) => [
      String(evidence.frame),
      evidenceMessage(evidence, texts),
      evidence.field ?? "",
      evidence.value ?? "",
      texts.role[evidence.role],
    ]);
  return table([frame, message, field, value, meaning], rows);
}

function remedyList(remedies: readonly Remedy[], texts: ReportTexts): readonly string[] {
  if (remedies.length === 0) return [];
  const lines = remedies.map(({ kind, title, text }) => {
    const heading = kind === "safe" ? title : `${texts.weakens}: ${title}`;
    return `- **${inline(heading)}**  \n  ${inline(text)}`;
  });
  return [`### ${texts.headings.remedies}`, lines.join("\n")];
}

function connectionTable(analysis: Analysis, ids: readonly number[], texts: ReportTexts): string {
  const decisive = decisiveFindings(analysis, ids);
  const rows = ids.map((id) => {
    const connection = analysis.connections.get(id - 1);
    return [
      String(id),
      texts.outcome[connection.outcome],
      `${formatEndpoint(connection.client)} → ${formatEndpoint(connection.server)}`,
      dialectText(connection),
      protectionText(connection, texts),
      userText(connection, texts),
      outcomeText(connection, decisive.get(id), texts),
    ];
  });
  const rest = analysis.connections.count - ids.length;
  const more = rest > 0 ? `\n\n${texts.moreConnections(rest, false)}` : "";
  return table(texts.connectionColumns, rows) + more;
}

/** A table whose cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(inline).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}
