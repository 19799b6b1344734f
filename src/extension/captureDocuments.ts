import * as vscode from "vscode";
import { CaptureDocument } from "./captureDocument.ts";
import { changesAnalysis, changesRules } from "./settings.ts";

/** A claim on an open capture; the capture is closed, and its worker ended, when the last claim is given back. */
export interface CaptureHold extends vscode.Disposable {
  readonly document: CaptureDocument;
}

interface Entry {
  readonly document: CaptureDocument;
  readonly subscription: vscode.Disposable;
  holds: number;
}

/** The captures that are open now, one {@link CaptureDocument} a file. */
export class CaptureDocuments implements vscode.Disposable {
  private readonly script: string;
  private readonly log: vscode.LogOutputChannel;
  private readonly entries = new Map<string, Entry>();
  private readonly changed = new vscode.EventEmitter<CaptureDocument>();
  private readonly closed = new vscode.EventEmitter<CaptureDocument>();
  private readonly settings: vscode.Disposable;

  /** A capture made progress or was read. */
  readonly onDidChange = this.changed.event;
  readonly onDidClose = this.closed.event;

  /** @param script path of the bundled worker */
  constructor(script: string, log: vscode.LogOutputChannel) {
    this.script = script;
    this.log = log;
    this.settings = vscode.workspace.onDidChangeConfiguration((change) => {
      for (const document of this.all()) {
        if (changesAnalysis(change, document.uri)) void document.analyse();
        else if (changesRules(change, document.uri)) void document.settle();
      }
    });
  }

  all(): readonly CaptureDocument[] {
    return [...this.entries.values()].map(({ document }) => document);
  }

  get(capture: vscode.Uri): CaptureDocument | undefined {
    return this.entries.get(capture.toString())?.document;
  }

  /** Claims a capture; the first claim starts its analysis. */
  hold(capture: vscode.Uri): CaptureHold {
    const key = capture.toString();
    const entry = this.entries.get(key) ?? this.open(capture, key);
    entry.holds++;
    let held = true;
    return {
      document: entry.document,
      dispose: () => {
        if (!held) return;
        held = false;
        if (--entry.holds === 0) this.close(key, entry);
      },
    };
  }

  dispose(): void {
    for (const [key, entry] of [...this.entries]) this.close(key, entry);
    this.settings.dispose();
    this.changed.dispose();
    this.closed.dispose();
  }

  private open(capture: vscode.Uri, key: string): Entry {
    const document = new CaptureDocument(capture, this.script, this.log);
    const subscription = document.onDidChange(() => this.changed.fire(document));
    const entry: Entry = { document, subscription, holds: 0 };
    this.entries.set(key, entry);
    void document.analyse();
    return entry;
  }

  private close(key: string, entry: Entry): void {
    if (this.entries.get(key) !== entry) return;
    this.entries.delete(key);
    entry.subscription.dispose();
    entry.document.dispose();
    this.closed.fire(entry.document);
  }
}
