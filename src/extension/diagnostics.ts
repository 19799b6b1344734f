import * as vscode from "vscode";
import { isSectionId, sectionUrl, type TraceProblem } from "../core/index.ts";
import type { CaptureDocument } from "./captureDocument.ts";
import { placeRange } from "./placeRange.ts";

const SOURCE = "SMB Lens";
/** Places of the text trace that the capture's own problem leads to. */
const MOST_RELATED = 50;

const SEVERITIES: Readonly<Record<TraceProblem["severity"], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** The Problem of one finding, at the place of the trace where it shows. */
export function traceDiagnostic(trace: vscode.Uri, problem: TraceProblem): vscode.Diagnostic {
  const message = problem.message === "" ? problem.title : `${problem.title}\n${problem.message}`;
  const diagnostic = new vscode.Diagnostic(placeRange(problem), message, SEVERITIES[problem.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = codeOf(problem);
  diagnostic.relatedInformation = problem.related.map(
    (place) => new vscode.DiagnosticRelatedInformation(new vscode.Location(trace, placeRange(place)), place.text),
  );
  return diagnostic;
}

/** Whether a diagnostic is the one that {@link traceDiagnostic} made of the problem. */
export function isDiagnosticOf(diagnostic: vscode.Diagnostic, problem: TraceProblem): boolean {
  const code = typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code;
  return diagnostic.source === SOURCE && code === problem.rule && diagnostic.range.isEqual(placeRange(problem));
}

/** The one Problem on the capture itself: what was found, leading to the places in the trace; or why nothing could be read. */
export function captureDiagnostics(document: CaptureDocument, trace: vscode.Uri, problems: readonly TraceProblem[]): vscode.Diagnostic[] {
  if (document.status.type === "state") return [stateDiagnostic(document)];
  const worst = problems.reduce<TraceProblem | undefined>(worse, undefined);
  if (worst === undefined) return [];
  const diagnostic = new vscode.Diagnostic(START, summary(worst, problems), SEVERITIES[worst.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = codeOf(worst);
  diagnostic.relatedInformation = problems
    .slice(0, MOST_RELATED)
    .map((problem) => new vscode.DiagnosticRelatedInformation(new vscode.Location(trace, placeRange(problem)), problem.title));
  return [diagnostic];
}

const START = new vscode.Range(0, 0, 0, 0);

function stateDiagnostic(document: CaptureDocument): vscode.Diagnostic {
  const state = document.status.type === "state" ? document.status.state : undefined;
  const wasRead = (document.result?.statistics.frames ?? 0) > 0;
  const severity = wasRead ? vscode.DiagnosticSeverity.Information : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(START, [state?.title, state?.text].filter(Boolean).join("\n"), severity);
  diagnostic.source = SOURCE;
  return diagnostic;
}

function summary(worst: TraceProblem, problems: readonly TraceProblem[]): string {
  if (problems.length === 1) return worst.title;
  return vscode.l10n.t("{0} (and {1} more findings; the text trace shows all)", worst.title, problems.length - 1);
}

function worse(worst: TraceProblem | undefined, problem: TraceProblem): TraceProblem {
  return worst === undefined || SEVERITIES[problem.severity] < SEVERITIES[worst.severity] ? problem : worst;
}

function codeOf({ rule, sections }: TraceProblem): { value: string; target: vscode.Uri } | string {
  const section = sections.find(isSectionId);
  return section === undefined ? rule : { value: rule, target: vscode.Uri.parse(sectionUrl(section)) };
}
