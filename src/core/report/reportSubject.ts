import type { Language } from "../spec/language.ts";

/** What a report is about and in which language it speaks. */
export interface ReportSubject {
  /** The capture's name or path, as the reader knows it. */
  readonly name: string;
  readonly language: Language;
  /** Where the settings of the rules are written, as the reader knows it: the path of a file, the name of a setting. */
  readonly settings?: string;
}
