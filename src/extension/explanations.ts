import * as vscode from "vscode";
import { type Remedy, type Rule, ruleById, type Snippet, sectionLabel, sectionTitle, sectionUrl } from "../core/index.ts";
import { displayLanguage } from "./displayLanguage.ts";
import { remediesOf } from "./remediesOf.ts";

const RULE_SCHEME = "smb-lens-rule";

/** Pages that explain a rule: what it recognises, its sections, and the remedies with their commands. */
export function registerExplanations(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(RULE_SCHEME, {
      provideTextDocumentContent: ({ path }) => {
        const rule = ruleById(path.replace(/^\/|\.md$/g, ""));
        return rule && explanation(rule);
      },
    }),
    vscode.commands.registerCommand("smbLens.explain", (id?: unknown) => explain(id)),
  );
}

async function explain(id: unknown): Promise<void> {
  const rule = typeof id === "string" ? ruleById(id) : undefined;
  if (rule === undefined) return;
  const page = vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${rule.id}.md` });
  const commands = await vscode.commands.getCommands(true);
  // The preview comes with an extension of VS Code's own, which a user can disable.
  if (commands.includes("markdown.showPreviewToSide")) await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
  else await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside });
}

function explanation(rule: Rule): string {
  const { name, recognises } = rule.texts[displayLanguage()];
  const sections = rule.sections.map((id) => `- [${sectionLabel(id).replace(/[[\]]/g, "\\$&")} ${sectionTitle(id)}](${sectionUrl(id)})`);
  const remedies = remediesOf(rule.remedies).map(remedyPart);
  return [
    `# ${name}`,
    `\`${rule.id}\``,
    recognises,
    `## ${vscode.l10n.t("Specification")}`,
    sections.join("\n"),
    `## ${vscode.l10n.t("What to do")}`,
    vscode.l10n.t("Nothing is run on this computer: commands are copied or shown."),
    ...remedies,
  ].join("\n\n");
}

function remedyPart(remedy: Remedy): string {
  const title = remedy.kind === "safe" ? remedy.title : vscode.l10n.t("Weakens security: {0}", remedy.title);
  return [`### ${title}`, remedy.text, ...remedy.snippets.map(snippetPart)].join("\n\n");
}

function snippetPart({ label, language, code, effect, undo, check }: Snippet): string {
  const notes = [effect, undo && vscode.l10n.t("To undo: {0}", undo), check && vscode.l10n.t("To check: {0}", check)];
  return [`#### ${label}`, `\`\`\`${language}\n${code}\n\`\`\``, ...notes.filter((note) => note !== "")].join("\n\n");
}
