import * as vscode from "vscode";
import { isSectionId, type Remedy, sectionLabel, type TraceProblem } from "../core/index.ts";
import { SETTINGS_FILE } from "../host/settingsFile.ts";
import type { OpenTrace } from "./openTraceOf.ts";
import { remediesOf } from "./remediesOf.ts";
import { RULES_SETTING } from "./settings.ts";
import { traceUri } from "./traceUri.ts";

/** A command with what it is given. */
export interface ActionCommand {
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** Something that can be done about a finding; nothing of it changes the machine. */
export interface FindingAction extends ActionCommand {
  readonly title: string;
  /** More about it, for lists that have room. */
  readonly detail: string;
  readonly group: "remedy" | "finding" | "settings" | "workaround";
  /** The same commands in a new document, where the action copies them. */
  readonly inDocument?: ActionCommand;
}

/** What can be done about a finding: remedies that strengthen, then what leads on, and what weakens security last. */
export function findingActions(open: OpenTrace, problem: TraceProblem): readonly FindingAction[] {
  const remedies = remediesOf(problem.remedies);
  return [
    ...remedies.filter(({ kind }) => kind === "safe").flatMap((remedy) => remedyActions(remedy, problem.rule)),
    ...leadingActions(open, problem),
    ...turningOff(open, problem),
    ...remedies.filter(({ kind }) => kind === "workaround").flatMap((remedy) => remedyActions(remedy, problem.rule)),
  ];
}

function remedyActions(remedy: Remedy, rule: string): readonly FindingAction[] {
  const group: FindingAction["group"] = remedy.kind === "safe" ? "remedy" : "workaround";
  const marked = (title: string) => (remedy.kind === "safe" ? title : vscode.l10n.t("Weakens security: {0}", title));
  if (remedy.snippets.length === 0) {
    return [{ title: marked(remedy.title), detail: remedy.text, group, command: "smbLens.explain", arguments: [rule] }];
  }
  const copies = remedy.snippets.map(({ platform, label, effect }) => ({
    title: marked(vscode.l10n.t("Copy: {0} ({1})", remedy.title, label)),
    detail: effect,
    group,
    command: "smbLens.copySnippet",
    arguments: [remedy.id, platform],
    inDocument: { command: "smbLens.openSnippet", arguments: [remedy.id, platform] },
  }));
  const inDocument = marked(vscode.l10n.t("Open in a new document: {0}…", remedy.title));
  return [...copies, { title: inDocument, detail: remedy.text, group, command: "smbLens.openSnippet", arguments: [remedy.id] }];
}

function leadingActions(open: OpenTrace, problem: TraceProblem): readonly FindingAction[] {
  const capture = open.capture.uri.toString();
  const trace = traceUri(open.capture.uri, open.connection).toString();
  const section = problem.sections.find(isSectionId);
  const action = (title: string, command: string, ...args: readonly unknown[]): FindingAction => ({
    title,
    detail: "",
    group: "finding",
    command,
    arguments: args,
  });
  return [
    action(vscode.l10n.t("Explain {0}", problem.rule), "smbLens.explain", problem.rule),
    ...(section === undefined ? [] : [action(vscode.l10n.t("Open {0}", sectionLabel(section)), "smbLens.openSection", section)]),
    action(vscode.l10n.t("Show in capture"), "smbLens.reveal", capture, problem.connection, problem.frame),
    action(vscode.l10n.t("Copy the finding as Markdown"), "smbLens.copyFinding", trace, problem.line, problem.rule),
  ];
}

function turningOff({ capture }: OpenTrace, { rule }: TraceProblem): readonly FindingAction[] {
  return [
    {
      title: vscode.l10n.t("Do not report {0} in this capture", rule),
      detail: vscode.l10n.t(
        "Written into {0}, which the command line reads too. The views say that a finding is not shown.",
        SETTINGS_FILE,
      ),
      group: "settings",
      command: "smbLens.turnOffHere",
      arguments: [capture.uri.toString(), rule],
    },
    {
      title: vscode.l10n.t("Do not report {0} in any capture", rule),
      detail: vscode.l10n.t("Written into your settings ({0}). The views say that a finding is not shown.", RULES_SETTING),
      group: "settings",
      command: "smbLens.turnOffEverywhere",
      arguments: [rule],
    },
  ];
}
