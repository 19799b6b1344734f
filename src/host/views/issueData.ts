import { escapeForDisplay, type Issue } from "../../core/index.ts";

/** A number that the text of an issue needs; 0 when the issue lacks it. */
export function issueNumber({ data }: Issue, key: string): number {
  const value = Number(data?.[key]);
  return Number.isFinite(value) ? value : 0;
}

/** A name or reason that the text of an issue needs, fit for the screen; empty when the issue lacks it. */
export function issueWord({ data }: Issue, key: string): string {
  return escapeForDisplay(String(data?.[key] ?? ""));
}
