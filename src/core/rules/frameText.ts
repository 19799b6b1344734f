import type { Language } from "../spec/language.ts";
import { enumeration } from "./enumeration.ts";

const SHOWN = 6;

/** A frame number as texts write it and the text trace links it: `[15]`. */
export function inFrame(frame: number): string {
  return `[${frame}]`;
}

/** Several frames: `[15] and [23]`; of many only the first ones and their number. */
export function inFrames(frames: readonly number[], language: Language): string {
  const shown = frames.slice(0, SHOWN).map(inFrame);
  const more = frames.length - shown.length;
  if (language === "ja") return more > 0 ? `${shown.join("、")} など ${frames.length} 個のフレーム` : shown.join("、");
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return enumeration(shown, language);
}

/** A sentence on where the same was seen again; empty where it was not. */
export function againIn(frames: readonly number[], language: Language): string {
  if (frames.length === 0) return "";
  return language === "ja" ? `${inFrames(frames, language)} でも同じです。` : ` The same was seen again in ${inFrames(frames, language)}.`;
}
