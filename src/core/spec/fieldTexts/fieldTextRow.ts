import type { SectionId } from "../sections.ts";

/** One explanation, with its languages side by side so that they are changed together. */
export interface FieldTextRow {
  /** Name of the field, flag or value; wire names are the same in every language. */
  readonly title: string;
  /** Japanese title where the title is not a mere wire name. */
  readonly titleJa?: string;
  readonly sections: readonly SectionId[];
  readonly en: string;
  readonly ja: string;
}
