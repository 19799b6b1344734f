import * as vscode from "vscode";
import type { Remedy, Snippet } from "../core/index.ts";
import { remedyOf } from "./remediesOf.ts";

/** Commands of remedies: copied or shown in a new document, never run. */
export function registerSnippets(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand("smbLens.copySnippet", (remedy?: unknown, platform?: unknown) => copySnippet(remedy, platform)),
    vscode.commands.registerCommand("smbLens.openSnippet", (remedy?: unknown, platform?: unknown) => openSnippet(remedy, platform)),
  );
}

/**
 * Shows the commands of a remedy for one platform in a new document, with what they change and how to undo it as comments. Without a
 * platform the user is asked for one.
 */
export async function openSnippet(remedyId: unknown, platform: unknown): Promise<void> {
  const remedy = remedyOf(remedyId);
  const snippet = remedy && (platform === undefined ? await chooseSnippet(remedy) : snippetFor(remedy, platform));
  if (remedy === undefined || snippet === undefined) return;
  const content = snippetDocument(remedy, snippet);
  const document = await vscode.workspace.openTextDocument({ language: snippet.language, content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
}

async function copySnippet(remedyId: unknown, platform: unknown): Promise<void> {
  const remedy = remedyOf(remedyId);
  const snippet = remedy && snippetFor(remedy, platform);
  if (snippet === undefined) return;
  await vscode.env.clipboard.writeText(snippet.code);
  vscode.window.setStatusBarMessage(vscode.l10n.t("SMB Lens: copied"), 3000);
}

function snippetFor({ snippets }: Remedy, platform: unknown): Snippet | undefined {
  return snippets.find((each) => each.platform === platform);
}

async function chooseSnippet({ title, snippets }: Remedy): Promise<Snippet | undefined> {
  const items = snippets.map((snippet) => ({ label: snippet.label, detail: snippet.effect, snippet }));
  return (await vscode.window.showQuickPick(items, { title }))?.snippet;
}

function snippetDocument(remedy: Remedy, snippet: Snippet): string {
  const mark = commentMark(snippet.language);
  const comments = [
    `${remedy.title} (${snippet.label})`,
    snippet.effect,
    snippet.undo && vscode.l10n.t("To undo: {0}", snippet.undo),
    snippet.check && vscode.l10n.t("To check: {0}", snippet.check),
  ].flatMap((text) => (text === "" ? [] : text.split("\n")));
  return `${comments.map((line) => `${mark} ${line}`.trimEnd()).join("\n")}\n\n${snippet.code}\n`;
}

// smb.conf, ksmbd.conf and nsmb.conf all take a semicolon; PowerShell and shells take a hash.
function commentMark(language: string): string {
  return language === "ini" ? ";" : "#";
}
