import type * as vscode from "vscode";
import type { TextTrace } from "../core/index.ts";
import type { CaptureDocument } from "./captureDocument.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { TRACE_LANGUAGE, TRACE_SCHEME, traceAddress } from "./traceUri.ts";

/** Every provider over text traces is bound by this. */
export const TRACE_SELECTOR: vscode.DocumentFilter = { scheme: TRACE_SCHEME, language: TRACE_LANGUAGE };

/** A text trace in an editor together with the map of its places. */
export interface OpenTrace {
  readonly capture: CaptureDocument;
  readonly connection: number;
  readonly trace: TextTrace;
}

/**
 * The trace behind a text document; undefined when its capture is closed or was read again and the editor still shows the older text, so
 * that no place is taken for another.
 */
export async function openTraceOf(documents: CaptureDocuments, document: vscode.TextDocument): Promise<OpenTrace | undefined> {
  const address = traceAddress(document.uri);
  const capture = address && documents.get(address.capture);
  if (address === undefined || capture === undefined) return undefined;
  const trace = await capture.trace(address.connection);
  // In an editor the last line feed begins one more line.
  return trace.lineCount + 1 === document.lineCount ? { capture, connection: address.connection, trace } : undefined;
}
