import * as vscode from "vscode";

/** A capture on another file system is read whole into memory, so it may not be larger than this, in bytes. */
const LARGEST_IN_MEMORY = 256 * 1024 * 1024;

/** How the worker gets at a capture: by itself over a path, or as bytes where only VS Code can read the file. */
export type CaptureInput = { readonly path: string; readonly bytes: null } | { readonly path: null; readonly bytes: Uint8Array };

/** Throws an Error with a text for the user when the file cannot be read or is too large for its file system. */
export async function captureInput(uri: vscode.Uri): Promise<CaptureInput> {
  if (uri.scheme === "file") return { path: uri.fsPath, bytes: null };
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST_IN_MEMORY) throw new Error(tooLarge(size));
  return { path: null, bytes: new Uint8Array(await vscode.workspace.fs.readFile(uri)) };
}

function tooLarge(size: number): string {
  const mebibytes = (bytes: number) => Math.ceil(bytes / (1024 * 1024)).toLocaleString(vscode.env.language);
  return vscode.l10n.t(
    "The capture has {0} MiB. From a file system that is not a local disk, at most {1} MiB can be read. Copy the file to a local folder and open it there.",
    mebibytes(size),
    mebibytes(LARGEST_IN_MEMORY),
  );
}
