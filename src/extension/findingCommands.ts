import * as vscode from "vscode";
import type { CapturePanels } from "./capturePanels.ts";
import { TRACE_LANGUAGE } from "./traceUri.ts";

/** Next and previous finding: in the capture editor by its page, in a text trace as VS Code goes to a problem. */
export function registerFindingCommands(panels: CapturePanels): vscode.Disposable {
  const step = (by: 1 | -1) => {
    if (panels.active !== undefined) return panels.active.step(by);
    if (vscode.window.activeTextEditor?.document.languageId !== TRACE_LANGUAGE) return undefined;
    return vscode.commands.executeCommand(by === 1 ? "editor.action.marker.next" : "editor.action.marker.prev");
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand("smbLens.nextFinding", () => step(1)),
    vscode.commands.registerCommand("smbLens.previousFinding", () => step(-1)),
  );
}
