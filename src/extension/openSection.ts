import * as vscode from "vscode";
import { isSectionId, sectionUrl } from "../core/index.ts";

/** Opens a section of the specification, by its id ("MS-SMB2 3.2.5.14.12"), in the user's browser; other ids are passed over. */
export async function openSection(id: unknown): Promise<void> {
  if (typeof id === "string" && isSectionId(id)) await vscode.env.openExternal(vscode.Uri.parse(sectionUrl(id)));
}

export function registerOpenSection(): vscode.Disposable {
  return vscode.commands.registerCommand("smbLens.openSection", openSection);
}
