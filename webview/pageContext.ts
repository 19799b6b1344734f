import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageModel, PageState } from "./pageModel.ts";

/** The model of the page with the state that is being drawn. */
export interface Page {
  readonly model: PageModel;
  readonly state: PageState;
}

export const PageContext = createContext<Page | null>(null);

/** For parts of the page; they are drawn inside of the {@link PageContext} only. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error("A part of the page is drawn outside of it.");
  return page;
}
