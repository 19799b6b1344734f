import { TOOL } from "../core/index.ts";
import { ExitCode } from "./exitCode.ts";
import { helpText } from "./helpText.ts";
import type { CommandLine } from "./options.ts";
import { systemLanguage } from "./systemLanguage.ts";

// Each with its own modules, evaluated when it is asked for: most of the time of a small capture is the start of the program.
const COMMANDS: Readonly<Record<string, (line: CommandLine) => Promise<number>>> = {
  analyze: async (line) => (await import("./analyzeCommand.ts")).analyzeCommand(line),
  messages: async (line) => (await import("./messagesCommand.ts")).messagesCommand(line),
  show: async (line) => (await import("./fieldCommands.ts")).showCommand(line),
  compare: async (line) => (await import("./fieldCommands.ts")).compareCommand(line),
  rules: async (line) => (await import("./rulesCommand.ts")).rulesCommand(line),
};

run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});

async function run([name, ...args]: readonly string[]): Promise<number> {
  const language = systemLanguage(process.env);
  if (name === "--version" || name === "-v") return print(`${TOOL.name} ${TOOL.version}`);
  if (name === "--help" || name === "-h" || name === "help") return print(helpText(language));
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) return refuse(name === undefined ? "" : unknownCommand(name, language), language);
  if (args.includes("--help") || args.includes("-h")) return print(helpText(language));
  try {
    return await command({ args, language });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "OutputClosed") return ExitCode.clean;
    if (error.name === "UsageError") return refuse(error.message, language);
    throw error;
  }
}

function print(text: string): number {
  console.log(text);
  return ExitCode.clean;
}

function refuse(message: string, language: CommandLine["language"]): number {
  console.error(message === "" ? helpText(language) : `${TOOL.name}: ${message}\n\n${helpText(language)}`);
  return ExitCode.usage;
}

function unknownCommand(name: string, language: CommandLine["language"]): string {
  return language === "ja" ? `${name} というコマンドはありません。` : `There is no command ${name}.`;
}
