import * as vscode from "vscode";

export const TRACE_SCHEME = "smb-lens";
export const TRACE_LANGUAGE = "smb-trace";
const SUFFIX = ".smb-trace";

/** What a text trace tells of: a capture, and of it everything (connection 0) or one connection in full. */
export interface TraceAddress {
  readonly capture: vscode.Uri;
  readonly connection: number;
}

/**
 * Address of the text trace of a capture: its path with `.smb-trace` behind it. What else belongs to the capture's address (a scheme
 * other than `file`, an authority, a query) is kept in the query, so that {@link traceAddress} gives it back.
 */
export function traceUri(capture: vscode.Uri, connection = 0): vscode.Uri {
  const query = new URLSearchParams();
  if (capture.scheme !== "file") query.set("scheme", capture.scheme);
  if (capture.authority !== "") query.set("authority", capture.authority);
  if (capture.query !== "") query.set("query", capture.query);
  if (connection > 0) query.set("connection", String(connection));
  const name = connection > 0 ? `.connection-${connection}` : "";
  return vscode.Uri.from({ scheme: TRACE_SCHEME, path: `${capture.path}${name}${SUFFIX}`, query: query.toString() });
}

/** The capture and connection that a text trace tells of; undefined for any other address. */
export function traceAddress(trace: vscode.Uri): TraceAddress | undefined {
  if (trace.scheme !== TRACE_SCHEME || !trace.path.endsWith(SUFFIX)) return undefined;
  const query = new URLSearchParams(trace.query);
  const connection = connectionNumber(query.get("connection"));
  if (connection === undefined) return undefined;
  const suffix = connection > 0 ? `.connection-${connection}${SUFFIX}` : SUFFIX;
  if (!trace.path.endsWith(suffix)) return undefined;
  const capture = vscode.Uri.from({
    scheme: query.get("scheme") ?? "file",
    authority: query.get("authority") ?? "",
    path: trace.path.slice(0, -suffix.length),
    query: query.get("query") ?? "",
  });
  return { capture, connection };
}

function connectionNumber(text: string | null): number | undefined {
  if (text === null) return 0;
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
}
