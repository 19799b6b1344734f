import { type Capture, FATAL_ISSUES } from "../core/index.ts";

/** Whether a file is no capture, cannot be opened, or gave no frame before its damage. What was cut later was read as far as it goes. */
export function couldNotBeRead({ frames, issues }: Capture): boolean {
  return issues.some(({ kind }) => FATAL_ISSUES.has(kind) || (frames === 0 && DAMAGE.has(kind)));
}

const DAMAGE: ReadonlySet<string> = new Set([
  "file-cut",
  "bad-record",
  "bad-block",
  "zeros-at-end",
  "packed-cut",
  "packed-damaged",
  "packed-limit",
  "packed-unsupported",
]);
