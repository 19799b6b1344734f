import * as vscode from "vscode";
import type { TraceProblem } from "../core/index.ts";
import type { CaptureDocument } from "./captureDocument.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { captureDiagnostics, traceDiagnostic } from "./diagnostics.ts";
import { openTrace } from "./textTraceFileSystem.ts";
import { traceUri } from "./traceUri.ts";

/** VS Code shows no more in one document. */
const MOST_IN_A_DOCUMENT = 1000;

/** Problems of open captures: each at its exact place in the text trace, and one on the capture that sums them up. */
export class Problems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("smb-lens");
  private readonly log: vscode.LogOutputChannel;
  private readonly subscriptions: vscode.Disposable;

  constructor(documents: CaptureDocuments, log: vscode.LogOutputChannel) {
    this.log = log;
    this.subscriptions = vscode.Disposable.from(
      documents.onDidChange((document) => {
        if (document.status.type === "progress") this.clear(document);
        else void this.publish(document, documents);
      }),
      documents.onDidClose((document) => this.clear(document)),
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.collection.dispose();
  }

  private clear(document: CaptureDocument): void {
    // Progress comes often, and each deletion is told to the window.
    for (const uri of [document.uri, traceUri(document.uri)]) if (this.collection.has(uri)) this.collection.delete(uri);
  }

  private async publish(document: CaptureDocument, documents: CaptureDocuments): Promise<void> {
    const { status } = document;
    const isCurrent = () => documents.get(document.uri) === document && document.status === status;
    try {
      const { problems } = await document.trace();
      if (!isCurrent()) return;
      const trace = traceUri(document.uri);
      this.collection.set(
        trace,
        worstFirst(problems)
          .slice(0, MOST_IN_A_DOCUMENT)
          .map((problem) => traceDiagnostic(trace, problem)),
      );
      this.collection.set(document.uri, captureDiagnostics(document, trace, problems));
      // Without a text document there is no light bulb in the Problems view.
      if (problems.length > 0) await openTrace(document.uri);
    } catch (error) {
      this.log.error(`problems of ${document.uri.toString(true)}: ${String(error)}`);
    }
  }
}

const WEIGHT = { error: 0, warning: 1, information: 2 } as const;

function worstFirst(problems: readonly TraceProblem[]): TraceProblem[] {
  return [...problems].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}
