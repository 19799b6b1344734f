import * as vscode from "vscode";
import type { CapturePanel, PanelRequest, PanelTarget } from "./capturePanel.ts";

export const CAPTURE_VIEW_TYPE = "smbLens.capture";

/** The editors of captures that are open, several a file where the user splits it. */
export class CapturePanels implements vscode.Disposable {
  private readonly panels = new Set<CapturePanel>();
  private readonly requests = new vscode.EventEmitter<{ readonly panel: CapturePanel; readonly request: PanelRequest }>();
  private readonly awaited = new Map<string, PanelTarget>();

  /** A page asks for something outside of itself. */
  readonly onDidRequest = this.requests.event;

  /** The editor that has the focus. */
  get active(): CapturePanel | undefined {
    return [...this.panels].find(({ panel }) => panel.active);
  }

  /** The editors of a capture, visible or not. */
  of(capture: vscode.Uri): readonly CapturePanel[] {
    return [...this.panels].filter(({ document }) => document.uri.toString() === capture.toString());
  }

  /** The visible editors of a capture. */
  visible(capture: vscode.Uri): readonly CapturePanel[] {
    return this.of(capture).filter(({ panel }) => panel.visible);
  }

  add(panel: CapturePanel): void {
    this.panels.add(panel);
    const requests = panel.onDidRequest((request) => this.requests.fire({ panel, request }));
    panel.panel.onDidDispose(() => {
      requests.dispose();
      this.panels.delete(panel);
      panel.dispose();
    });
    const key = panel.document.uri.toString();
    const target = this.awaited.get(key);
    if (target === undefined) return;
    this.awaited.delete(key);
    panel.reveal(target);
  }

  /** Opens the capture's editor, or the one that is there, and shows a place in it. */
  async open(capture: vscode.Uri, target: PanelTarget | undefined): Promise<void> {
    const key = capture.toString();
    if (target !== undefined) this.awaited.set(key, target);
    const shown = this.visible(capture)[0] ?? this.of(capture)[0];
    await vscode.commands.executeCommand("vscode.openWith", capture, CAPTURE_VIEW_TYPE, shown?.panel.viewColumn);
    // A new editor has taken the target when it was added; one that was there before takes it now, and shows it when its page is ready.
    if (target !== undefined && this.awaited.delete(key)) (this.visible(capture)[0] ?? this.of(capture)[0])?.reveal(target);
  }

  dispose(): void {
    this.requests.dispose();
    this.panels.clear();
  }
}
