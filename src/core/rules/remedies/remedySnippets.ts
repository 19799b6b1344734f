import type { Language } from "../../spec/language.ts";
import type { RemedyId } from "../remedyId.ts";
import { captureCommands, captureOnceCommands, captureWithoutLossCommands } from "./captureCommands.ts";
import { disableGuest } from "./disableGuest.ts";
import { disableSmb1 } from "./disableSmb1.ts";
import { enableEncryption } from "./enableEncryption.ts";
import { openSmbPort } from "./openSmbPort.ts";
import { raiseDialect } from "./raiseDialect.ts";
import { requireSigning } from "./requireSigning.ts";
import { secureNegotiateWorkaround } from "./secureNegotiateWorkaround.ts";
import { PLATFORM_LABELS, PLATFORM_TABS, type Snippet, type SnippetSource } from "./snippet.ts";

const SOURCES: Readonly<Partial<Record<RemedyId, readonly SnippetSource[]>>> = {
  "require-signing": requireSigning,
  "raise-dialect": raiseDialect,
  "disable-smb1": disableSmb1,
  "disable-guest": disableGuest,
  "enable-encryption": enableEncryption,
  "capture-both-sides": captureCommands,
  "find-lost-packets": captureCommands,
  "capture-from-start": captureCommands,
  "capture-once": captureOnceCommands,
  "capture-without-loss": captureWithoutLossCommands,
  "open-smb-port": openSmbPort,
  "capture-whole-frames": captureCommands,
  "workaround-require-secure-negotiate": secureNegotiateWorkaround,
};

/** Commands and settings of a remedy, one a platform; none where it is not done on a computer. */
export function snippets(id: RemedyId, language: Language): readonly Snippet[] {
  return (SOURCES[id] ?? []).map((source) => inLanguage(source, language));
}

function inLanguage(source: SnippetSource, language: Language): Snippet {
  return {
    platform: source.platform,
    label: (source.label ?? PLATFORM_LABELS[source.platform])[language],
    tab: PLATFORM_TABS[source.platform][language],
    language: source.language,
    code: typeof source.code === "string" ? source.code : source.code[language],
    effect: source.effect[language],
    undo: source.undo[language],
    check: source.check[language],
  };
}
