import type { WebviewStrings } from "../protocol/messages.ts";
import { webviewTexts } from "../protocol/webviewStrings.ts";
import { displayLanguage } from "./displayLanguage.ts";

/** The fixed texts of the page in the user's language. */
export function webviewStrings(): WebviewStrings {
  return webviewTexts[displayLanguage()];
}
