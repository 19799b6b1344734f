import { vsCodeButton } from "@vscode/webview-ui-toolkit/dist/button/index.js";
import { vsCodeCheckbox } from "@vscode/webview-ui-toolkit/dist/checkbox/index.js";
import { vsCodeDropdown } from "@vscode/webview-ui-toolkit/dist/dropdown/index.js";
import { vsCodeOption } from "@vscode/webview-ui-toolkit/dist/option/index.js";
import { vsCodeTextField } from "@vscode/webview-ui-toolkit/dist/text-field/index.js";
import { provideVSCodeDesignSystem } from "@vscode/webview-ui-toolkit/dist/vscode-design-system.js";

/** Registers the elements of the toolkit that the page uses; once, before anything is drawn. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());
}
