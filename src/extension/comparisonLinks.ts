import * as vscode from "vscode";
import { showFrameLink } from "./commandLinks.ts";
import type { Comparison, Comparisons } from "./comparisons.ts";
import { type ComparisonAddress, comparisonAddress } from "./comparisonUri.ts";
import { TRACE_SCHEME } from "./traceUri.ts";

const FRAME = /\[([AB]) (\d+)\]/g;

/** Links of a comparison: each frame leads to its place in the text trace of its capture. */
export function registerComparisonLinks(comparisons: Comparisons): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(
    { scheme: TRACE_SCHEME, pattern: "**/*.smb-comparison" },
    {
      provideDocumentLinks: async (document) => {
        const address = comparisonAddress(document.uri);
        const comparison = address && (await comparisons.known(address));
        return address === undefined || comparison === undefined ? [] : links(document, address, comparison);
      },
    },
  );
}

function links(document: vscode.TextDocument, { a, b }: ComparisonAddress, { framesA, framesB }: Comparison): vscode.DocumentLink[] {
  const connections = { A: new Map(framesA), B: new Map(framesB) };
  return [...document.getText().matchAll(FRAME)].map((found) => {
    const side = found[1] === "A" ? "A" : "B";
    const frame = Number(found[2]);
    const range = new vscode.Range(document.positionAt(found.index), document.positionAt(found.index + found[0].length));
    const link = new vscode.DocumentLink(range, showFrameLink(side === "A" ? a : b, connections[side].get(frame) ?? 0, frame));
    link.tooltip = vscode.l10n.t("Go to frame {0}", frame);
    return link;
  });
}
