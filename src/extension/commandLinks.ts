import * as vscode from "vscode";

/** Commands that texts of ours may link to. They take only plain values and check them, since any extension can call them. */
export const LINKED_COMMANDS = ["smbLens.reveal", "smbLens.showFrame", "smbLens.quickFix", "smbLens.explain"] as const;

/** A link that shows a connection in the capture editor. */
export function revealLink(capture: vscode.Uri, connection: number, frame: number | null): vscode.Uri {
  return commandLink("smbLens.reveal", capture.toString(), connection, frame);
}

/** A link that shows a frame in the text trace, in the connection's own document where the overview leaves it out. */
export function showFrameLink(capture: vscode.Uri, connection: number, frame: number): vscode.Uri {
  return commandLink("smbLens.showFrame", capture.toString(), connection, frame);
}

/** A link that offers what can be done about the findings of a line. */
export function quickFixLink(trace: vscode.Uri, line: number): vscode.Uri {
  return commandLink("smbLens.quickFix", trace.toString(), line);
}

/** A link that explains a rule. */
export function explainLink(rule: string): vscode.Uri {
  return commandLink("smbLens.explain", rule);
}

function commandLink(command: (typeof LINKED_COMMANDS)[number], ...args: readonly unknown[]): vscode.Uri {
  return vscode.Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify(args))}`);
}
