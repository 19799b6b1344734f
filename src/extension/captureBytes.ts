import * as vscode from "vscode";

/** A capture that only VS Code can read comes whole and stays in memory, so it may not be larger than this, in bytes. */
const LARGEST_IN_MEMORY = 256 * 1024 * 1024;
/** Bytes copied at a time, in some milliseconds, before others have their turn. */
const COPIED_AT_ONCE = 8 * 1024 * 1024;

/** How the worker gets at a capture: by itself over a path, or as bytes where only VS Code can read the file. */
export type CaptureInput = { readonly path: string; readonly bytes: null } | { readonly path: null; readonly bytes: Uint8Array };

/** Its message says to the user how large the capture may be there, and what to do. */
export class CaptureTooLarge extends Error {}

/**
 * Throws {@link CaptureTooLarge}, or an Error with what the file system says, when the file cannot be read.
 * @param size of the file in bytes as its file system tells it; 0 where it does not
 */
export async function captureInput(uri: vscode.Uri, size: number): Promise<CaptureInput> {
  if (uri.scheme === "file") return { path: uri.fsPath, bytes: null };
  if (size > LARGEST_IN_MEMORY) throw new CaptureTooLarge(tooLarge(size));
  const bytes = await vscode.workspace.fs.readFile(uri);
  // Some file systems do not know the size before they have read the file.
  if (bytes.length > LARGEST_IN_MEMORY) throw new CaptureTooLarge(tooLarge(bytes.length));
  return { path: null, bytes: await ownCopy(bytes) };
}

/** Bytes that can be given away: those that a file system gave may still be its own. */
async function ownCopy(bytes: Uint8Array): Promise<Uint8Array> {
  const copy = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += COPIED_AT_ONCE) {
    copy.set(bytes.subarray(start, start + COPIED_AT_ONCE), start);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return copy;
}

function tooLarge(size: number): string {
  const mebibytes = (bytes: number) => Math.ceil(bytes / (1024 * 1024)).toLocaleString(vscode.env.language);
  return vscode.l10n.t(
    "The capture has {0} MiB. From a file system that is not a local disk, at most {1} MiB can be read. Copy the file to a local folder and open it there.",
    mebibytes(size),
    mebibytes(LARGEST_IN_MEMORY),
  );
}
