import * as vscode from "vscode";
import { activeCapture, argumentUri } from "./activeCapture.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import type { Comparisons } from "./comparisons.ts";
import { type ComparisonAddress, comparisonUri, nameOf } from "./comparisonUri.ts";
import { chooseCapture } from "./traceCommands.ts";

/**
 * Compares a capture with another one: the active one or the one a menu names with one that the user chooses, or the two that are selected
 * in the Explorer.
 */
export function registerCompareCommand(
  documents: CaptureDocuments,
  comparisons: Comparisons,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand("smbLens.compareCaptures", async (argument?: unknown, others?: unknown) => {
    const address = await chooseCaptures(argument, others);
    if (address === undefined) return;
    try {
      await showComparison(documents, comparisons, address);
    } catch (error) {
      await reportFailure(error, log);
    }
  });
}

async function chooseCaptures(argument: unknown, others: unknown): Promise<ComparisonAddress | undefined> {
  const selected = (Array.isArray(others) ? others : [others]).flatMap((one) => argumentUri(one) ?? []);
  const a = activeCapture(argument) ?? (await chooseCapture());
  if (a === undefined) return undefined;
  const b = selected.find((one) => one.toString() !== a.toString()) ?? (await chooseCapture());
  return b === undefined ? undefined : { a, b };
}

async function showComparison(documents: CaptureDocuments, comparisons: Comparisons, address: ComparisonAddress): Promise<void> {
  const title = vscode.l10n.t("SMB Lens: comparing {0} with {1}", nameOf(address.a), nameOf(address.b));
  const hold = documents.hold(address.a);
  try {
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      comparisons.compare(hold.document, address),
    );
    const document = await vscode.workspace.openTextDocument(comparisonUri(address));
    await vscode.window.showTextDocument(document, { preview: false });
  } finally {
    hold.dispose();
  }
}

async function reportFailure(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  log.error(error instanceof Error ? error : String(error));
  const showLog = vscode.l10n.t("Show log");
  const message = vscode.l10n.t("The captures could not be compared: {0}", error instanceof Error ? error.message : String(error));
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) log.show();
}
