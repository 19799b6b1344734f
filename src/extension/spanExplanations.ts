import * as vscode from "vscode";
import {
  fieldText,
  isSectionId,
  ntStatusMeaning,
  ntStatusName,
  ruleById,
  sectionLabel,
  type TraceProblem,
  type TraceSpan,
} from "../core/index.ts";
import { explainLink, quickFixLink, revealLink } from "./commandLinks.ts";
import { displayLanguage } from "./displayLanguage.ts";
import type { HoverText } from "./hoverText.ts";
import type { OpenTrace } from "./openTraceOf.ts";

/** Writes what a place of the trace means; nothing where there is nothing to say beyond what stands there. */
export function explainSpan(hover: HoverText, open: OpenTrace, span: TraceSpan, text: string): HoverText {
  explainKey(hover, span, text);
  explainReference(hover, open, span);
  return hover.lines(span.hover ?? []);
}

/** Writes a finding's sections and what can be done from here; its words stand in the hover already, as those of the Problem. */
export function explainProblem(hover: HoverText, trace: vscode.Uri, open: OpenTrace, problem: TraceProblem): HoverText {
  return hover.sections(problem.sections).commands([
    { label: vscode.l10n.t("Fix…"), target: quickFixLink(trace, problem.line) },
    { label: vscode.l10n.t("Explain"), target: explainLink(problem.rule) },
    { label: vscode.l10n.t("Show in capture"), target: revealLink(open.capture.uri, problem.connection, problem.frame) },
  ]);
}

function explainKey(hover: HoverText, span: TraceSpan, text: string): void {
  const explanation = span.key === undefined ? undefined : fieldText(span.key, displayLanguage());
  if (explanation === undefined) return;
  const title = explanation.title === text ? text : explanation.title;
  hover.title(title).paragraph(explanation.explanation).sections(explanation.sections);
}

function explainReference(hover: HoverText, open: OpenTrace, span: TraceSpan): void {
  if (span.kind === "status") explainStatus(hover, span.ref);
  else if (span.kind === "rule") explainRule(hover, span.ref);
  else if (span.kind === "section") explainSection(hover, span.ref);
  else if (span.kind === "frame") explainFrame(hover, open, span);
}

function explainStatus(hover: HoverText, ref: TraceSpan["ref"]): void {
  if (typeof ref !== "number") return;
  const value = ref >>> 0;
  const meaning = ntStatusMeaning(value, displayLanguage());
  hover.title(`${ntStatusName(value)} (0x${value.toString(16).toUpperCase().padStart(8, "0")})`);
  hover.paragraph(meaning ?? vscode.l10n.t("SMB Lens has no explanation of this status.")).sections(["MS-ERREF 2.3.1"]);
}

function explainRule(hover: HoverText, ref: TraceSpan["ref"]): void {
  const rule = typeof ref === "string" ? ruleById(ref) : undefined;
  if (rule === undefined) return;
  const texts = rule.texts[displayLanguage()]();
  hover.title(texts.name).paragraph(texts.recognises).sections(rule.sections);
  hover.commands([{ label: vscode.l10n.t("Explain"), target: explainLink(rule.id) }]);
}

function explainSection(hover: HoverText, ref: TraceSpan["ref"]): void {
  if (typeof ref === "string" && isSectionId(ref)) hover.paragraph(sectionLabel(ref)).sections([ref]);
}

function explainFrame(hover: HoverText, open: OpenTrace, span: TraceSpan): void {
  if (typeof span.ref !== "number") return;
  const connection = span.connection ?? open.connection;
  hover.title(vscode.l10n.t("Frame {0}", span.ref));
  if (connection > 0) {
    hover.commands([{ label: vscode.l10n.t("Show in capture"), target: revealLink(open.capture.uri, connection, span.ref) }]);
  }
}
