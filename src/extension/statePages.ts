import * as vscode from "vscode";
import type { StateView } from "../protocol/views.ts";

/** The page for a capture that could not be read at all. */
export function unreadableState(reason: string): StateView {
  return {
    title: vscode.l10n.t("This capture could not be read."),
    text: reason,
    sections: [],
    buttons: [
      { action: "retry", label: vscode.l10n.t("Read again"), primary: true },
      { action: "show-log", label: vscode.l10n.t("Show log"), primary: false },
      { action: "open-another", label: vscode.l10n.t("Open another capture"), primary: false },
    ],
  };
}

/** The page for a capture that only VS Code can read and that is too large for that. */
export function tooLargeState(reason: string): StateView {
  return {
    title: vscode.l10n.t("This capture is too large to be read where it is."),
    text: reason,
    sections: [],
    buttons: [
      { action: "open-another", label: vscode.l10n.t("Open another capture"), primary: true },
      { action: "retry", label: vscode.l10n.t("Read again"), primary: false },
    ],
  };
}

/** The page for an analysis that ended by a fault of our own. */
export function crashedState(reason: string): StateView {
  return {
    title: vscode.l10n.t("The analysis ended unexpectedly."),
    text: vscode.l10n.t("The capture itself was not changed. The log says what happened: {0}", reason),
    sections: [],
    buttons: [
      { action: "retry", label: vscode.l10n.t("Read again"), primary: true },
      { action: "show-log", label: vscode.l10n.t("Show log"), primary: false },
    ],
  };
}
