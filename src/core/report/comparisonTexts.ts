import type { CaptureSide, ClientSide, ClockOffset, OneSided, PairMark } from "../compare/captureComparison.ts";
import type { Language } from "../spec/language.ts";
import { comparisonTextsEn } from "./comparisonTexts.en.ts";
import { comparisonTextsJa } from "./comparisonTexts.ja.ts";

/** What the text report of a comparison says, in one language. A and B are the two captures in the order in which they were given. */
export interface ComparisonTexts {
  readonly language: Language;
  readonly capture: (side: CaptureSide, isClientSide: boolean) => string;
  /** The verdict: connections in both captures, and those of them that were changed. */
  readonly verdict: (pairs: number, changed: number) => string;
  readonly noPairs: string;
  readonly clock: (offset: ClockOffset) => string;
  readonly noClock: string;
  readonly clientSide: (side: ClientSide) => string;
  readonly pair: (a: number, b: number) => string;
  readonly matchedBy: (marks: readonly PairMark[]) => string;
  readonly unchanged: (messages: number) => string;
  /** A message that was changed on its way from one capture's place to the other's. */
  readonly changedBetween: (from: CaptureSide, to: CaptureSide) => string;
  readonly changedOnly: string;
  readonly sent: (side: CaptureSide) => string;
  readonly arrived: (side: CaptureSide) => string;
  readonly absent: string;
  readonly bytes: string;
  readonly cut: (side: CaptureSide | "both") => string;
  readonly onlyIn: (side: CaptureSide) => string;
  /** @param arrived it stands in the capture of the side that it went to */
  readonly oneSided: (thing: OneSided, other: CaptureSide, arrived: boolean) => string;
  /** A wire name as {@link CaptureComparison} gives it, with its part of the exchange in the reader's words. */
  readonly message: (name: string) => string;
  readonly direction: (fromClient: boolean) => string;
  readonly equalPairs: (count: number) => string;
  readonly unpaired: (side: CaptureSide, ids: readonly number[], count: number) => string;
  readonly omitted: (count: number) => string;
  readonly more: (count: number) => string;
  readonly meaning: (client: CaptureSide) => string;
  readonly todo: readonly string[];
  readonly labels: { readonly so: string; readonly todo: string };
}

const TEXTS: Readonly<Record<Language, ComparisonTexts>> = { en: comparisonTextsEn, ja: comparisonTextsJa };

export function comparisonTexts(language: Language): ComparisonTexts {
  return TEXTS[language];
}
