import * as vscode from "vscode";
import { ruleById } from "../core/index.ts";
import { SETTINGS_FILE, turnOffIn } from "../host/settingsFile.ts";
import { argumentUri } from "./activeCapture.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { displayLanguage } from "./displayLanguage.ts";
import { folderOf } from "./folderOf.ts";
import { nearestSettingsFile, pathFrom, readSettingsFile } from "./ruleChoice.ts";
import { RULES_SETTING, turnOffEverywhere } from "./settings.ts";

/** Turns rules off: for one capture in the settings file that the command line reads too, or everywhere in the user's settings. */
export function registerRuleCommands(documents: CaptureDocuments): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand("smbLens.turnOffHere", (capture?: unknown, rule?: unknown) => {
      const uri = argumentUri(capture);
      return uri !== undefined && isRule(rule) ? turnOffHere(documents, uri, rule) : undefined;
    }),
    vscode.commands.registerCommand("smbLens.turnOffEverywhere", async (rule?: unknown) => {
      if (!isRule(rule)) return;
      await turnOffEverywhere(rule);
      tell(vscode.l10n.t("SMB Lens: {0} is off in your settings", rule));
    }),
  );
}

/** Shows where the settings of a capture's rules are written: its settings file, or else VS Code's settings. */
export async function showRuleSettings(capture: vscode.Uri): Promise<void> {
  const file = await nearestSettingsFile(capture);
  if (file === undefined) await vscode.commands.executeCommand("workbench.action.openSettings", RULES_SETTING);
  else await vscode.window.showTextDocument(file);
}

async function turnOffHere(documents: CaptureDocuments, capture: vscode.Uri, rule: string): Promise<void> {
  const known = await nearestSettingsFile(capture);
  const file = known ?? newSettingsFile(capture);
  try {
    const text = known === undefined ? null : await readSettingsFile(known);
    const changed = turnOffIn(text, pathFrom(file, capture), rule, displayLanguage());
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(changed));
  } catch (error) {
    return reportFailure(file, error, known !== undefined);
  }
  tell(vscode.l10n.t("SMB Lens: {0} is off for this capture in {1}", rule, vscode.workspace.asRelativePath(file)));
  // A file outside of the workspace may not be watched.
  await documents.get(capture)?.settle();
}

/** At the root of the workspace folder that holds the capture; beside the capture where none does. */
function newSettingsFile(capture: vscode.Uri): vscode.Uri {
  const folder = vscode.workspace.getWorkspaceFolder(capture)?.uri ?? folderOf(capture);
  return vscode.Uri.joinPath(folder, SETTINGS_FILE);
}

async function reportFailure(file: vscode.Uri, error: unknown, canOpen: boolean): Promise<void> {
  const open = vscode.l10n.t("Open the file");
  const reason = error instanceof Error ? error.message : String(error);
  const message = vscode.l10n.t("{0} was not changed: {1}", vscode.workspace.asRelativePath(file), reason);
  const chosen = await vscode.window.showErrorMessage(message, ...(canOpen ? [open] : []));
  if (chosen === open) await vscode.window.showTextDocument(file);
}

function tell(text: string): void {
  vscode.window.setStatusBarMessage(text, 5000);
}

function isRule(rule: unknown): rule is string {
  return typeof rule === "string" && ruleById(rule) !== undefined;
}
