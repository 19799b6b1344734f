import type { IssueKind } from "../capture/issue.ts";
import type { Capture } from "./capture.ts";

/** How much of a capture could be looked at: all of it, only its beginning, or hardly a frame, since the frames cannot be read. */
export type ReadExtent = "whole" | "beginning" | "unreadable";

/** Nothing behind their place was read. */
const STOPPED: ReadonlySet<IssueKind> = new Set([
  "bad-record",
  "bad-block",
  "another-capture",
  "read-failed",
  "internal-error",
  "cancelled",
  "file-changed",
  "packed-cut",
  "packed-damaged",
  "packed-limit",
  "packed-unsupported",
]);
/** Their frames cannot be read. */
const CLOSED: ReadonlySet<IssueKind> = new Set(["link-type-unsupported", "encrypted-frames", "interface-missing"]);

/** Half of it is enough to make “there is none” a guess. */
export function readExtent({ frames, size, issues }: Pick<Capture, "frames" | "size" | "issues">): ReadExtent {
  const closed = sum(issues, "frames", CLOSED);
  if (closed > 0 && closed * 2 >= frames) return "unreadable";
  if (issues.some(({ kind }) => STOPPED.has(kind))) return "beginning";
  const lost = sum(issues, "bytes", LOST) + sum(issues, "have", CUT);
  return lost * 2 >= size && lost > 0 ? "beginning" : "whole";
}

/** Bytes of the file that were passed over, or that stand in a record which the file's end cuts. */
const LOST: ReadonlySet<IssueKind> = new Set(["bytes-skipped", "zeros-at-end"]);
const CUT: ReadonlySet<IssueKind> = new Set(["file-cut"]);

function sum(issues: Capture["issues"], key: string, kinds: ReadonlySet<IssueKind>): number {
  return issues.reduce((total, { kind, data }) => (kinds.has(kind) ? total + Number(data?.[key] ?? 0) : total), 0);
}
