import { type Capture, FATAL_ISSUES, readExtent } from "../core/index.ts";

/**
 * Whether a file is no capture, cannot be opened, gave no frame before its damage, or shows no SMB in the little of it that could be read.
 * What was cut later was read as far as it goes.
 * @param found connections or messages that it showed
 */
export function couldNotBeRead(capture: Capture, found: number): boolean {
  const { frames, issues } = capture;
  if (issues.some(({ kind }) => FATAL_ISSUES.has(kind) || (frames === 0 && DAMAGE.has(kind)))) return true;
  return found === 0 && readExtent(capture) !== "whole";
}

const DAMAGE: ReadonlySet<string> = new Set([
  "file-cut",
  "bad-record",
  "bad-block",
  "another-capture",
  "zeros-at-end",
  "packed-cut",
  "packed-damaged",
  "packed-limit",
  "packed-unsupported",
]);
