import * as vscode from "vscode";
import { argumentNumber, argumentUri } from "./activeCapture.ts";
import type { CaptureDocuments } from "./captureDocuments.ts";
import { type ActionCommand, type FindingAction, findingActions } from "./findingActions.ts";
import { openTraceOf } from "./openTraceOf.ts";
import { problemsOfLine } from "./traceIndex.ts";
import { TRACE_LANGUAGE } from "./traceUri.ts";

interface ActionItem extends vscode.QuickPickItem {
  readonly action?: FindingAction;
}

/** VS Code has no Quick Fix in a read-only editor: this offers the same actions for the line of the cursor, or for one that a link names. */
export function registerQuickFixPicker(documents: CaptureDocuments): vscode.Disposable {
  return vscode.commands.registerCommand("smbLens.quickFix", async (trace?: unknown, line?: unknown) => {
    const place = await namedPlace(trace, line);
    if (place !== undefined) await offer(documents, place);
  });
}

interface Place {
  readonly document: vscode.TextDocument;
  readonly line: number;
}

async function namedPlace(trace: unknown, line: unknown): Promise<Place | undefined> {
  const uri = argumentUri(trace);
  const named = argumentNumber(line);
  // A menu of the editor names the document and no line.
  if (uri !== undefined && named !== undefined) return { document: await vscode.workspace.openTextDocument(uri), line: named };
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== TRACE_LANGUAGE) return undefined;
  return { document: editor.document, line: editor.selection.active.line };
}

async function offer(documents: CaptureDocuments, { document, line }: Place): Promise<void> {
  const open = await openTraceOf(documents, document);
  const problems = open === undefined ? [] : problemsOfLine(open.trace, line);
  if (open === undefined || problems.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t("This line holds no finding. F8 goes to the next one."));
    return;
  }
  const items = problems.flatMap((problem) => actionItems(findingActions(open, problem)));
  const chosen = await choose(problems[0]?.title ?? "", items);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command, ...chosen.arguments);
}

/** Lets the user choose; the button beside commands that are copied opens them in a new document instead. */
function choose(title: string, items: readonly ActionItem[]): Promise<ActionCommand | undefined> {
  const picker = vscode.window.createQuickPick<ActionItem>();
  picker.title = title;
  picker.placeholder = vscode.l10n.t("Nothing is run on this computer: commands are copied or shown.");
  picker.matchOnDetail = true;
  picker.items = items;
  return new Promise((resolve) => {
    const end = (command: ActionCommand | undefined) => {
      resolve(command);
      picker.hide();
    };
    picker.onDidAccept(() => end(picker.selectedItems[0]?.action));
    picker.onDidTriggerItemButton(({ item }) => end(item.action?.inDocument));
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function actionItems(actions: readonly FindingAction[]): ActionItem[] {
  const headings: Readonly<Record<FindingAction["group"], string>> = {
    remedy: vscode.l10n.t("What to do"),
    finding: vscode.l10n.t("About the finding"),
    settings: vscode.l10n.t("Do not report"),
    workaround: vscode.l10n.t("Weakens security"),
  };
  const openButton = { iconPath: new vscode.ThemeIcon("go-to-file"), tooltip: vscode.l10n.t("Open in a new document") };
  return actions.flatMap((action, index) => {
    const buttons = action.inDocument === undefined ? [] : [openButton];
    const item: ActionItem = { label: action.title, detail: action.detail, action, buttons };
    const begins = actions[index - 1]?.group !== action.group;
    return begins ? [{ label: headings[action.group], kind: vscode.QuickPickItemKind.Separator }, item] : [item];
  });
}
