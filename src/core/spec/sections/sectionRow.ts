/** Title of a section, and the id of its page on Microsoft Learn where the page is known. */
export type SectionRow = readonly [title: string, page?: string];
