import {
  type Analysis,
  analyse,
  applyRuleSettings,
  issueSentence,
  jsonCapture,
  jsonReportEnd,
  jsonReportStart,
  type ReportSubject,
  sarifEnd,
  sarifRun,
  sarifStart,
  toMarkdown,
  toText,
} from "../core/index.ts";
import { type CaptureSettings, captureSettings, NO_SETTINGS } from "./captureSettings.ts";
import { couldNotBeRead } from "./couldNotBeRead.ts";
import { ExitCode } from "./exitCode.ts";
import { openCapture } from "./openCapture.ts";
import { type CommandLine, formatOption, PORT_OPTION, parseLine } from "./options.ts";
import { ProgressLine } from "./progressLine.ts";
import { StandardOutput } from "./standardOutput.ts";
import { UsageError } from "./usageError.ts";

/** A report over several captures, in pieces. */
interface ReportWriter {
  /** Every finding is needed, not only the first ones of each incident. */
  readonly complete: boolean;
  start(): string;
  between(): string;
  capture(analysis: Analysis, subject: ReportSubject): Iterable<string>;
  end(): string;
}

const WRITERS = {
  text: {
    complete: false,
    start: () => "",
    between: () => "\n",
    capture: (analysis, subject) => [toText(analysis, subject)],
    end: () => "",
  },
  json: {
    complete: true,
    start: jsonReportStart,
    between: () => ",\n",
    capture: jsonCapture,
    end: jsonReportEnd,
  },
  sarif: { complete: true, start: sarifStart, between: () => ",\n", capture: sarifRun, end: sarifEnd },
  markdown: {
    complete: false,
    start: () => "",
    between: () => "\n",
    capture: (analysis, subject) => [toMarkdown(analysis, subject)],
    end: () => "",
  },
} as const satisfies Record<string, ReportWriter>;

type Format = keyof typeof WRITERS;
const FORMATS = Object.keys(WRITERS) as Format[];

/** `smb-lens analyze FILE...`: what the captures show. One capture is in memory at a time. */
export async function analyzeCommand(line: CommandLine): Promise<number> {
  const { format, language, files, ports, ignoresSettings } = parseLine(line, { ...PORT_OPTION, "no-settings": { type: "boolean" } });
  const writer: ReportWriter = WRITERS[formatOption(format, FORMATS, language)];
  if (files.length === 0) {
    throw new UsageError(language === "ja" ? "analyze にはファイルを 1 つ以上指定します。" : "analyze needs at least one file.");
  }
  // Before anything is written: a settings file that cannot be used is wrong usage.
  const settings = ignoresSettings ? [] : captureSettings(files, language);
  const output = new StandardOutput();
  output.write(writer.start());
  let code: number = ExitCode.clean;
  for (const [index, path] of files.entries()) {
    if (index > 0) output.write(writer.between());
    code = Math.max(code, await analyzeFile({ name: path, language }, settings[index] ?? NO_SETTINGS, ports, writer, output));
  }
  output.write(writer.end());
  output.flush();
  return code;
}

async function analyzeFile(
  { name, language }: ReportSubject,
  { levels, file }: CaptureSettings,
  ports: readonly number[],
  writer: ReportWriter,
  output: StandardOutput,
): Promise<number> {
  const source = await openCapture(name, language);
  const progress = new ProgressLine(language);
  try {
    const read = await analyse(source, {
      ports,
      onProgress: progress.reporter(source.size),
      findingsPerIncident: writer.complete ? Number.POSITIVE_INFINITY : undefined,
    });
    progress.clear();
    const analysis = applyRuleSettings(read, levels);
    for (const text of writer.capture(analysis, { name, language, settings: file })) output.write(text);
    const { capture } = analysis;
    if (!couldNotBeRead(capture, analysis.connections.count))
      return analysis.incidents.some(({ severity }) => severity === "error") ? ExitCode.findings : ExitCode.clean;
    for (const issue of capture.issues) console.error(`${name}: ${issueSentence(issue, capture, language)}`);
    return ExitCode.unreadable;
  } finally {
    await source.close();
  }
}
