import * as vscode from "vscode";
import type { TracePlace } from "../core/index.ts";

/** A place of the text trace as an editor's range. */
export function placeRange({ line, start, end }: TracePlace): vscode.Range {
  return new vscode.Range(line, start, line, end);
}
