import { escapeForDisplay } from "../bytes/text.ts";
import type { Evidence } from "../rules/finding.ts";
import { commandName } from "../smb2/constants/commands.ts";
import type { ReportTexts } from "./reportTexts.ts";

/** The message that a piece of evidence stands in: `NEGOTIATE response`, `TCP`. */
export function evidenceMessage({ command, response }: Evidence, texts: ReportTexts): string {
  return command === undefined ? "TCP" : `${commandName(command)} ${response === true ? texts.response : texts.request}`;
}

/** `[6] NEGOTIATE response: Capabilities 0x0000004e`. Safe to show. */
export function evidenceText(evidence: Evidence, texts: ReportTexts): string {
  const said = [evidence.field, evidence.value].filter((part) => part !== undefined && part !== "").join(" ");
  return escapeForDisplay(`[${evidence.frame}] ${evidenceMessage(evidence, texts)}${said === "" ? "" : `: ${said}`}`);
}
