import * as vscode from "vscode";
import { isSectionId, sectionLabel, sectionUrl, type TraceProblem } from "../core/index.ts";
import { argumentNumber, argumentUri } from "./activeCapture.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
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
  const sections = problem.sections.filter(isSectionId).map((id) => `- [${escaped(sectionLabel(id))}](${sectionUrl(id)})`);
  return [
    `**${escaped(problem.title)}**`,
    escaped(`${problem.rule} · ${name} · ${vscode.l10n.t("Frame {0}", problem.frame)}`),
    problem.message.split("\n").map(escaped).join("  \n"),
    sections.join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

// Names in a capture are chosen by whoever made the traffic: they must stay text where the Markdown is pasted.
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, "\\$&");
}
