import type * as vscode from "vscode";

/** The folder that holds a file or folder; of a root the root itself. */
export function folderOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ path: uri.path.slice(0, Math.max(1, uri.path.lastIndexOf("/"))), query: "", fragment: "" });
}
