import * as vscode from "vscode";
import { activeCapture, argumentNumber, argumentUri } from "./activeCapture.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import type { CapturePanels } from "./capturePanels.ts";
import type { Reveal } from "./reveal.ts";
import { openTrace } from "./textTraceFileSystem.ts";
import { traceAddress } from "./traceUri.ts";

/** Commands that lead between the capture, its editor and its text trace. */
export function registerTraceCommands(documents: CaptureDocuments, panels: CapturePanels, reveal: Reveal): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register("smbLens.openCapture", (argument?: unknown) => openCapture(panels, argument)),
    register("smbLens.openTrace", (argument?: unknown) => showTrace(argument)),
    register("smbLens.showCapture", (argument?: unknown) => showCapture(panels, argument)),
    register("smbLens.reveal", (capture?: unknown, connection?: unknown, frame?: unknown) => {
      const uri = argumentUri(capture);
      return uri && reveal.showInCapture(uri, argumentNumber(connection) ?? 0, argumentNumber(frame) ?? null);
    }),
    register("smbLens.showFrame", (capture?: unknown, connection?: unknown, frame?: unknown) => {
      const uri = argumentUri(capture);
      const number = argumentNumber(frame);
      return uri && number !== undefined ? reveal.showFrame(uri, argumentNumber(connection) ?? 0, number) : undefined;
    }),
    register("smbLens.analyzeAgain", (argument?: unknown) => {
      const capture = activeCapture(argument);
      return capture && documents.get(capture)?.analyse();
    }),
  );
}

async function openCapture(panels: CapturePanels, argument: unknown): Promise<void> {
  const capture = activeCapture(argument) ?? (await chooseCapture());
  if (capture !== undefined) await panels.open(capture, undefined);
}

/** Asks the user for a capture to open; undefined when they do not choose one. */
export async function chooseCapture(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: false,
    openLabel: vscode.l10n.t("Open with SMB Lens"),
    filters: { [vscode.l10n.t("Network captures")]: ["pcap", "pcapng", "cap", "gz", "zst", "lz4"], [vscode.l10n.t("All files")]: ["*"] },
  });
  return chosen?.[0];
}

async function showTrace(argument: unknown): Promise<void> {
  const capture = activeCapture(argument);
  if (capture === undefined) return;
  const title = vscode.l10n.t("SMB Lens: reading the capture");
  const document = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => openTrace(capture));
  const fromPage = vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom;
  await vscode.window.showTextDocument(document, { viewColumn: fromPage ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active });
}

async function showCapture(panels: CapturePanels, argument: unknown): Promise<void> {
  const capture = activeCapture(argument ?? activeTrace());
  if (capture !== undefined) await panels.open(capture, undefined);
}

function activeTrace(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && traceAddress(uri) && uri;
}
