import type { Language } from "../spec/language.ts";
import { snippets } from "./remedies/remedySnippets.ts";
import { remedyTexts } from "./remedies/remedyTexts.ts";
import type { Snippet } from "./remedies/snippet.ts";
import type { RemedyId } from "./remedyId.ts";

export { snippets } from "./remedies/remedySnippets.ts";
export type { PlatformId, Snippet } from "./remedies/snippet.ts";
export type { RemedyId } from "./remedyId.ts";

/** `safe` strengthens, or only finds out; `workaround` weakens security and comes last everywhere. */
export type RemedyKind = "safe" | "workaround";

/** A remedy in one language. Nothing of it is ever run: it is read and copied. */
export interface Remedy {
  readonly id: RemedyId;
  readonly kind: RemedyKind;
  readonly title: string;
  readonly text: string;
  readonly snippets: readonly Snippet[];
}

const WORKAROUND: RemedyId = "workaround-require-secure-negotiate";

/** Every remedy, the workaround last. */
export const REMEDIES: readonly { readonly id: RemedyId; readonly kind: RemedyKind }[] = (Object.keys(remedyTexts) as RemedyId[]).map(
  (id) => ({ id, kind: id === WORKAROUND ? "workaround" : "safe" }),
);

/** Whether a text is the id of a remedy. */
export function isRemedyId(text: string): text is RemedyId {
  return Object.hasOwn(remedyTexts, text);
}

/** The remedy with its texts and commands. */
export function remedyText(id: RemedyId, language: Language): Remedy {
  const { title, text } = remedyTexts[id][language];
  return { id, kind: id === WORKAROUND ? "workaround" : "safe", title, text, snippets: snippets(id, language) };
}
