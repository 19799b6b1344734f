import * as vscode from "vscode";

const SECTION = "smbLens";

/** TCP ports that carry SMB beside 445 and 139; values that are no port numbers are left out. */
export function smbPorts(scope: vscode.Uri): readonly number[] {
  const ports = vscode.workspace.getConfiguration(SECTION, scope).get<unknown>("ports");
  return Array.isArray(ports) ? ports.filter(isPort) : [];
}

export async function addSmbPort(scope: vscode.Uri, port: number): Promise<void> {
  const ports = new Set([...smbPorts(scope), port]);
  await vscode.workspace.getConfiguration(SECTION, scope).update("ports", [...ports], vscode.ConfigurationTarget.Global);
}

/** Whether a change of settings changes what an analysis of the capture gives. */
export function changesAnalysis(change: vscode.ConfigurationChangeEvent, scope: vscode.Uri): boolean {
  return change.affectsConfiguration(`${SECTION}.ports`, scope);
}

export function isPort(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65_535;
}
