import { type Analysis, analyse, compareCaptures, comparisonJson, comparisonText, isChanged, issueSentence } from "../core/index.ts";
import { couldNotBeRead } from "./couldNotBeRead.ts";
import { ExitCode } from "./exitCode.ts";
import { type OpenCapture, openCapture } from "./openCapture.ts";
import { type CommandLine, formatOption, PORT_OPTION, parseLine } from "./options.ts";
import { ProgressLine } from "./progressLine.ts";
import { StandardOutput } from "./standardOutput.ts";
import { UsageError } from "./usageError.ts";

interface ReadCapture {
  readonly source: OpenCapture;
  readonly analysis: Analysis;
}

/** `smb-lens compare CLIENT_SIDE SERVER_SIDE`: what a device between the two places changed. */
export async function compareCommand(line: CommandLine): Promise<number> {
  const { format, language, files, ports } = parseLine(line, PORT_OPTION);
  const wanted = formatOption(format, ["text", "json"], language);
  const [pathA, pathB, ...more] = files;
  if (pathA === undefined || pathB === undefined || more.length > 0) {
    throw new UsageError(
      language === "ja"
        ? "compare には、クライアント側とサーバー側のファイルを 1 つずつ、この順に指定します。"
        : "compare needs exactly two files: the client's side and the server's side.",
    );
  }
  const progress = new ProgressLine(language);
  const opened: OpenCapture[] = [];
  const read = async (path: string): Promise<ReadCapture> => {
    const source = await openCapture(path, language);
    opened.push(source);
    return { source, analysis: await analyse(source, { ports, findingsPerIncident: 1, onProgress: progress.reporter(source.size) }) };
  };
  try {
    const [a, b] = [await read(pathA), await read(pathB)];
    progress.clear();
    const isUnreadable = [tellIssues(pathA, a, language), tellIssues(pathB, b, language)].includes(true);
    if (isUnreadable) return ExitCode.unreadable;
    const comparison = await compareCaptures(a, b, { ports });
    const names = { a: pathA, b: pathB };
    const output = new StandardOutput();
    output.write(wanted === "json" ? comparisonJson(comparison, names) : comparisonText(comparison, names, language));
    output.flush();
    return comparison.pairs.some(isChanged) ? ExitCode.findings : ExitCode.clean;
  } finally {
    for (const source of opened) await source.close();
  }
}

/** Says on standard error what is wrong with a file; true when it could not be read. */
function tellIssues(path: string, { analysis: { capture, connections } }: ReadCapture, language: CommandLine["language"]): boolean {
  for (const issue of capture.issues) console.error(`${path}: ${issueSentence(issue, capture, language)}`);
  return couldNotBeRead(capture, connections.count);
}
