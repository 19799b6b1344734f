import * as vscode from "vscode";
import { type RemedyChoice, remedyOf, type SnippetChoice } from "./remedyChoices.ts";

/** Commands of remedies: copied or shown in a new document, never run. */
export function registerSnippets(): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register("smbLens.copySnippet", (remedy?: unknown, platform?: unknown) => copySnippet(remedy, platform)),
    register("smbLens.openSnippet", (remedy?: unknown, platform?: unknown) => openSnippet(remedy, platform)),
    register("smbLens.copyNote", (remedy?: unknown) => copy(remedyOf(remedy)?.note)),
  );
}

/** Shows the commands of a remedy for one platform in a new document, with what they change and how to undo it as comments. */
export async function openSnippet(remedyId: unknown, platform: unknown): Promise<void> {
  const found = snippetOf(remedyId, platform);
  if (found === undefined) return;
  const content = snippetDocument(found.remedy, found.snippet);
  const document = await vscode.workspace.openTextDocument({ language: found.snippet.language, content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
}

async function copySnippet(remedyId: unknown, platform: unknown): Promise<void> {
  await copy(snippetOf(remedyId, platform)?.snippet.code);
}

async function copy(text: string | null | undefined): Promise<void> {
  if (text === null || text === undefined) return;
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("SMB Lens: copied"), 3000);
}

function snippetOf(remedyId: unknown, platform: unknown): { remedy: RemedyChoice; snippet: SnippetChoice } | undefined {
  const remedy = remedyOf(remedyId);
  const snippet = remedy?.snippets.find((each) => each.platform === platform);
  return remedy && snippet && { remedy, snippet };
}

function snippetDocument(remedy: RemedyChoice, snippet: SnippetChoice): string {
  const mark = commentMark(snippet.language);
  const comments = [
    `${remedy.title} (${snippet.label})`,
    snippet.effect,
    snippet.undo && vscode.l10n.t("To undo: {0}", snippet.undo),
    snippet.check && vscode.l10n.t("To check: {0}", snippet.check),
  ].flatMap((text) => (text === "" ? [] : text.split("\n")));
  return `${comments.map((line) => `${mark} ${line}`.trimEnd()).join("\n")}\n\n${snippet.code}\n`;
}

function commentMark(language: string): string {
  return /^(ini|properties|reg|registry)$/i.test(language) ? ";" : "#";
}
