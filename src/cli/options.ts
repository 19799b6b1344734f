import { parseArgs } from "node:util";
import type { Language } from "../core/index.ts";
import { UsageError } from "./usageError.ts";

/** What every command is called with. */
export interface CommandLine {
  readonly args: readonly string[];
  readonly language: Language;
}

/** Options as they were written, and the other arguments. */
export interface ParsedLine {
  readonly format: string | undefined;
  readonly language: Language;
  readonly files: readonly string[];
  /** `--frame`, where the command has it. */
  readonly frame?: string | undefined;
  /** `--port`, where the command has it: ports of servers besides 445 and 139. */
  readonly ports: readonly number[];
  /** `--no-settings`, where the command has it: settings files beside the captures are passed over. */
  readonly ignoresSettings: boolean;
}

/** Options of one command beside those of all. */
export interface MoreOptions {
  readonly frame?: { readonly type: "string" };
  readonly port?: { readonly type: "string"; readonly multiple: true };
  readonly "no-settings"?: { readonly type: "boolean" };
}

/** `--port N`, any number of times, of the commands that read captures. */
export const PORT_OPTION = { port: { type: "string", multiple: true } } as const;

/**
 * Reads the arguments of a command; every command has the same two options.
 * @param more What this command has besides.
 * @throws UsageError
 */
export function parseLine({ args, language }: CommandLine, more: MoreOptions = {}): ParsedLine {
  const options = { format: { type: "string" }, lang: { type: "string" }, ...more } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const chosen = languageOption(values.lang, language);
    const ports = portsOf(values, chosen);
    const ignoresSettings = Object.hasOwn(values, "no-settings");
    return { format: values.format, language: chosen, files: positionals, frame: stringOf(values, "frame"), ports, ignoresSettings };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // Of the message only the first sentence is for the user; what follows is advice on how to write an argument that begins with a dash.
    const [first = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UsageError(`${language === "ja" ? "引数が正しくありません: " : ""}${first.replace(/\.$/, "")}.`);
  }
}

function portsOf(values: Readonly<Record<string, unknown>>, language: Language): readonly number[] {
  const { port } = values;
  return Array.isArray(port) ? port.map((text) => portOption(String(text), language)) : [];
}

/** @throws UsageError */
function portOption(text: string, language: Language): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(
    language === "ja" ? `--port は 1 から 65535 までの番号です (指定: ${text})。` : `--port is a number from 1 to 65535, not ${text}.`,
  );
}

function stringOf(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function languageOption(value: string | undefined, fallback: Language): Language {
  if (value === undefined) return fallback;
  if (value === "en" || value === "ja") return value;
  throw new UsageError(fallback === "ja" ? `--lang は en または ja です (指定: ${value})。` : `--lang is en or ja, not ${value}.`);
}

/** @throws UsageError for a format that the command does not have */
export function formatOption<Format extends string>(value: string | undefined, formats: readonly Format[], language: Language): Format {
  const found = value === undefined ? formats[0] : formats.find((format) => format === value);
  if (found !== undefined) return found;
  const list = formats.join(", ");
  throw new UsageError(
    language === "ja" ? `--format は ${list} のいずれかです (指定: ${value})。` : `--format is one of ${list}, not ${value}.`,
  );
}
