import type { ConnectionDetail, Finding } from "../../core/index.ts";
import { ConnectionMessages } from "./connectionMessages.ts";
import { contradiction } from "./factViews.ts";

/** Whether the later of the two contradicting values came in a signed or encrypted message. */
export function isProtectedPair(finding: Finding, detail: ConnectionDetail): boolean {
  const pair = contradiction(finding.evidence);
  if (pair?.second.command === undefined) return false;
  const { frame, command, response } = pair.second;
  const { protection } = new ConnectionMessages(detail).message(frame, command, response === true);
  return protection === "signed" || protection === "encrypted";
}
