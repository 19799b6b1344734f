import * as vscode from "vscode";
import { TRACE_SCHEME } from "./traceUri.ts";

const SUFFIX = ".smb-comparison";

/** The two captures that a comparison is about. */
export interface ComparisonAddress {
  readonly a: vscode.Uri;
  readonly b: vscode.Uri;
}

/** Address of the text that compares two captures: both names in its path, both whole addresses in its query. */
export function comparisonUri({ a, b }: ComparisonAddress): vscode.Uri {
  const query = new URLSearchParams({ a: a.toString(), b: b.toString() });
  return vscode.Uri.from({ scheme: TRACE_SCHEME, path: `${a.path} ↔ ${nameOf(b)}${SUFFIX}`, query: query.toString() });
}

/** The captures of such an address; undefined for any other. */
export function comparisonAddress(uri: vscode.Uri): ComparisonAddress | undefined {
  if (uri.scheme !== TRACE_SCHEME || !uri.path.endsWith(SUFFIX)) return undefined;
  const query = new URLSearchParams(uri.query);
  const [a, b] = [query.get("a"), query.get("b")];
  if (a === null || b === null) return undefined;
  try {
    return { a: vscode.Uri.parse(a, true), b: vscode.Uri.parse(b, true) };
  } catch {
    return undefined;
  }
}

/** The last part of a capture's path. */
export function nameOf(capture: vscode.Uri): string {
  return capture.path.slice(capture.path.lastIndexOf("/") + 1);
}
