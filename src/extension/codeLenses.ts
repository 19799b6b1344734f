import * as vscode from "vscode";
import type { TraceProblem } from "../core/index.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { type OpenTrace, openTraceOf, TRACE_SELECTOR } from "./openTraceOf.ts";

/** What can be done about a finding, in a line over it. */
export function registerCodeLenses(documents: CaptureDocuments): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(TRACE_SELECTOR, {
    provideCodeLenses: async (document) => {
      const open = await openTraceOf(documents, document);
      return open?.trace.problems.flatMap((problem) => lensesOf(document.uri, open, problem));
    },
  });
}

function lensesOf(trace: vscode.Uri, open: OpenTrace, problem: TraceProblem): vscode.CodeLens[] {
  const range = new vscode.Range(problem.headingLine, 0, problem.headingLine, 0);
  const lens = (title: string, command: string, ...args: readonly unknown[]) =>
    new vscode.CodeLens(range, { title, command, arguments: [...args] });
  return [
    lens(vscode.l10n.t("Show in capture"), "smbLens.reveal", open.capture.uri.toString(), problem.connection, problem.frame),
    lens(vscode.l10n.t("Fix…"), "smbLens.quickFix", trace.toString(), problem.headingLine),
    lens(vscode.l10n.t("Explain"), "smbLens.explain", problem.rule),
  ];
}
