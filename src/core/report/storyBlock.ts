import type { Story } from "../rules/story.ts";
import { writeProse } from "./prose.ts";
import type { ReportTexts } from "./reportTexts.ts";
import { capturePlatform, furtherSentence, storySentences } from "./storyText.ts";
import type { TraceWriter } from "./traceWriter.ts";

/** Writes what became of a connection, one step a line. */
export function writeStory(writer: TraceWriter, story: Story, connection: number, texts: ReportTexts): void {
  const { language } = texts;
  for (const sentence of storySentences(story, language)) {
    writer.text("    ");
    writeProse(writer, sentence, connection);
  }
}

/** Writes which capture would show the rest, and how to take it. */
export function writeFurther(writer: TraceWriter, story: Story, connection: number, texts: ReportTexts): void {
  const { language } = texts;
  const further = furtherSentence(story, language);
  if (story.further === null || further === "") return;
  writer.text("    ");
  writeProse(writer, further, connection);
  for (const command of story.further.commands) {
    writer.text(`      ${capturePlatform(command, language)}:`).endLine();
    for (const line of command.lines) writer.text(`        ${line}`).endLine();
  }
}
