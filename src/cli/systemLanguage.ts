import type { Language } from "../core/index.ts";

/** The language that the system asks for, by the order of precedence of POSIX; English where it is not Japanese. */
export function systemLanguage(environment: NodeJS.ProcessEnv): Language {
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return /^ja(?![a-z])/i.test(locale) ? "ja" : "en";
}
