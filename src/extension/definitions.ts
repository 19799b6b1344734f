import * as vscode from "vscode";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { openTraceOf, TRACE_SELECTOR } from "./openTraceOf.ts";
import { placeRange } from "./placeRange.ts";
import { partnersOfLine } from "./traceIndex.ts";

/** Go to definition on any line of a message: from the request to its responses, from a response to its request. */
export function registerDefinitions(documents: CaptureDocuments): vscode.Disposable {
  return vscode.languages.registerDefinitionProvider(TRACE_SELECTOR, {
    provideDefinition: async (document, { line }): Promise<vscode.LocationLink[]> => {
      const open = await openTraceOf(documents, document);
      if (open === undefined) return [];
      return partnersOfLine(open.trace, line).map((message) => ({
        targetUri: document.uri,
        targetRange: new vscode.Range(message.line, 0, message.endLine + 1, 0),
        targetSelectionRange: placeRange(message),
      }));
    },
  });
}
