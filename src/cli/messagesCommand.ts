import { analyse, issueSentence, MessageTable, toMessagesTsv } from "../core/index.ts";
import { couldNotBeRead } from "./couldNotBeRead.ts";
import { ExitCode } from "./exitCode.ts";
import { openCapture } from "./openCapture.ts";
import { type CommandLine, formatOption, PORT_OPTION, parseLine } from "./options.ts";
import { ProgressLine } from "./progressLine.ts";
import { StandardOutput } from "./standardOutput.ts";
import { UsageError } from "./usageError.ts";

/** `smb-lens messages FILE`: every SMB2 message as a line. */
export async function messagesCommand(line: CommandLine): Promise<number> {
  const { format, language, files, ports } = parseLine(line, PORT_OPTION);
  formatOption(format, ["tsv"], language);
  const [path, ...more] = files;
  if (path === undefined || more.length > 0) {
    throw new UsageError(language === "ja" ? "messages にはファイルを 1 つ指定します。" : "messages needs exactly one file.");
  }
  const source = await openCapture(path, language);
  const progress = new ProgressLine(language);
  try {
    const messages = new MessageTable();
    const { capture, connections } = await analyse(source, {
      messages,
      ports,
      onProgress: progress.reporter(source.size),
      findingsPerIncident: 1,
    });
    progress.clear();
    const output = new StandardOutput();
    for (const text of toMessagesTsv(messages, connections)) output.write(text);
    output.flush();
    for (const issue of capture.issues) console.error(`${path}: ${issueSentence(issue, capture, language)}`);
    return couldNotBeRead(capture, connections.count) ? ExitCode.unreadable : ExitCode.clean;
  } finally {
    await source.close();
  }
}
