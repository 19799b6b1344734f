import * as vscode from "vscode";
import type { RuleSettings } from "../core/index.ts";
import {
  LONGEST_SETTINGS_FILE,
  levelsFor,
  MOST_SETTINGS_FOLDERS,
  parseSettingsFile,
  SETTINGS_FILE,
  tooLongText,
} from "../host/settingsFile.ts";
import type { RuleChoice } from "../protocol/worker.ts";
import { displayLanguage } from "./displayLanguage.ts";
import { folderOf } from "./folderOf.ts";
import { RULES_SETTING, ruleLevels } from "./settings.ts";

/** The settings of the rules that hold for a capture, and the file that has a say in them. */
export interface FoundChoice {
  readonly choice: RuleChoice;
  /** The nearest settings file, from the capture's folder upwards; undefined where there is none. */
  readonly file: vscode.Uri | undefined;
  /** What the file names that is not known. */
  readonly unknown: readonly string[];
}

/** What VS Code's settings say, and over them the settings file that is nearest to the capture. */
export async function findRuleChoice(capture: vscode.Uri): Promise<FoundChoice> {
  const own = ruleLevels(capture);
  const origins = Object.keys(own).length === 0 ? [] : [RULES_SETTING];
  const file = await nearestSettingsFile(capture);
  if (file === undefined) return { choice: { levels: own, origin: origins.join(", "), trouble: "" }, file, unknown: [] };
  const name = vscode.workspace.asRelativePath(file);
  try {
    const settings = parseSettingsFile(await readSettingsFile(file), displayLanguage());
    const levels: RuleSettings = { ...own, ...levelsFor(settings, pathFrom(file, capture)) };
    return { choice: { levels, origin: [...origins, name].join(", "), trouble: "" }, file, unknown: settings.unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { choice: { levels: own, origin: origins.join(", "), trouble: `${name}: ${reason}` }, file, unknown: [] };
  }
}

/** The settings file in the capture's folder or the nearest one above. */
export async function nearestSettingsFile(capture: vscode.Uri): Promise<vscode.Uri | undefined> {
  let folder = folderOf(capture);
  for (let looked = 0; looked < MOST_SETTINGS_FOLDERS; looked++) {
    const file = vscode.Uri.joinPath(folder, SETTINGS_FILE);
    if (await exists(file)) return file;
    const above = folderOf(folder);
    if (above.path === folder.path) return undefined;
    folder = above;
  }
  return undefined;
}

/** The text of a settings file; throws with the reason where it cannot be read or is too long. */
export async function readSettingsFile(file: vscode.Uri): Promise<string> {
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > LONGEST_SETTINGS_FILE) throw new Error(tooLongText(displayLanguage()));
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

/** Path of a capture from a settings file in its folder or above, with slashes. */
export function pathFrom(file: vscode.Uri, capture: vscode.Uri): string {
  const folder = folderOf(file).path;
  return capture.path.slice(folder.endsWith("/") ? folder.length : folder.length + 1);
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
