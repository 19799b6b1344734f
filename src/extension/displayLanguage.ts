import * as vscode from "vscode";
import type { Language } from "../core/index.ts";

/** The language of every text that core makes: that of VS Code's own words where we speak it, else English. */
export function displayLanguage(): Language {
  return /^ja\b/i.test(vscode.env.language) ? "ja" : "en";
}
