import { afterAll, expect, test } from "vitest";
import { damagedCaptureOf, emptyState, keptMessages, loadingProgress } from "./captureData.ts";
import { closeBrowser, openPage, type PageOptions } from "./openPage.ts";

afterAll(closeBrowser);

const THEMES = ["dark", "light", "hc"] as const;
const LANGUAGES = ["en", "ja"] as const;
const WIDTHS = [1280, 1100, 1000, 800, 480] as const;

const VIEWS: Readonly<Record<string, (language: "en" | "ja") => PageOptions>> = {
  overview: () => ({}),
  comparison: () => ({ kept: { view: "comparison", connection: 1, chip: "all", filter: "", differencesOnly: false } }),
  messages: () => ({ kept: keptMessages }),
  damaged: (language) => ({ capture: damagedCaptureOf(language) }),
  empty: (language) => ({ state: emptyState(language) }),
  loading: (language) => ({ progress: loadingProgress(language) }),
};

test.each(Object.keys(VIEWS))(
  "%s is drawn without a trouble, and nothing scrolls sideways, in every theme, language and width",
  async (view) => {
    for (const theme of THEMES) {
      for (const language of LANGUAGES) {
        const opened = await openPage({ theme, language, ...VIEWS[view]?.(language) });
        if (view !== "empty" && view !== "loading") await opened.page.getByRole("heading", { level: 1 }).waitFor();
        for (const width of WIDTHS) {
          await opened.page.setViewportSize({ width, height: width === 480 ? 1565 : 865 });
          const wider = await opened.page.evaluate(() => {
            const boxes = [document.documentElement, ...document.querySelectorAll("main")];
            return boxes.some((box) => box.scrollWidth > box.clientWidth);
          });
          expect(wider, `${view} ${theme} ${language} ${width} scrolls sideways`).toBe(false);
          await opened.screenshot(`${view}-${theme}-${language}-${width}`);
        }
        expect(opened.troubles).toEqual([]);
        await opened.close();
      }
    }
  },
);
