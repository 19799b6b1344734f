import * as vscode from "vscode";
import type { CaptureDocument } from "./captureDocument.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import type { Comparisons } from "./comparisons.ts";
import { comparisonAddress } from "./comparisonUri.ts";
import { TRACE_SCHEME, traceAddress, traceUri } from "./traceUri.ts";

/** A capture that nothing shows is kept this long after its trace was read, in milliseconds: a tab needs a moment to appear. */
const GRACE = 3000;

/** Files of the scheme `smb-lens`: the text traces of captures and the comparisons of two, made when they are read. */
export class TextTraceFileSystem implements vscode.FileSystemProvider {
  private readonly documents: CaptureDocuments;
  private readonly comparisons: Comparisons;
  private readonly changedFiles = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** The traces handed out, by capture, so that an editor hears of it when a capture is read again. */
  private readonly given = new Map<string, Map<string, vscode.Uri>>();

  readonly onDidChangeFile = this.changedFiles.event;

  constructor(documents: CaptureDocuments, comparisons: Comparisons) {
    this.documents = documents;
    this.comparisons = comparisons;
  }

  /** Tells the editors of a capture's traces to read them again. */
  refresh(document: CaptureDocument): void {
    const traces = this.given.get(document.uri.toString());
    if (traces === undefined) return;
    this.changedFiles.fire([...traces.values()].map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, modified } = await this.trace(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: modified, size: text.byteLength, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.trace(uri)).text;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  private async trace(uri: vscode.Uri): Promise<{ text: Uint8Array; modified: number }> {
    const compared = comparisonAddress(uri);
    const traced = traceAddress(uri);
    const capture = compared?.a ?? traced?.capture;
    if (capture === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const hold = this.documents.hold(capture);
    try {
      const { document } = hold;
      const made = compared ? this.comparisons.compare(document, compared) : document.trace(traced?.connection);
      const { text } = await made;
      this.remember(capture, uri);
      return { text: new TextEncoder().encode(text), modified: document.modified };
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    } finally {
      setTimeout(() => hold.dispose(), GRACE);
    }
  }

  private remember(capture: vscode.Uri, trace: vscode.Uri): void {
    const key = capture.toString();
    const traces = this.given.get(key) ?? new Map<string, vscode.Uri>();
    this.given.set(key, traces.set(trace.toString(), trace));
  }
}

/** Serves the text traces and keeps their editors up to date. */
export function registerTextTraceFileSystem(documents: CaptureDocuments, comparisons: Comparisons): vscode.Disposable {
  const fileSystem = new TextTraceFileSystem(documents, comparisons);
  const reason = new vscode.MarkdownString(
    vscode.l10n.t("The text trace is made from the capture and cannot be changed. **SMB Lens: Save Report** writes it to a file."),
  );
  return vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(TRACE_SCHEME, fileSystem, { isReadonly: reason, isCaseSensitive: true }),
    documents.onDidChange((document) => {
      if (document.status.type !== "progress") fileSystem.refresh(document);
    }),
  );
}

/** The text trace of a capture as a text document. */
export function openTrace(capture: vscode.Uri, connection = 0): Thenable<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(traceUri(capture, connection));
}
