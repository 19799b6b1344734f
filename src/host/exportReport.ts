import { type Analysis, type ReportSubject, toJson, toMarkdown, toSarif, toText } from "../core/index.ts";
import type { WorkerRequests } from "../protocol/worker.ts";

/** Form of a report on a whole capture. */
export type ReportFormat = WorkerRequests["export"]["request"]["format"];

/** The report on a capture, as the command line writes it too. */
export function exportReport(format: ReportFormat, analysis: Analysis, subject: ReportSubject): string {
  switch (format) {
    case "text":
      return toText(analysis, subject);
    case "json":
      return toJson(analysis, subject);
    case "markdown":
      return toMarkdown(analysis, subject);
    case "sarif":
      return toSarif(analysis, subject);
  }
}
