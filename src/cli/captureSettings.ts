import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { escapeForDisplay, type Language, type RuleSettings } from "../core/index.ts";
import {
  LONGEST_SETTINGS_FILE,
  levelsFor,
  MOST_SETTINGS_FOLDERS,
  parseSettingsFile,
  SETTINGS_FILE,
  type SettingsFile,
  SettingsFileError,
  tooLongText,
} from "../host/settingsFile.ts";
import { UsageError } from "./usageError.ts";

/** The settings that hold for a capture. */
export interface CaptureSettings {
  readonly levels: RuleSettings;
  /** Path of the file they come from; empty where there is none. */
  readonly file: string;
}

export const NO_SETTINGS: CaptureSettings = { levels: {}, file: "" };

/**
 * The settings of each capture: those of the file that is nearest to it, from its own folder upwards. What a file names that is not known
 * is told on standard error.
 * @throws UsageError for a file that is not what it must be
 */
export function captureSettings(captures: readonly string[], language: Language): readonly CaptureSettings[] {
  const files = new Map<string, SettingsFile>();
  return captures.map((capture) => {
    const file = nearestFile(capture);
    if (file === undefined) return NO_SETTINGS;
    const settings = files.get(file) ?? readSettings(file, language);
    files.set(file, settings);
    const relative = path.relative(path.dirname(file), path.resolve(capture)).replaceAll(path.sep, "/");
    return { levels: levelsFor(settings, relative), file };
  });
}

function nearestFile(capture: string): string | undefined {
  let folder = path.dirname(path.resolve(capture));
  for (let looked = 0; looked < MOST_SETTINGS_FOLDERS; looked++) {
    const file = path.join(folder, SETTINGS_FILE);
    if (existsSync(file)) return file;
    const above = path.dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
  return undefined;
}

/** @throws UsageError */
function readSettings(file: string, language: Language): SettingsFile {
  try {
    const settings = parseSettingsFile(readText(file, language), language);
    for (const name of settings.unknown) console.error(`${escapeForDisplay(file)}: ${unknownText(escapeForDisplay(name), language)}`);
    return settings;
  } catch (error) {
    throw new UsageError(refusal(file, error instanceof Error ? error.message : String(error), language));
  }
}

/** @throws SettingsFileError, and what the file system says */
function readText(file: string, language: Language): string {
  const stat = statSync(file);
  // A pipe or a device would be read for ever.
  if (!stat.isFile()) throw new SettingsFileError(language === "ja" ? "通常のファイルではありません。" : "It is no regular file.");
  if (stat.size > LONGEST_SETTINGS_FILE) throw new SettingsFileError(tooLongText(language));
  return readFileSync(file, "utf8");
}

function refusal(file: string, reason: string, language: Language): string {
  const [name, why] = [escapeForDisplay(file), escapeForDisplay(reason)];
  return language === "ja"
    ? `設定ファイル ${name} を使えません: ${why} 修正するか、--no-settings を付けて設定なしで実行してください。`
    : `The settings in ${name} cannot be used: ${why} Correct the file, or run with --no-settings to read the capture without it.`;
}

function unknownText(name: string, language: Language): string {
  return language === "ja" ? `${name} という設定はないため、無視します。` : `There is no setting ${name}; it is passed over.`;
}
