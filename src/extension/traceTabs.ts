import * as vscode from "vscode";
import type { CaptureDocuments, CaptureHold } from "./captureDocuments.ts";
import { comparisonAddress } from "./comparisonUri.ts";
import { traceAddress } from "./traceUri.ts";

/**
 * Keeps a capture open as long as a tab shows a text trace of it. A text document is no measure: VS Code keeps it for minutes after its
 * editor was closed. A tab in the background does not open a capture by itself, so that a restored window reads only what it shows.
 */
export class TraceTabs implements vscode.Disposable {
  private readonly documents: CaptureDocuments;
  private readonly holds = new Map<string, CaptureHold>();
  private readonly subscriptions: vscode.Disposable;

  constructor(documents: CaptureDocuments) {
    this.documents = documents;
    this.subscriptions = vscode.Disposable.from(
      vscode.window.tabGroups.onDidChangeTabs(() => this.synchronise()),
      documents.onDidChange(() => this.synchronise()),
    );
    this.synchronise();
  }

  dispose(): void {
    this.subscriptions.dispose();
    for (const hold of this.holds.values()) hold.dispose();
    this.holds.clear();
  }

  private synchronise(): void {
    const shown = new Set<string>();
    for (const tab of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
      const capture = captureOfTab(tab);
      if (capture === undefined) continue;
      shown.add(capture.toString());
      this.claim(capture, tab.isActive);
    }
    for (const [key, hold] of [...this.holds]) {
      if (shown.has(key)) continue;
      this.holds.delete(key);
      hold.dispose();
    }
  }

  private claim(capture: vscode.Uri, isActive: boolean): void {
    const key = capture.toString();
    if (this.holds.has(key) || (!isActive && this.documents.get(capture) === undefined)) return;
    this.holds.set(key, this.documents.hold(capture));
  }
}

function captureOfTab({ input }: vscode.Tab): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText) return traceAddress(input.uri)?.capture ?? comparisonAddress(input.uri)?.a;
  if (input instanceof vscode.TabInputTextDiff) return traceAddress(input.modified)?.capture ?? traceAddress(input.original)?.capture;
  return undefined;
}
