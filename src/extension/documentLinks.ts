import * as vscode from "vscode";
import { isSectionId, sectionLabel, sectionTitle, sectionUrl, type TraceSpan } from "../core/index.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { showFrameLink } from "./commandLinks.ts";
import { type OpenTrace, openTraceOf, TRACE_SELECTOR } from "./openTraceOf.ts";
import { lineOfFrame } from "./traceIndex.ts";
import { traceUri } from "./traceUri.ts";

/** Links of a text trace: frames lead to their line, sections to the specification, counts to a connection's own document. */
export function registerDocumentLinks(documents: CaptureDocuments): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(TRACE_SELECTOR, {
    provideDocumentLinks: async (document) => {
      const open = await openTraceOf(documents, document);
      return open === undefined ? [] : links(document, open);
    },
  });
}

/** Spans looked at before others have their turn. */
const SPANS_AT_ONCE = 4000;

async function links(document: vscode.TextDocument, open: OpenTrace): Promise<vscode.DocumentLink[]> {
  const found: vscode.DocumentLink[] = [];
  for (const [index, span] of open.trace.spans.entries()) {
    if (index % SPANS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    const link = documentLink(document, open, span);
    if (link !== undefined) found.push(link);
  }
  return found;
}

function documentLink(document: vscode.TextDocument, open: OpenTrace, span: TraceSpan): vscode.DocumentLink | undefined {
  const range = new vscode.Range(span.line, span.start, span.line, span.end);
  switch (span.kind) {
    case "frame":
      return frameLink(range, document, open, span);
    case "section":
      return sectionLink(range, span);
    case "link":
      return connectionLink(range, open, span);
    default:
      return undefined;
  }
}

function frameLink(range: vscode.Range, document: vscode.TextDocument, open: OpenTrace, span: TraceSpan) {
  if (typeof span.ref !== "number") return undefined;
  const connection = span.connection ?? open.connection;
  const line = lineOfFrame(open.trace, connection, span.ref);
  // A frame number at the head of its own line would lead to where it stands.
  if (line === span.line) return undefined;
  const target =
    line === undefined ? showFrameLink(open.capture.uri, connection, span.ref) : document.uri.with({ fragment: `L${line + 1},1` });
  return withTooltip(new vscode.DocumentLink(range, target), vscode.l10n.t("Go to frame {0}", span.ref));
}

function sectionLink(range: vscode.Range, { ref }: TraceSpan) {
  if (typeof ref !== "string" || !isSectionId(ref)) return undefined;
  return withTooltip(new vscode.DocumentLink(range, vscode.Uri.parse(sectionUrl(ref))), `${sectionLabel(ref)} ${sectionTitle(ref)}`);
}

function connectionLink(range: vscode.Range, open: OpenTrace, { ref }: TraceSpan) {
  if (typeof ref !== "number") return undefined;
  return withTooltip(
    new vscode.DocumentLink(range, traceUri(open.capture.uri, ref)),
    vscode.l10n.t("Show every message of connection {0}", ref),
  );
}

function withTooltip(link: vscode.DocumentLink, tooltip: string): vscode.DocumentLink {
  link.tooltip = tooltip;
  return link;
}
