import { type Language, RULE_LEVELS, type RuleLevel, type RuleSettings, ruleById } from "../core/index.ts";

/** Name of the settings that lie beside captures or in a folder above them; the nearest one counts. */
export const SETTINGS_FILE = ".smb-lens.json";
/** Longer ones are refused unread, in bytes. */
export const LONGEST_SETTINGS_FILE = 1024 * 1024;
/** Folders that are looked through from a capture upwards. */
export const MOST_SETTINGS_FOLDERS = 64;

/** What the file says: for all captures below it, and for single ones by their path from it, with slashes. */
export interface SettingsFile {
  readonly rules: RuleSettings;
  readonly captures: ReadonlyMap<string, RuleSettings>;
  /** Members and rules that are not known, e.g. misspelt or of a later version; they are passed over. */
  readonly unknown: readonly string[];
}

/** The file is not what it must be; the message says what and where, in the user's language. */
export class SettingsFileError extends Error {}

/**
 * Reads the text of a settings file: `{ "rules": { ID: LEVEL }, "captures": { PATH: { "rules": { ID: LEVEL } } } }`, each part optional.
 * @throws SettingsFileError
 */
export function parseSettingsFile(text: string, language: Language): SettingsFile {
  return new SettingsReader(language).read(text);
}

/** What the file says of one capture: its own entry over that for all. */
export function levelsFor(file: SettingsFile, capture: string): RuleSettings {
  return { ...file.rules, ...file.captures.get(capture) };
}

/**
 * The text of the file with one rule turned off for one capture; all else stays as it is. `text` is null where there is no file yet.
 * @param capture path from the file, with slashes
 * @throws SettingsFileError
 */
export function turnOffIn(text: string | null, capture: string, rule: string, language: Language): string {
  if (text !== null) parseSettingsFile(text, language);
  const root = text === null ? {} : (parseJson(text, language) as Members);
  const captures = membersOf(root["captures"]);
  const entry = membersOf(ownMember(captures, capture));
  const rules = { ...membersOf(entry["rules"]), [rule]: "off" };
  const changed = { ...root, captures: withMember(captures, capture, { ...entry, rules }) };
  return `${JSON.stringify(changed, null, 2)}\n`;
}

/** Why a file beyond {@link LONGEST_SETTINGS_FILE} is refused. */
export function tooLongText(language: Language): string {
  return language === "ja" ? "1 MiB を超えています。" : "It is longer than 1 MiB.";
}

type Members = Readonly<Record<string, unknown>>;

class SettingsReader {
  private readonly language: Language;
  private readonly unknown: string[] = [];

  constructor(language: Language) {
    this.language = language;
  }

  read(text: string): SettingsFile {
    const root = this.members(parseJson(text, this.language), "");
    const captures = new Map<string, RuleSettings>();
    for (const [path, entry] of Object.entries(this.members(part(root, "captures"), "captures"))) {
      const members = this.members(entry, `captures.${path}`);
      captures.set(path, this.levels(part(members, "rules"), `captures.${path}.rules`));
      this.passOver(members, ["rules"], `captures.${path}.`);
    }
    const rules = this.levels(part(root, "rules"), "rules");
    this.passOver(root, ["$schema", "rules", "captures"], "");
    return { rules, captures, unknown: this.unknown };
  }

  private levels(value: unknown, where: string): RuleSettings {
    const levels: [string, RuleLevel][] = [];
    for (const [rule, written] of Object.entries(this.members(value, where))) {
      const level = RULE_LEVELS.find((one) => one === written);
      if (level === undefined) throw new SettingsFileError(wrongLevel(`${where}.${rule}`, this.language));
      if (ruleById(rule) === undefined) this.unknown.push(`${where}.${rule}`);
      else levels.push([rule, level]);
    }
    return Object.fromEntries(levels);
  }

  private members(value: unknown, where: string): Members {
    if (isMembers(value)) return value;
    throw new SettingsFileError(noObject(where, this.language));
  }

  private passOver(members: Members, known: readonly string[], before: string): void {
    for (const name of Object.keys(members)) if (!known.includes(name)) this.unknown.push(`${before}${name}`);
  }
}

/** @throws SettingsFileError */
function parseJson(text: string, language: Language): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsFileError(language === "ja" ? `JSON として正しくありません (${reason})。` : `It is no JSON (${reason}).`);
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function membersOf(value: unknown): Members {
  return isMembers(value) ? value : {};
}

function ownMember(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** A part of the file that may be left out. */
function part(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : {};
}

/** A name such as `__proto__` becomes a member like any other. */
function withMember(members: Members, name: string, value: unknown): Members {
  return Object.fromEntries([...Object.entries(members).filter(([known]) => known !== name), [name, value]]);
}

function wrongLevel(where: string, language: Language): string {
  const levels = RULE_LEVELS.join(", ");
  return language === "ja" ? `${where} は ${levels} のいずれかです。` : `${where} is one of ${levels}.`;
}

function noObject(where: string, language: Language): string {
  if (where === "") return language === "ja" ? "全体が JSON のオブジェクトではありません。" : "It holds no object.";
  return language === "ja" ? `${where} はオブジェクトです。` : `${where} is an object.`;
}
