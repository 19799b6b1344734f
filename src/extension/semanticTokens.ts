import * as vscode from "vscode";
import { isErrorStatus, type TextTrace, type TraceSpan } from "../core/index.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { openTraceOf, TRACE_SELECTOR } from "./openTraceOf.ts";
import { spansOfLine } from "./traceIndex.ts";

/** Standard token types, and ours (`smb...`), for which package.json names the scopes that colour themes know. */
const TOKEN_TYPES = [
  "keyword",
  "type",
  "variable",
  "comment",
  "operator",
  "function",
  "property",
  "number",
  "enumMember",
  "string",
  "smbError",
  "smbWarning",
  "smbInformation",
  "smbDiffers",
] as const;
type TokenType = (typeof TOKEN_TYPES)[number];

const LEGEND = new vscode.SemanticTokensLegend([...TOKEN_TYPES]);

const SEVERITIES = { error: "smbError", warning: "smbWarning", information: "smbInformation" } as const;

/** Colours of a text trace, taken from the user's theme. */
export function registerSemanticTokens(documents: CaptureDocuments): vscode.Disposable {
  return vscode.languages.registerDocumentSemanticTokensProvider(
    TRACE_SELECTOR,
    {
      provideDocumentSemanticTokens: async (document, token) => {
        const open = await openTraceOf(documents, document);
        return open && tokens(document, open.trace, token);
      },
    },
    LEGEND,
  );
}

/** Lines painted before others have their turn. */
const LINES_AT_ONCE = 1000;

async function tokens(
  document: vscode.TextDocument,
  trace: TextTrace,
  token: vscode.CancellationToken,
): Promise<vscode.SemanticTokens | undefined> {
  const builder = new vscode.SemanticTokensBuilder(LEGEND);
  const { lineCount } = document;
  for (let line = 0; line < lineCount; line++) {
    if (line % LINES_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    // What was painted belongs to a text that is not there any more.
    if (token.isCancellationRequested || document.lineCount !== lineCount) return undefined;
    const spans = spansOfLine(trace, line);
    if (spans.length > 0) paintLine(builder, trace, line, document.lineAt(line).text, spans);
  }
  return builder.build();
}

/** Tokens must not overlap, spans may (a flag within a value): the narrower one wins. */
function paintLine(builder: vscode.SemanticTokensBuilder, trace: TextTrace, line: number, text: string, spans: readonly TraceSpan[]): void {
  const painted = new Array<TokenType | undefined>(text.length).fill(undefined);
  for (const span of [...spans].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    const type = tokenType(trace, span, text.slice(span.start, span.end));
    if (type !== undefined) painted.fill(type, span.start, span.end);
  }
  for (let start = 0; start < painted.length; ) {
    const type = painted[start];
    let end = start + 1;
    while (end < painted.length && painted[end] === type) end++;
    if (type !== undefined) builder.push(line, start, end - start, TOKEN_TYPES.indexOf(type));
    start = end;
  }
}

function tokenType(trace: TextTrace, span: TraceSpan, text: string): TokenType | undefined {
  switch (span.kind) {
    case "severity":
      return severityToken(trace, span.line);
    case "heading":
      return "keyword";
    case "rule":
      return "type";
    case "frame":
      return "variable";
    case "time":
      return "comment";
    case "direction":
      return "operator";
    case "command":
      return "function";
    case "field":
      return "property";
    case "value":
      return "number";
    case "flag":
      return "enumMember";
    case "status":
      return typeof span.ref === "number" && isErrorStatus(span.ref) ? "smbWarning" : "enumMember";
    case "endpoint":
    case "user":
      return "string";
    case "relation":
      return text.startsWith("=") ? "comment" : "smbDiffers";
    // Links have the editor's own link colour.
    case "section":
    case "link":
      return undefined;
  }
}

function severityToken(trace: TextTrace, line: number): TokenType {
  const severity = trace.problems.find((problem) => problem.headingLine === line)?.severity;
  return severity === undefined ? "keyword" : SEVERITIES[severity];
}
