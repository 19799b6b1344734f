import * as vscode from "vscode";
import type { StateAction } from "../protocol/views.ts";
import type { CapturePanel, PanelRequest } from "./capturePanel.ts";
import type { CapturePanels } from "./capturePanels.ts";
import { explainRule } from "./explanations.ts";
import { openSection } from "./openSection.ts";
import { showRuleSettings } from "./ruleCommands.ts";
import { addSmbPort, isPort } from "./settings.ts";
import { openSnippet } from "./snippets.ts";
import { chooseCapture } from "./traceCommands.ts";

/** Does what the buttons and links of the capture editor ask for outside of the page. */
export function registerPageRequests(panels: CapturePanels, log: vscode.LogOutputChannel): vscode.Disposable {
  return panels.onDidRequest(({ panel, request }) => {
    answer(panels, panel, request, log).catch((error: unknown) => log.error(`${request.type}: ${String(error)}`));
  });
}

async function answer(panels: CapturePanels, panel: CapturePanel, request: PanelRequest, log: vscode.LogOutputChannel): Promise<void> {
  switch (request.type) {
    case "open-section":
      return openSection(request.section);
    case "open-rule":
      return explainRule(request.rule);
    case "copy":
      return vscode.env.clipboard.writeText(request.text);
    case "open-snippet":
      return openSnippet(request.remedy, request.platform);
    case "action":
      return act(panels, panel, request.action, log);
    // Leading to the text trace is the matter of Reveal.
    case "open-frame":
    case "selected":
      return undefined;
  }
}

async function act(panels: CapturePanels, panel: CapturePanel, action: StateAction, log: vscode.LogOutputChannel): Promise<void> {
  const capture = panel.document.uri;
  switch (action) {
    case "retry":
      return panel.document.analyse();
    case "show-log":
      return log.show();
    case "rule-settings":
      return showRuleSettings(capture);
    case "open-as-text":
      return vscode.commands.executeCommand("vscode.openWith", capture, "default");
    case "open-another": {
      const another = await chooseCapture();
      return another && panels.open(another, undefined);
    }
    case "other-port": {
      const port = await askPort();
      return port === undefined ? undefined : addSmbPort(capture, port);
    }
  }
}

async function askPort(): Promise<number | undefined> {
  const answered = await vscode.window.showInputBox({
    title: vscode.l10n.t("Read SMB on another port"),
    prompt: vscode.l10n.t("TCP port of the server. It is added to the setting smbLens.ports, and the capture is read again."),
    validateInput: (text) => (isPort(portOf(text)) ? undefined : vscode.l10n.t("A port is a whole number from 1 to 65535.")),
  });
  return answered === undefined ? undefined : portOf(answered);
}

function portOf(text: string): number {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
}
