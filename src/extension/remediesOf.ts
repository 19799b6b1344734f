import { isRemedyId, type Remedy, remedyText } from "../core/index.ts";
import { displayLanguage } from "./displayLanguage.ts";

/** Remedies by their ids, in the user's language; ids that are not known are left out. */
export function remediesOf(ids: readonly string[]): readonly Remedy[] {
  return ids.flatMap((id) => remedyOf(id) ?? []);
}

/** The remedy that an argument of a command names; undefined where it names none. */
export function remedyOf(id: unknown): Remedy | undefined {
  return typeof id === "string" && isRemedyId(id) ? remedyText(id, displayLanguage()) : undefined;
}
