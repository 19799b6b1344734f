import type { Language } from "../spec/language.ts";

/** `A`, `A and B`, `A, B and C`; in Japanese with commas alone. */
export function enumeration(parts: readonly string[], language: Language): string {
  if (language === "ja") return parts.join("、");
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
