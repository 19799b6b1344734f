import * as vscode from "vscode";
import type { CaptureDocuments, CaptureHold } from "./captureDocuments.ts";
import { CapturePanel } from "./capturePanel.ts";
import { CAPTURE_VIEW_TYPE, type CapturePanels } from "./capturePanels.ts";

/** VS Code's handle of a capture: made once a file, shared by its editors, disposed with the last of them. */
interface OpenCapture extends vscode.CustomDocument {
  readonly hold: CaptureHold;
}

class CaptureEditorProvider implements vscode.CustomReadonlyEditorProvider<OpenCapture> {
  private readonly documents: CaptureDocuments;
  private readonly panels: CapturePanels;
  private readonly extension: vscode.Uri;
  private readonly log: vscode.LogOutputChannel;

  constructor(documents: CaptureDocuments, panels: CapturePanels, extension: vscode.Uri, log: vscode.LogOutputChannel) {
    this.documents = documents;
    this.panels = panels;
    this.extension = extension;
    this.log = log;
  }

  openCustomDocument(uri: vscode.Uri): OpenCapture {
    const hold = this.documents.hold(uri);
    return { uri, hold, dispose: () => hold.dispose() };
  }

  resolveCustomEditor({ hold }: OpenCapture, panel: vscode.WebviewPanel): void {
    const icon = (theme: "light" | "dark") => vscode.Uri.joinPath(this.extension, `media/capture-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    this.panels.add(new CapturePanel(hold.document, panel, this.extension, this.log));
  }
}

/** The editor of captures. */
export function registerCaptureEditor(
  documents: CaptureDocuments,
  panels: CapturePanels,
  extension: vscode.Uri,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const provider = new CaptureEditorProvider(documents, panels, extension, log);
  return vscode.window.registerCustomEditorProvider(CAPTURE_VIEW_TYPE, provider, { supportsMultipleEditorsPerDocument: true });
}
