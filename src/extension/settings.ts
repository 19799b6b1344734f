import * as vscode from "vscode";
import { RULE_LEVELS, type RuleLevel, type RuleSettings, ruleById } from "../core/index.ts";

const SECTION = "smbLens";
/** Name of the setting of the rules, as the user sees it. */
export const RULES_SETTING = `${SECTION}.rules`;

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

/** Whether a change of settings changes how the rules of a capture are reported. */
export function changesRules(change: vscode.ConfigurationChangeEvent, scope: vscode.Uri): boolean {
  return change.affectsConfiguration(RULES_SETTING, scope);
}

/** Levels of the rules by id; rules and levels that are not known are left out. */
export function ruleLevels(scope: vscode.Uri): RuleSettings {
  const written = vscode.workspace.getConfiguration(SECTION, scope).get<unknown>("rules");
  if (typeof written !== "object" || written === null) return {};
  return Object.fromEntries(Object.entries(written).filter((entry): entry is [string, RuleLevel] => isLevelOfRule(...entry)));
}

/** Turns a rule off in the user's settings. */
export async function turnOffEverywhere(rule: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const known = configuration.inspect<Readonly<Record<string, unknown>>>("rules")?.globalValue ?? {};
  await configuration.update("rules", { ...known, [rule]: "off" }, vscode.ConfigurationTarget.Global);
}

function isLevelOfRule(rule: string, level: unknown): boolean {
  return ruleById(rule) !== undefined && RULE_LEVELS.some((known) => known === level);
}

export function isPort(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65_535;
}
