import type { Language } from "../spec/language.ts";

/** What a report is about and in which language it speaks. */
export interface ReportSubject {
  /** The capture's name or path, as the reader knows it. */
  readonly name: string;
  readonly language: Language;
}
