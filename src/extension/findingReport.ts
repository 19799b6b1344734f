import * as vscode from "vscode";
import { isSectionId, sectionLabel, sectionUrl, type TraceProblem } from "../core/index.ts";
import { argumentNumber, argumentUri } from "./activeCapture.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { markdownText } from "./markdownText.ts";
import { traceAddress } from "./traceUri.ts";

/** Copies one finding of a trace, for a ticket or a chat. */
export function registerFindingReport(documents: CaptureDocuments): vscode.Disposable {
  return vscode.commands.registerCommand("smbLens.copyFinding", async (trace?: unknown, line?: unknown, rule?: unknown) => {
    const uri = argumentUri(trace);
    const address = uri && traceAddress(uri);
    const capture = address && documents.get(address.capture);
    if (address === undefined || capture === undefined) return;
    const { problems } = await capture.trace(address.connection);
    const problem = problems.find((each) => each.line === argumentNumber(line) && each.rule === rule);
    if (problem !== undefined) await vscode.env.clipboard.writeText(findingMarkdown(address.capture, problem));
  });
}

function findingMarkdown(capture: vscode.Uri, problem: TraceProblem): string {
  const name = capture.path.slice(capture.path.lastIndexOf("/") + 1);
  const sections = problem.sections.filter(isSectionId).map((id) => `- [${markdownText(sectionLabel(id))}](${sectionUrl(id)})`);
  return [
    `**${markdownText(problem.title)}**`,
    markdownText(`${problem.rule} · ${name} · ${vscode.l10n.t("Frame {0}", problem.frame)}`),
    markdownText(problem.message),
    sections.join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
