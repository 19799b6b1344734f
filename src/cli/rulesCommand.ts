import { RULES, ruleById, ruleListText, ruleText, ruleValues } from "../core/index.ts";
import { ExitCode } from "./exitCode.ts";
import { type CommandLine, formatOption, parseLine } from "./options.ts";
import { StandardOutput } from "./standardOutput.ts";
import { UsageError } from "./usageError.ts";

/** `smb-lens rules [ID]`: all rules, or one explained with the commands of its remedies. */
export async function rulesCommand(line: CommandLine): Promise<number> {
  const { format: written, language, files: ids } = parseLine(line);
  const format = formatOption(written, ["text", "json"], language);
  const [id, ...more] = ids;
  if (more.length > 0) throw new UsageError(language === "ja" ? "rules に指定できる ID は 1 つです。" : "rules takes one ID at most.");
  const rule = id === undefined ? undefined : ruleById(id);
  if (id !== undefined && rule === undefined) {
    throw new UsageError(language === "ja" ? `${id} というルールはありません。` : `There is no rule ${id}.`);
  }
  const output = new StandardOutput();
  if (format === "json") output.write(`${JSON.stringify(ruleValues(rule === undefined ? RULES : [rule], language), null, 2)}\n`);
  else output.write(rule === undefined ? ruleListText(RULES, language) : ruleText(rule, language));
  output.flush();
  return ExitCode.clean;
}
