import { escapeForDisplay } from "../bytes/text.ts";
import type { Evidence, Finding } from "../rules/finding.ts";
import { renderFinding } from "../rules/renderFinding.ts";
import type { EvidencePlaces } from "./evidencePlaces.ts";
import { evidenceText } from "./evidenceText.ts";
import type { FindingLines } from "./findingBlock.ts";
import type { ReportTexts } from "./reportTexts.ts";
import type { TraceProblem } from "./textTrace.ts";

/** A finding of the trace with its block, for its Problem. */
export interface TracedFinding {
  readonly finding: Finding;
  /** Index into `Analysis.findings`. */
  readonly index: number;
  readonly count: number;
  readonly lines: FindingLines;
}

/** The Problem of a finding: at the value that decides, or, where the trace does not show it, at the rule in the finding's own block. */
export function traceProblem({ finding, index, count, lines }: TracedFinding, places: EvidencePlaces, texts: ReportTexts): TraceProblem {
  const { rule, severity, connection, evidence } = finding;
  const main = mainEvidence(evidence);
  const place = main === undefined ? undefined : places.find(connection, main);
  const { title } = renderFinding(finding, texts.language);
  const related = evidence.flatMap((one) => {
    const where = one === main ? undefined : places.find(connection, one);
    return where === undefined ? [] : [{ ...where, text: evidenceText(one, texts) }];
  });
  return {
    ...(place ?? lines.rule),
    finding: index,
    rule,
    severity,
    connection,
    frame: main?.frame ?? finding.frames[0] ?? 0,
    title: escapeForDisplay(title),
    message: problemMessage(finding, texts),
    count,
    headingLine: lines.startLine,
    sections: finding.sections,
    remedies: finding.remedies,
    related,
  };
}

/** What the finding stands on: the observed value before anything else. */
function mainEvidence(evidence: readonly Evidence[]): Evidence | undefined {
  const observed = evidence.filter(({ role }) => role === "observed");
  return observed.find(({ field }) => field !== undefined) ?? observed[0] ?? evidence[0];
}

function problemMessage(finding: Finding, texts: ReportTexts): string {
  const { what, why, todo, limit } = renderFinding(finding, texts.language);
  const steps = todo.map((step, index) => `${index + 1}. ${step}`);
  return [what, why, ...steps, limit]
    .filter((part) => part !== "")
    .map(escapeForDisplay)
    .join("\n");
}
