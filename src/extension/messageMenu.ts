import * as vscode from "vscode";
import type { CopyForm } from "../protocol/messageViews.ts";
import type { CapturePanels } from "./capturePanels.ts";
import { parseMenuPlace } from "./webviewMessage.ts";

const COMMANDS: Readonly<Record<string, CopyForm>> = {
  "smbLens.copyAsText": "text",
  "smbLens.copyAsHex": "hex",
  "smbLens.copyAsJson": "json",
  "smbLens.copyAsFilter": "filter",
};

/** Entries of the context menu over messages and fields of the capture editor. */
export function registerMessageMenu(panels: CapturePanels, log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(COMMANDS).map(([command, form]) =>
      vscode.commands.registerCommand(command, async (context?: unknown) => {
        const place = parseMenuPlace(context);
        if (place === undefined) return;
        await panels.active?.copy({ ...place, form }).catch((error: unknown) => log.warn(`${command}: ${String(error)}`));
      }),
    ),
  );
}
