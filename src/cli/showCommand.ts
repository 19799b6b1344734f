import { type CapturedMessage, formatCount, issueSentence, readMessages, toMessageTree, toMessageTreeJson } from "../core/index.ts";
import { couldNotBeRead } from "./couldNotBeRead.ts";
import { ExitCode } from "./exitCode.ts";
import { openCapture } from "./openCapture.ts";
import { type CommandLine, formatOption, PORT_OPTION, parseLine } from "./options.ts";
import { ProgressLine } from "./progressLine.ts";
import { StandardOutput } from "./standardOutput.ts";
import { UsageError } from "./usageError.ts";

/** `smb-lens show FILE --frame N`: the field trees of the messages that the frame completes. */
export async function showCommand(line: CommandLine): Promise<number> {
  const { format, language, files, frame, ports } = parseLine(line, { frame: { type: "string" }, ...PORT_OPTION });
  const wanted = formatOption(format, ["text", "json"], language);
  const [path, ...more] = files;
  if (path === undefined || more.length > 0) {
    throw new UsageError(language === "ja" ? "show にはファイルを 1 つ指定します。" : "show needs exactly one file.");
  }
  const number = frameOption(frame, language);
  const source = await openCapture(path, language);
  const progress = new ProgressLine(language);
  try {
    const messages: CapturedMessage[] = [];
    const capture = await readMessages(source, { ports, frame: number, onMessage: (message) => messages.push(message) });
    progress.clear();
    const output = new StandardOutput();
    if (wanted === "json" || messages.length > 0)
      output.write(wanted === "json" ? toMessageTreeJson(messages) : toMessageTree(messages, language));
    output.flush();
    for (const issue of capture.issues) console.error(`${path}: ${issueSentence(issue, capture, language)}`);
    if (couldNotBeRead(capture, messages.length)) return ExitCode.unreadable;
    if (messages.length === 0) console.error(`${path}: ${nothingText(number, capture.frames, language)}`);
    return ExitCode.clean;
  } finally {
    await source.close();
  }
}

/** @throws UsageError */
function frameOption(value: string | undefined, language: CommandLine["language"]): number {
  const number = Number(value);
  if (value !== undefined && /^\d+$/.test(value) && Number.isSafeInteger(number) && number >= 1) return number;
  throw new UsageError(
    language === "ja"
      ? "show には --frame N (1 以上のフレーム番号) が必要です。"
      : "show needs --frame N, the number of a frame from 1 on.",
  );
}

function nothingText(frame: number, frames: number, language: CommandLine["language"]): string {
  const last = formatCount(frames);
  const isBeyond = frame > frames;
  if (language === "ja") {
    return isBeyond
      ? `フレーム ${frame} はありません。最後のフレームは ${last} です。`
      : `フレーム ${frame} で終わる SMB メッセージはありません。smb-lens messages で、メッセージのあるフレームを確認してください。`;
  }
  return isBeyond
    ? `There is no frame ${frame}; the last one is ${last}.`
    : `No SMB message ends in frame ${frame}. See which frames have messages with smb-lens messages.`;
}
