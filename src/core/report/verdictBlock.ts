import { escapeForDisplay } from "../bytes/text.ts";
import type { Capture } from "../model/capture.ts";
import { readExtent } from "../model/readExtent.ts";
import type { Analysis } from "../rules/analysis.ts";
import { captureAbout, captureAboutHeading } from "./captureAbout.ts";
import type { ConnectionCounts } from "./connectionCounts.ts";
import { formatNames } from "./formatNames.ts";
import { issueSentence } from "./issueText.ts";
import { linkTypeName } from "./linkTypeName.ts";
import { PROSE_WIDTH, writeProse } from "./prose.ts";
import { formatDate, formatSpan } from "./quantities.ts";
import type { ReportSubject } from "./reportSubject.ts";
import type { ReportTexts } from "./reportTexts.ts";
import { hidesFailure, suppressedSentence } from "./suppressedText.ts";
import { displayWidth, padColumns, wrapText } from "./textWidth.ts";
import { TOOL } from "./tool.ts";
import type { TraceWriter } from "./traceWriter.ts";

const MOST_LINK_TYPES = 3;
/** Columns of the labels before indented sentences. */
export const LABEL_COLUMNS = 7;

/** The first lines of every report: the file, what came out, and what was wrong with the file. */
export function writeVerdict(
  writer: TraceWriter,
  analysis: Analysis,
  { counts }: ConnectionCounts,
  subject: ReportSubject,
  texts: ReportTexts,
): void {
  const { capture, connections } = analysis;
  writer.span("heading", TOOL.displayName);
  writer
    .text(`   ${escapeForDisplay(subject.name)}   ${captureSummary(capture, texts)}`)
    .endLine()
    .endLine();
  if (connections.count > 0) writer.text(texts.verdict(counts, hidesFailure(analysis))).endLine();
  else if (capture.frames > 0) writer.text(texts.noSmb(capture, readExtent(capture))).endLine();
  const notes = [suppressedSentence(analysis, subject), ...capture.issues.map((issue) => issueSentence(issue, capture, subject.language))];
  for (const note of notes.filter((text) => text !== "")) {
    writer.text(padColumns(texts.labels.note, LABEL_COLUMNS));
    writeProse(writer, note, 0);
  }
  writeAbout(writer, capture, subject);
}

function writeAbout(writer: TraceWriter, capture: Capture, { language }: ReportSubject): void {
  const rows = captureAbout(capture, language);
  if (rows.length === 0) return;
  writer.endLine().text(captureAboutHeading(language)).endLine();
  const width = Math.max(...rows.map(({ label }) => displayWidth(label))) + 2;
  for (const { label, values } of rows) {
    for (const [index, value] of values.entries()) {
      writer.text(`  ${padColumns(index === 0 ? label : "", width)}`);
      for (const [line, text] of wrapText(value, PROSE_WIDTH - 2 - width).entries()) {
        if (line > 0) writer.toColumn(2 + width);
        writer.text(text).endLine();
      }
    }
  }
}

/** `pcap, Ethernet, 18 frames, 12.7 ms, 2026-11-23 00:20:10 UTC`. */
export function captureSummary(capture: Capture, texts: ReportTexts): string {
  const linkTypes = [...new Set(capture.interfaces.map((one) => linkTypeName(one.linkType)))].slice(0, MOST_LINK_TYPES);
  const times =
    capture.frames === 0
      ? []
      : [formatSpan(capture.lastTime - capture.firstTime, texts.language), formatDate(capture.baseSeconds, capture.firstTime)];
  return [...formatNames(capture), ...linkTypes, texts.frames(capture.frames), ...times].join(texts.comma);
}
