import * as vscode from "vscode";
import type { CaptureDocuments } from "./captureDocuments.ts";
import type { PanelTarget } from "./capturePanel.ts";
import type { CapturePanels } from "./capturePanels.ts";
import { openTraceOf } from "./openTraceOf.ts";
import { openTrace } from "./textTraceFileSystem.ts";
import { lineOfConnection, lineOfFrame, spansOfLine, subjectOfLine } from "./traceIndex.ts";
import { TRACE_SCHEME, traceAddress } from "./traceUri.ts";

/** A cursor that moves on within this time, in milliseconds, is not followed. */
const RESTING = 120;

/** Keeps the capture editor and the text trace of a capture at the same place, and leads from one to the other. */
export class Reveal implements vscode.Disposable {
  private readonly documents: CaptureDocuments;
  private readonly panels: CapturePanels;
  private readonly subscriptions: vscode.Disposable;
  private pending: NodeJS.Timeout | undefined;
  /** Where we put a cursor ourselves: the event of it must not lead back to where it came from. */
  private own: string | undefined;
  private last: string | undefined;

  constructor(documents: CaptureDocuments, panels: CapturePanels) {
    this.documents = documents;
    this.panels = panels;
    this.subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        // Without a kind nobody moved it: VS Code put it back where it was, with the window or with the tab.
        if (kind !== undefined) this.cursorMoved(textEditor);
      }),
      panels.onDidRequest(({ panel, request }) => {
        if (request.type === "open-frame") void this.showFrame(panel.document.uri, request.connection, request.frame);
        if (request.type === "selected") void this.followConnection(panel.document.uri, request.connection);
      }),
    );
  }

  /** Shows a connection in the capture's editor, which is opened where it is not. */
  showInCapture(capture: vscode.Uri, connection: number, frame: number | null): Promise<void> {
    return this.panels.open(capture, connection > 0 ? { connection, view: "overview", frame } : undefined);
  }

  /** Shows a frame in the text trace: in that of the whole capture, else in the connection's own, else where the connection begins. */
  async showFrame(capture: vscode.Uri, connection: number, frame: number): Promise<void> {
    // A comparison leads into a capture that nothing else shows.
    const hold = this.documents.hold(capture);
    try {
      const whole = await hold.document.trace();
      const line = lineOfFrame(whole, connection, frame);
      if (line !== undefined || connection === 0) return await this.showLine(capture, 0, line ?? 0);
      const single = await hold.document.trace(connection);
      await this.showLine(capture, connection, lineOfFrame(single, connection, frame) ?? lineOfConnection(single, connection) ?? 0);
    } finally {
      hold.dispose();
    }
  }

  dispose(): void {
    clearTimeout(this.pending);
    this.subscriptions.dispose();
  }

  private async showLine(capture: vscode.Uri, connection: number, line: number): Promise<void> {
    const document = await openTrace(capture, connection);
    const position = new vscode.Position(Math.min(line, document.lineCount - 1), 0);
    this.own = placeKey(document.uri, position.line);
    const shown = this.traceEditors(capture)[0];
    await vscode.window.showTextDocument(document, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Beside,
      selection: new vscode.Range(position, position),
    });
  }

  /** The trace follows the page without taking the focus, and only where it shows another connection. */
  private async followConnection(capture: vscode.Uri, connection: number): Promise<void> {
    for (const editor of this.traceEditors(capture)) {
      const open = await openTraceOf(this.documents, editor.document);
      if (open === undefined || subjectOfLine(open.trace, editor.selection.active.line).connection === connection) continue;
      const line = lineOfConnection(open.trace, connection);
      if (line === undefined) continue;
      const range = new vscode.Range(line, 0, line, 0);
      this.own = placeKey(editor.document.uri, line);
      editor.selection = new vscode.Selection(range.start, range.start);
      editor.revealRange(range, vscode.TextEditorRevealType.AtTop);
    }
  }

  private cursorMoved(editor: vscode.TextEditor): void {
    const { document, selection } = editor;
    if (document.uri.scheme !== TRACE_SCHEME) return;
    const key = placeKey(document.uri, selection.active.line);
    const isOwn = this.own === key;
    this.own = undefined;
    if (isOwn || this.last === key) return;
    this.last = key;
    clearTimeout(this.pending);
    this.pending = setTimeout(() => void this.followCursor(document, selection.active.line), RESTING);
  }

  private async followCursor(document: vscode.TextDocument, line: number): Promise<void> {
    const capture = traceAddress(document.uri)?.capture;
    if (capture === undefined || this.panels.of(capture).length === 0) return;
    const open = await openTraceOf(this.documents, document);
    if (open === undefined) return;
    const { connection, frame } = subjectOfLine(open.trace, line);
    if (connection === 0) return;
    const isCompared = spansOfLine(open.trace, line).some((span) => span.kind === "relation");
    const target: PanelTarget = { connection, frame, view: isCompared ? "comparison" : "overview" };
    // One that is hidden, as after a click on a Problem in the same group, shows the place when the user comes back to it.
    for (const panel of this.panels.of(capture)) panel.reveal(target);
  }

  private traceEditors(capture: vscode.Uri): readonly vscode.TextEditor[] {
    const key = capture.toString();
    return vscode.window.visibleTextEditors.filter(({ document }) => traceAddress(document.uri)?.capture.toString() === key);
  }
}

function placeKey(uri: vscode.Uri, line: number): string {
  return `${line} ${uri.toString()}`;
}
