import * as vscode from "vscode";
import { CaptureDocuments } from "./captureDocuments.ts";
import { registerCaptureEditor } from "./captureEditorProvider.ts";
import { CapturePanels } from "./capturePanels.ts";
import { registerCodeActions } from "./codeActions.ts";
import { registerCodeLenses } from "./codeLenses.ts";
import { registerCompareCommand } from "./compareCommand.ts";
import { registerComparisonLinks } from "./comparisonLinks.ts";
import { Comparisons } from "./comparisons.ts";
import { registerDefinitions } from "./definitions.ts";
import { registerDocumentLinks } from "./documentLinks.ts";
import { registerExplanations } from "./explanations.ts";
import { registerFindingCommands } from "./findingCommands.ts";
import { registerFindingReport } from "./findingReport.ts";
import { registerFolding } from "./folding.ts";
import { registerHovers } from "./hovers.ts";
import { registerMessageMenu } from "./messageMenu.ts";
import { registerOpenSection } from "./openSection.ts";
import { registerOutline } from "./outline.ts";
import { registerPageRequests } from "./pageRequests.ts";
import { Problems } from "./problems.ts";
import { registerQuickFixPicker } from "./quickFixPicker.ts";
import { registerReportCommands } from "./reportCommands.ts";
import { Reveal } from "./reveal.ts";
import { registerRuleCommands } from "./ruleCommands.ts";
import { registerSemanticTokens } from "./semanticTokens.ts";
import { registerSnippets } from "./snippets.ts";
import { registerTextTraceFileSystem } from "./textTraceFileSystem.ts";
import { registerTraceCommands } from "./traceCommands.ts";
import { TraceTabs } from "./traceTabs.ts";

export function activate({ subscriptions, extensionUri }: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("SMB Lens", { log: true });
  const documents = new CaptureDocuments(vscode.Uri.joinPath(extensionUri, "dist", "worker.cjs").fsPath, log);
  const panels = new CapturePanels();
  const reveal = new Reveal(documents, panels);
  subscriptions.push(log, documents, panels, reveal);
  const comparisons = new Comparisons();
  subscriptions.push(registerTextTraceFileSystem(documents, comparisons), new Problems(documents, log), new TraceTabs(documents));
  subscriptions.push(registerCaptureEditor(documents, panels, extensionUri, log), registerPageRequests(panels, log));
  subscriptions.push(registerHovers(documents), registerCodeActions(documents), registerCodeLenses(documents));
  subscriptions.push(registerOutline(documents), registerFolding(documents), registerDocumentLinks(documents));
  subscriptions.push(
    registerSemanticTokens(documents),
    registerDefinitions(documents),
    registerQuickFixPicker(documents),
    registerSnippets(),
    registerExplanations(),
  );
  subscriptions.push(registerFindingReport(documents), registerMessageMenu(panels, log));
  subscriptions.push(registerTraceCommands(documents, panels, reveal), registerFindingCommands(panels));
  subscriptions.push(registerCompareCommand(documents, comparisons, log), registerComparisonLinks(comparisons));
  subscriptions.push(registerReportCommands(documents, log), registerOpenSection(), registerRuleCommands(documents));
  subscriptions.push(vscode.commands.registerCommand("smbLens.showLog", () => log.show()));
}
