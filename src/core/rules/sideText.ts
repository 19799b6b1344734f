import type { Side } from "../model/connectionFacts.ts";
import type { Language } from "../spec/language.ts";

const names: Readonly<Record<Language, Readonly<Record<Side, string>>>> = {
  en: { client: "client", server: "server" },
  ja: { client: "クライアント", server: "サーバー" },
};

/** An end of the connection inside a sentence. */
export function sideText(side: Side, language: Language): string {
  return names[language][side];
}
