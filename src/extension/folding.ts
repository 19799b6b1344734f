import * as vscode from "vscode";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { openTraceOf, TRACE_SELECTOR } from "./openTraceOf.ts";
import { TRACE_LANGUAGE } from "./traceUri.ts";

/** Regions folded by us when a trace is first shown; folding more would keep the editor waiting. */
const FOLDED_AT_START = 2000;

/** Folding of a text trace; healthy connections are folded when it is first shown. */
export function registerFolding(documents: CaptureDocuments): vscode.Disposable {
  const shown = new WeakSet<vscode.TextDocument>();
  const foldHealthy = async (editor: vscode.TextEditor | undefined) => {
    if (editor?.document.languageId !== TRACE_LANGUAGE || shown.has(editor.document)) return;
    shown.add(editor.document);
    const open = await openTraceOf(documents, editor.document);
    const lines = open?.trace.folds.filter((fold) => fold.collapsed).map((fold) => fold.startLine) ?? [];
    if (lines.length === 0 || vscode.window.activeTextEditor !== editor) return;
    await vscode.commands.executeCommand("editor.fold", { selectionLines: lines.slice(0, FOLDED_AT_START), levels: 1, direction: "up" });
  };
  return vscode.Disposable.from(
    vscode.languages.registerFoldingRangeProvider(TRACE_SELECTOR, {
      provideFoldingRanges: async (document) => {
        const open = await openTraceOf(documents, document);
        return open?.trace.folds.map(
          ({ startLine, endLine }) => new vscode.FoldingRange(startLine, endLine, vscode.FoldingRangeKind.Region),
        );
      },
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => void foldHealthy(editor)),
  );
}
