import * as vscode from "vscode";
import { CAPTURE_VIEW_TYPE } from "./capturePanels.ts";
import { traceAddress } from "./traceUri.ts";

/**
 * The capture that a command is meant for: what a menu or a caller names (a capture or a text trace of it), else what the active tab
 * shows; undefined where neither has to do with a capture.
 */
export function activeCapture(argument?: unknown): vscode.Uri | undefined {
  const named = argumentUri(argument);
  if (named !== undefined) return traceAddress(named)?.capture ?? named;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom && input.viewType === CAPTURE_VIEW_TYPE) return input.uri;
  return input instanceof vscode.TabInputText ? traceAddress(input.uri)?.capture : undefined;
}

/** An address given to a command: an Uri, or its text where the command is linked from a text. */
export function argumentUri(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument !== "string" || argument === "") return undefined;
  try {
    return vscode.Uri.parse(argument, true);
  } catch {
    return undefined;
  }
}

/** A number given to a command, from 0; undefined for anything else. */
export function argumentNumber(argument: unknown): number | undefined {
  return typeof argument === "number" && Number.isSafeInteger(argument) && argument >= 0 ? argument : undefined;
}
