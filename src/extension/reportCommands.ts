import * as vscode from "vscode";
import type { WorkerRequests } from "../protocol/worker.ts";
import { activeCapture } from "./activeCapture.ts";
import type { CaptureDocument } from "./captureDocument.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";

type ReportFormat = WorkerRequests["export"]["request"]["format"];

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ReportFormat;
  readonly extension: string;
  readonly language: string;
}

/** Reports of a capture: saved, shown in a new document, or copied. */
export function registerReportCommands(documents: CaptureDocuments, log: vscode.LogOutputChannel): vscode.Disposable {
  const withCapture = (act: (document: CaptureDocument) => Promise<void>) => async (argument?: unknown) => {
    const capture = activeCapture(argument);
    if (capture === undefined) return;
    const hold = documents.hold(capture);
    try {
      await act(hold.document);
    } catch (error) {
      await reportFailure(error, log);
    } finally {
      hold.dispose();
    }
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand("smbLens.saveReport", withCapture(saveReport)),
    vscode.commands.registerCommand("smbLens.copyReport", withCapture(copyReport)),
  );
}

async function reportFailure(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  log.error(error instanceof Error ? error : String(error));
  const showLog = vscode.l10n.t("Show log");
  const message = vscode.l10n.t("The report could not be made: {0}", error instanceof Error ? error.message : String(error));
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) log.show();
}

async function copyReport(document: CaptureDocument): Promise<void> {
  const { text } = await document.ask("export", { format: "markdown" });
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("SMB Lens: report copied"), 3000);
}

async function saveReport(document: CaptureDocument): Promise<void> {
  const format = await vscode.window.showQuickPick(formats(), { title: vscode.l10n.t("Format of the report") });
  if (format === undefined) return;
  const toFile = vscode.l10n.t("Save to a file…");
  const target = await vscode.window.showQuickPick([toFile, vscode.l10n.t("Open in a new document")], { title: format.label });
  if (target === undefined) return;
  const { text } = await document.ask("export", { format: format.format });
  if (target === toFile) return saveToFile(document.uri, format, text);
  const report = await vscode.workspace.openTextDocument({ language: format.language, content: text });
  await vscode.window.showTextDocument(report);
}

async function saveToFile(capture: vscode.Uri, { extension, label }: FormatItem, text: string): Promise<void> {
  const defaultUri = capture.with({ path: `${capture.path}.${extension}`, query: "" });
  const file = await vscode.window.showSaveDialog({ defaultUri, filters: { [label]: [extension] } });
  if (file !== undefined) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

function formats(): FormatItem[] {
  return [
    {
      format: "text",
      extension: "txt",
      language: "plaintext",
      label: vscode.l10n.t("Text"),
      detail: vscode.l10n.t("Verdict first, for a ticket"),
    },
    { format: "markdown", extension: "md", language: "markdown", label: "Markdown", detail: vscode.l10n.t("For a wiki or an issue") },
    { format: "json", extension: "json", language: "json", label: "JSON", detail: vscode.l10n.t("Everything, for programs") },
    { format: "sarif", extension: "sarif", language: "json", label: "SARIF 2.1.0", detail: vscode.l10n.t("For code scanning tools") },
  ];
}
