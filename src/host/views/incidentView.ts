import { type Analysis, escapeForDisplay, type Incident, renderFinding, sectionUrl } from "../../core/index.ts";
import type { IncidentView } from "../../protocol/worker.ts";
import type { HostTexts } from "./texts.ts";

/** An incident as one Problem: the words of its first finding and where that begins. Undefined where no finding of it was kept. */
export function incidentView(incident: Incident, analysis: Analysis, texts: HostTexts): IncidentView | undefined {
  const finding = analysis.findings[incident.findings[0] ?? -1];
  if (finding === undefined) return undefined;
  const rendered = renderFinding(finding, texts.language);
  const section = finding.sections[0];
  return {
    rule: incident.rule,
    severity: incident.severity,
    title: escapeForDisplay(rendered.title),
    message: [rendered.what, rendered.why, ...rendered.todo]
      .filter((part) => part !== "")
      .map(escapeForDisplay)
      .join("\n"),
    count: incident.count,
    connection: finding.connection,
    frame: finding.frames[0] ?? finding.evidence[0]?.frame ?? 0,
    sectionUrl: section === undefined ? "" : sectionUrl(section),
  };
}
