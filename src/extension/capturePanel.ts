import * as vscode from "vscode";
import type { FromWebview, ToWebview, ViewId } from "../protocol/messages.ts";
import type { WorkerRequests } from "../protocol/worker.ts";
import type { CaptureDocument } from "./captureDocument.ts";
import { fileBanner } from "./fileBanner.ts";
import { parseFromWebview } from "./webviewMessage.ts";
import { webviewPage, webviewRoots } from "./webviewPage.ts";
import { webviewStrings } from "./webviewStrings.ts";

/** What the page asks of the world around it; the panel itself answers only what the capture's tables hold. */
export type PanelRequest = Extract<
  FromWebview,
  { readonly type: "open-frame" | "open-section" | "open-rule" | "copy" | "open-snippet" | "selected" | "action" }
>;

/** Place in the page: a connection, and where it helps a frame of it. */
export interface PanelTarget {
  readonly connection: number;
  readonly view: ViewId;
  readonly frame: number | null;
}

/** One editor that shows a capture: answers its page, and tells it what to show once the page can hear it. */
export class CapturePanel implements vscode.Disposable {
  readonly document: CaptureDocument;
  readonly panel: vscode.WebviewPanel;
  private readonly log: vscode.LogOutputChannel;
  private readonly requests = new vscode.EventEmitter<PanelRequest>();
  private readonly subscriptions: vscode.Disposable;
  private ready = false;
  private target: PanelTarget | undefined;

  readonly onDidRequest = this.requests.event;

  constructor(document: CaptureDocument, panel: vscode.WebviewPanel, extension: vscode.Uri, log: vscode.LogOutputChannel) {
    this.document = document;
    this.panel = panel;
    this.log = log;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: webviewRoots(extension) };
    this.subscriptions = vscode.Disposable.from(
      this.requests,
      webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      document.onDidChange(() => this.showStatus()),
      document.file.onDidChange(() => this.showFile()),
      // A hidden page is thrown away and hears nothing; it says "ready" again when it is shown.
      panel.onDidChangeViewState(() => {
        if (panel.visible) void document.file.check();
        else this.ready = false;
      }),
    );
    webview.html = webviewPage(webview, extension);
  }

  /** Shows a place, at once or when the page is ready and the capture read. */
  reveal(target: PanelTarget): void {
    this.target = target;
    this.showTarget();
  }

  /** Moves to the next or previous finding, seen from the connection that the page shows. */
  step(by: 1 | -1): void {
    this.post({ type: "step", by });
  }

  /** Puts a message of the capture, or a field of it, on the clipboard. */
  async copy(place: WorkerRequests["copy"]["request"]): Promise<void> {
    const { text } = await this.document.ask("copy", place);
    if (text !== "") this.requests.fire({ type: "copy", text });
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private receive(message: unknown): void {
    const parsed = parseFromWebview(message);
    if (parsed === undefined) {
      this.log.warn("The page sent a message that is not understood.");
      return;
    }
    this.answer(parsed).catch((error: unknown) => this.log.warn(`${parsed.type}: ${String(error)}`));
  }

  private async answer(message: FromWebview): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.start();
      case "rows": {
        const { type, request, ...query } = message;
        return this.post({ type, request, start: query.start, ...(await this.document.ask("rows", query)) });
      }
      case "overview": {
        const overview = await this.document.ask("overview", { connection: message.connection });
        return this.post({ type: "overview", request: message.request, overview });
      }
      case "comparison": {
        const { type, request, ...query } = message;
        return this.post({ type, request, ...(await this.document.ask("comparison", query)) });
      }
      case "messages": {
        const { type, ...query } = message;
        return this.post({ type, request: query.request, ...(await this.document.ask("messages", query)) });
      }
      case "message": {
        const { type, request, ...place } = message;
        return this.post({ type, request, ...(await this.document.ask("message", place)) });
      }
      case "copy-message": {
        const { type: _, ...place } = message;
        return this.copy(place);
      }
      case "next-finding": {
        const { connection } = await this.document.ask("step", { connection: message.connection, by: message.by });
        return connection > 0 ? this.reveal({ connection, view: "overview", frame: null }) : undefined;
      }
      case "stop":
        return this.document.stop();
      default:
        return this.requests.fire(message);
    }
  }

  private start(): void {
    this.ready = true;
    this.post({ type: "strings", language: vscode.env.language, strings: webviewStrings() });
    this.showStatus();
    this.showFile();
  }

  private showFile(): void {
    const { file, status } = this.document;
    // A page that says itself that the file cannot be read keeps nothing that was read.
    const isSaid = status.type === "state" && file.change?.kind === "gone";
    this.post({ type: "file", banner: isSaid ? null : fileBanner(file.change) });
  }

  private showStatus(): void {
    this.post(this.document.status);
    this.showTarget();
  }

  private showTarget(): void {
    if (!this.ready || this.target === undefined || this.document.status.type !== "capture") return;
    this.post({ type: "reveal", ...this.target });
    this.target = undefined;
  }

  private post(message: ToWebview): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }
}
