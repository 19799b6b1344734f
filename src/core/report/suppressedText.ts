import { escapeForDisplay } from "../bytes/text.ts";
import type { Analysis } from "../rules/analysis.ts";
import type { ReportSubject } from "./reportSubject.ts";
import { reportTexts } from "./reportTexts.ts";

/** How many findings the settings turn off, and of which rules, in one safe sentence; empty where that is none. */
export function suppressedSentence(
  { suppressed }: Pick<Analysis, "suppressed">,
  { language, settings = "" }: Omit<ReportSubject, "name">,
): string {
  if (suppressed === undefined) return "";
  const rules = [...new Set(suppressed.incidents.map(({ rule }) => rule))];
  return escapeForDisplay(reportTexts(language).notShown(suppressed.incidents.length, rules, settings));
}

/** Whether a finding is turned off that would make a connection a failed one. */
export function hidesFailure({ suppressed }: Pick<Analysis, "suppressed">): boolean {
  return suppressed?.incidents.some(({ severity }) => severity === "error") === true;
}
