import * as vscode from "vscode";
import type { BannerView } from "../protocol/views.ts";
import type { FileChange } from "./captureFile.ts";

/** What the page says of a file that is not any more what was read, and what to do about it. */
export function fileBanner(change: FileChange | undefined): BannerView | null {
  switch (change?.kind) {
    case undefined:
      return null;
    case "grown":
      return {
        bold: vscode.l10n.t("The file has grown by {0}.", amount(change.bytes)),
        text: vscode.l10n.t("What came since it was read is not shown yet."),
        action: { action: "retry", label: vscode.l10n.t("Read on") },
      };
    case "replaced":
      return {
        bold: vscode.l10n.t("The file was changed after it was read."),
        text: vscode.l10n.t("What is shown is what it held before, and what is not on screen yet may not open any more."),
        action: { action: "retry", label: vscode.l10n.t("Read again") },
      };
    case "gone":
      return {
        bold: vscode.l10n.t("The file is gone: it was deleted, moved or renamed."),
        text: vscode.l10n.t("What was read stays here until this editor is closed. Open the file where it is now, or put it back."),
        action: { action: "open-another", label: vscode.l10n.t("Open another capture") },
      };
  }
}

/** `812 bytes`, `44 KB`, `1.3 MB`; decimal units, as the page has them. */
function amount(bytes: number): string {
  const format = (value: number, digits: number) =>
    value.toLocaleString(vscode.env.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (bytes < 1000) return vscode.l10n.t("{0} bytes", format(bytes, 0));
  if (bytes < 1_000_000) return `${format(bytes / 1000, 0)} KB`;
  return `${format(bytes / 1_000_000, 1)} MB`;
}
