import * as vscode from "vscode";
import { ruleById, rulePage, rulePageMarkdown } from "../core/index.ts";
import { displayLanguage } from "./displayLanguage.ts";

const RULE_SCHEME = "smb-lens-rule";

/** Pages that explain a rule, as docs/rules has them, in the user's language. */
export function registerExplanations(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(RULE_SCHEME, {
      provideTextDocumentContent: ({ path }) => {
        const rule = ruleById(path.replace(/^\/|\.md$/g, ""));
        return rule && rulePageMarkdown(rulePage(rule, displayLanguage()));
      },
    }),
    vscode.commands.registerCommand("smbLens.explain", (id?: unknown) => explainRule(id)),
  );
}

/** Opens the page of a rule beside the editor; other ids are passed over. */
export async function explainRule(id: unknown): Promise<void> {
  const rule = typeof id === "string" ? ruleById(id) : undefined;
  if (rule === undefined) return;
  const page = vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${rule.id}.md` });
  const commands = await vscode.commands.getCommands(true);
  // The preview comes with an extension of VS Code's own, which a user can disable.
  if (commands.includes("markdown.showPreviewToSide")) await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
  else await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside });
}
