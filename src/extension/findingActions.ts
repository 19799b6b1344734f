import * as vscode from "vscode";
import { isSectionId, sectionLabel, type TraceProblem } from "../core/index.ts";
import type { OpenTrace } from "./openTraceOf.ts";
import { type RemedyChoice, remediesOf } from "./remedyChoices.ts";
import { traceUri } from "./traceUri.ts";

/** Something that can be done about a finding; nothing of it changes the machine. */
export interface FindingAction {
  readonly title: string;
  /** More about it, for lists that have room. */
  readonly detail: string;
  readonly group: "remedy" | "finding" | "workaround";
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** What can be done about a finding: remedies that strengthen, then what leads on, and what weakens security last. */
export function findingActions(open: OpenTrace, problem: TraceProblem): readonly FindingAction[] {
  const remedies = remediesOf(problem.remedies);
  return [
    ...remedies.filter(({ kind }) => kind === "safe").flatMap(remedyActions),
    ...leadingActions(open, problem),
    ...remedies.filter(({ kind }) => kind === "workaround").flatMap(remedyActions),
  ];
}

function remedyActions(remedy: RemedyChoice): readonly FindingAction[] {
  const group = remedy.kind === "safe" ? "remedy" : "workaround";
  const marked = (title: string) => (remedy.kind === "safe" ? title : vscode.l10n.t("Weakens security: {0}", title));
  const action = (title: string, detail: string, command: string, ...args: readonly unknown[]): FindingAction => ({
    title: marked(title),
    detail,
    group,
    command,
    arguments: args,
  });
  const ofSnippet = remedy.snippets.flatMap(({ platform, label, effect }) => [
    action(vscode.l10n.t("Copy: {0} ({1})", remedy.title, label), effect, "smbLens.copySnippet", remedy.id, platform),
    action(vscode.l10n.t("Open in a new document: {0} ({1})", remedy.title, label), effect, "smbLens.openSnippet", remedy.id, platform),
  ]);
  if (remedy.note === null) return ofSnippet;
  return [action(vscode.l10n.t("Copy note: {0}", remedy.title), remedy.note, "smbLens.copyNote", remedy.id), ...ofSnippet];
}

function leadingActions(open: OpenTrace, problem: TraceProblem): readonly FindingAction[] {
  const capture = open.capture.uri.toString();
  const action = (title: string, command: string, ...args: readonly unknown[]): FindingAction => ({
    title,
    detail: "",
    group: "finding",
    command,
    arguments: args,
  });
  const section = problem.sections.find(isSectionId);
  return [
    action(vscode.l10n.t("Explain {0}", problem.rule), "smbLens.explain", problem.rule),
    ...(section === undefined ? [] : [action(vscode.l10n.t("Open {0}", sectionLabel(section)), "smbLens.openSection", section)]),
    action(vscode.l10n.t("Show in capture"), "smbLens.reveal", capture, problem.connection, problem.frame),
    action(
      vscode.l10n.t("Copy the finding as Markdown"),
      "smbLens.copyFinding",
      traceUri(open.capture.uri, open.connection).toString(),
      problem.line,
      problem.rule,
    ),
  ];
}
