import * as vscode from "vscode";
import type { TraceSymbol } from "../core/index.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { openTraceOf, TRACE_SELECTOR } from "./openTraceOf.ts";

const KINDS: Readonly<Record<TraceSymbol["kind"], vscode.SymbolKind>> = {
  summary: vscode.SymbolKind.File,
  finding: vscode.SymbolKind.Event,
  connection: vscode.SymbolKind.Interface,
  message: vscode.SymbolKind.Method,
  field: vscode.SymbolKind.Field,
};

/** Outline and breadcrumbs of a text trace. */
export function registerOutline(documents: CaptureDocuments): vscode.Disposable {
  return vscode.languages.registerDocumentSymbolProvider(TRACE_SELECTOR, {
    provideDocumentSymbols: async (document) => {
      const open = await openTraceOf(documents, document);
      return open?.trace.symbols.map((symbol) => documentSymbol(document, symbol));
    },
  });
}

function documentSymbol(document: vscode.TextDocument, symbol: TraceSymbol): vscode.DocumentSymbol {
  const lastLine = Math.min(Math.max(symbol.endLine, symbol.startLine), document.lineCount - 1);
  const range = new vscode.Range(symbol.startLine, 0, lastLine, document.lineAt(lastLine).text.length);
  const selection = range.intersection(document.lineAt(Math.min(symbol.selectionLine, lastLine)).range) ?? range;
  // VS Code refuses a symbol without a name.
  const made = new vscode.DocumentSymbol(symbol.name === "" ? "?" : symbol.name, symbol.detail, KINDS[symbol.kind], range, selection);
  made.children = symbol.children.map((child) => documentSymbol(document, child));
  return made;
}
