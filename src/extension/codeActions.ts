import * as vscode from "vscode";
import type { TraceProblem } from "../core/index.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { isDiagnosticOf } from "./diagnostics.ts";
import { type FindingAction, findingActions } from "./findingActions.ts";
import { openTraceOf, TRACE_SELECTOR } from "./openTraceOf.ts";
import { placeRange } from "./placeRange.ts";

/** Quick Fixes of a text trace: the light bulb of the Problems view offers them. */
export function registerCodeActions(documents: CaptureDocuments): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    TRACE_SELECTOR,
    {
      provideCodeActions: async (document, range, { diagnostics }) => {
        const open = await openTraceOf(documents, document);
        const problems = open?.trace.problems.filter((problem) => placeRange(problem).intersection(range) !== undefined) ?? [];
        return (
          open && problems.flatMap((problem) => findingActions(open, problem).map((action) => codeAction(action, problem, diagnostics)))
        );
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function codeAction(action: FindingAction, problem: TraceProblem, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction {
  const made = new vscode.CodeAction(action.title, vscode.CodeActionKind.QuickFix);
  made.command = { title: action.title, command: action.command, arguments: [...action.arguments] };
  // A Quick Fix that names no diagnostic gets no light bulb.
  made.diagnostics = diagnostics.filter((diagnostic) => isDiagnosticOf(diagnostic, problem));
  return made;
}
