import type { Language } from "../spec/language.ts";
import { ntStatusMeaning } from "../spec/ntStatus.ts";

/** What an NTSTATUS means in answer to one kind of request, and what to do then. */
export interface StatusAdvice {
  /** Whole sentences; absent: what the status means anywhere is all there is to say. */
  readonly why?: string;
  /** One sentence each, in order. */
  readonly todo: readonly string[];
}

type InBothLanguages = Readonly<Record<Language, StatusAdvice>>;

/** Advice by NTSTATUS. */
export type StatusAdvices = ReadonlyMap<number, InBothLanguages>;

/** Makes the table of one kind of request. */
export function statusAdvices(entries: readonly (readonly [status: number, advice: InBothLanguages])[]): StatusAdvices {
  return new Map(entries);
}

/** Why the server answers so: from the table, else what the status means anywhere, else `otherwise`. */
export function whyStatus(advices: StatusAdvices, status: number, language: Language, otherwise: string): string {
  return advices.get(status)?.[language].why ?? ntStatusMeaning(status, language) ?? otherwise;
}

/** What to do against it: from the table, else `otherwise`. */
export function todoAgainst(advices: StatusAdvices, status: number, language: Language, otherwise: readonly string[]): readonly string[] {
  return advices.get(status)?.[language].todo ?? otherwise;
}
