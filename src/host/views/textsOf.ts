import type { Language } from "../../core/index.ts";
import { textsEn } from "./texts.en.ts";
import { textsJa } from "./texts.ja.ts";
import type { HostTexts } from "./texts.ts";

const tables: Readonly<Record<Language, HostTexts>> = { en: textsEn, ja: textsJa };

/** The texts of the views in one language. */
export function textsOf(language: Language): HostTexts {
  return tables[language];
}
