import { isProtected, ntStatusName } from "../../core/index.ts";
import type { ComparedExchange, ComparedRow } from "./compareRows.ts";
import type { HostTexts, Peer } from "./texts.ts";

/** What the texts of a comparison are made from. */
export interface ComparisonContext {
  readonly compared: ComparedExchange;
  /** The answer was not protected, or the client gave up right after it: what is equal at this capture point may not be so elsewhere. */
  readonly here: boolean;
  readonly texts: HostTexts;
}

/** The result for one direction in one sentence: what the receiver's check makes of it, or why there is nothing to compare. */
export function comparisonSummary(peer: Peer, rows: readonly ComparedRow[], { compared, here, texts }: ComparisonContext): string {
  const { comparison } = texts;
  const different = rows.filter((row) => row.state === "differs").length;
  if (different > 0) return comparison.differ(different, peer);
  if (rows.some((row) => row.state === "missing")) return comparison.cannotCompare(missingOperand(peer, compared, texts));
  const more = rows.some((row) => row.state === "extended");
  const { response } = compared.validation;
  const answered = response !== null && response.status === 0 && isProtected(response);
  if (!answered || (here && peer === "server")) return more ? comparison.agreeHere : comparison.equalHere;
  if (peer === "server") return comparison.serverEqual;
  return more ? comparison.clientAgreed : comparison.clientPassed;
}

/** Which of the two messages is not there, or holds no values. */
function missingOperand(peer: Peer, { negotiate, validation }: ComparedExchange, { comparison }: HostTexts): string {
  const { operands } = comparison;
  const [first, second] = peer === "client" ? [negotiate?.request, validation.request] : [negotiate?.response, validation.response];
  const name = peer === "client" ? "request" : "response";
  if (first == null) return operands.negotiateMissing[name];
  if (second == null) return validation.answerLost && peer === "server" ? operands.answerLost : operands.validateMissing[name];
  if ("status" in second && second.status !== 0) return operands.errorAnswer(ntStatusName(second.status));
  return operands.cut;
}
