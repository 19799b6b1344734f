import * as vscode from "vscode";
import { SETTINGS_FILE } from "../host/settingsFile.ts";
import { folderOf } from "./folderOf.ts";

/** Hears of settings files of the rules that come, change or go: anywhere in the workspace, beside the capture, and where the last was found. */
export class SettingsFileWatch implements vscode.Disposable {
  private readonly watchers: vscode.Disposable[];
  private readonly heard: () => void;
  private followed: { readonly folder: string; readonly watcher: vscode.Disposable } | undefined;

  constructor(capture: vscode.Uri, heard: () => void) {
    this.heard = heard;
    this.watchers = [this.watch(`**/${SETTINGS_FILE}`), this.watch(new vscode.RelativePattern(folderOf(capture), SETTINGS_FILE))];
  }

  /** The file that counts now. */
  follow(file: vscode.Uri | undefined): void {
    const folder = file === undefined ? undefined : folderOf(file);
    if (folder?.toString() === this.followed?.folder) return;
    this.followed?.watcher.dispose();
    this.followed = folder && { folder: folder.toString(), watcher: this.watch(new vscode.RelativePattern(folder, SETTINGS_FILE)) };
  }

  dispose(): void {
    this.followed?.watcher.dispose();
    for (const watcher of this.watchers) watcher.dispose();
  }

  private watch(pattern: vscode.GlobPattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(this.heard),
      watcher.onDidChange(this.heard),
      watcher.onDidDelete(this.heard),
    );
  }
}
