import * as vscode from "vscode";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { HoverText } from "./hoverText.ts";
import { type OpenTrace, openTraceOf, TRACE_SELECTOR } from "./openTraceOf.ts";
import { placeRange } from "./placeRange.ts";
import { explainProblem, explainSpan } from "./spanExplanations.ts";
import { spansAt } from "./traceIndex.ts";

/** Hovers over every place of a text trace that has something to say. */
export function registerHovers(documents: CaptureDocuments): vscode.Disposable {
  return vscode.languages.registerHoverProvider(TRACE_SELECTOR, {
    provideHover: async (document, position) => {
      const open = await openTraceOf(documents, document);
      return open && hoverAt(document, open, position);
    },
  });
}

function hoverAt(document: vscode.TextDocument, open: OpenTrace, { line, character }: vscode.Position): vscode.Hover | undefined {
  const spans = spansAt(open.trace, line, character);
  const problems = open.trace.problems.filter((problem) => problem.line === line && problem.start <= character && character <= problem.end);
  const texts = [
    ...spans.map((span) => explainSpan(new HoverText(), open, span, document.getText(placeRange(span)))),
    ...problems.map((problem) => explainProblem(new HoverText(), document.uri, open, problem)),
  ].filter((text) => !text.isEmpty);
  const place = spans[0] ?? problems[0];
  return place === undefined || texts.length === 0
    ? undefined
    : new vscode.Hover(
        texts.map((text) => text.markdown),
        placeRange(place),
      );
}
