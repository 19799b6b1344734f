import * as vscode from "vscode";
import { folderOf } from "./folderOf.ts";

/** What became of a file since its reading began. */
export type FileChange =
  /** It has more bytes, as that of a capture which still runs. */
  | { readonly kind: "grown"; readonly bytes: number }
  /** Something else stands in its place, or it was written over. */
  | { readonly kind: "replaced" }
  | { readonly kind: "gone" };

/** Time in milliseconds that changes are gathered before the file is looked at: a running capture writes all the time. */
const GATHERING = 500;

/** Watches the file of a capture. Where its file system tells of no change, coming back to the window looks for one. */
export class CaptureFile implements vscode.Disposable {
  private readonly uri: vscode.Uri;
  private readonly changed = new vscode.EventEmitter<FileChange | undefined>();
  private readonly subscriptions: vscode.Disposable;
  private read: vscode.FileStat | undefined;
  private current: FileChange | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private disposed = false;

  /** Every change of {@link change}. */
  readonly onDidChange = this.changed.event;

  constructor(uri: vscode.Uri) {
    this.uri = uri;
    // The name itself would be taken for a pattern where it holds brackets or stars.
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folderOf(uri), "*"));
    const look = (changed: vscode.Uri) => {
      if (changed.path.toLowerCase() === uri.path.toLowerCase()) this.checkSoon();
    };
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      watcher,
      watcher.onDidChange(look),
      watcher.onDidCreate(look),
      watcher.onDidDelete(look),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.checkSoon();
      }),
    );
  }

  /** What became of the file since {@link mark}; undefined while it is as it was. */
  get change(): FileChange | undefined {
    return this.current;
  }

  /** Takes the file as it is now for the one that is read. Undefined where it cannot be found. */
  async mark(): Promise<vscode.FileStat | undefined> {
    this.read = undefined;
    this.set(undefined);
    this.read = await this.stat();
    return this.read;
  }

  /**
   * Takes in how far the reading went, in bytes of the file: a file that grew meanwhile was read beyond its marked end. Where the bytes
   * are others than those of the file, as of a compressed one, there are more than it has, and its size when it was marked stands.
   */
  async hasRead(bytes: number): Promise<void> {
    const read = this.read;
    const now = read !== undefined && bytes > read.size ? await this.stat() : undefined;
    if (now !== undefined && this.read === read && bytes <= now.size) this.read = { ...now, size: bytes };
    await this.check();
  }

  /** Looks whether the file changed. */
  async check(): Promise<void> {
    const read = this.read;
    if (read === undefined) return;
    const now = await this.stat();
    if (this.read === read) this.set(changeBetween(read, now));
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.gathering);
    this.subscriptions.dispose();
  }

  private checkSoon(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.check();
    }, GATHERING);
  }

  private async stat(): Promise<vscode.FileStat | undefined> {
    try {
      return await vscode.workspace.fs.stat(this.uri);
    } catch {
      return undefined;
    }
  }

  private set(change: FileChange | undefined): void {
    if (this.disposed || JSON.stringify(change) === JSON.stringify(this.current)) return;
    this.current = change;
    this.changed.fire(change);
  }
}

function changeBetween(read: vscode.FileStat, now: vscode.FileStat | undefined): FileChange | undefined {
  if (now === undefined) return { kind: "gone" };
  // The time of creation is another where another file took the place of this one.
  if (now.ctime !== read.ctime || now.size < read.size) return { kind: "replaced" };
  if (now.size > read.size) return { kind: "grown", bytes: now.size - read.size };
  return now.mtime === read.mtime ? undefined : { kind: "replaced" };
}
