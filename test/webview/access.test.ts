import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, expect, test } from "vitest";
import { damagedCaptureOf, emptyState, keptMessages, loadingProgress } from "./captureData.ts";
import { closeBrowser, openPage, type PageOptions } from "./openPage.ts";

afterAll(closeBrowser);

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// Whether links are underlined is the user's choice in VS Code, which hands it to the page as a token.
const OPTIONS = { rules: { "link-in-text-block": { enabled: false } } };

interface Axe {
  run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

const comparison: PageOptions = { kept: { view: "comparison", connection: 1, chip: "all", filter: "", differencesOnly: false } };

const messages: PageOptions = { kept: keptMessages };

test.each<readonly [string, PageOptions]>([
  ["overview", {}],
  ["overview in Japanese, light", { language: "ja", theme: "light" }],
  ["overview in high contrast", { theme: "hc" }],
  ["narrow overview", { width: 480, height: 1565 }],
  ["damaged", { capture: damagedCaptureOf("en") }],
  ["comparison", comparison],
  ["comparison, light", { ...comparison, theme: "light" }],
  ["narrow comparison in high contrast", { ...comparison, theme: "hc", width: 480 }],
  ["messages", messages],
  ["messages in Japanese, light", { ...messages, language: "ja", theme: "light" }],
  ["narrow messages in high contrast", { ...messages, theme: "hc", width: 480, height: 1565 }],
  ["loading", { progress: loadingProgress("en") }],
  ["empty, light", { state: emptyState("en"), theme: "light" }],
])("%s breaks no rule of axe", async (_, options) => {
  const { page, troubles, close } = await openPage(options);
  await page.waitForLoadState("networkidle");
  if (options.kept?.view === "messages") await page.getByRole("treeitem").first().waitFor();
  await page.evaluate(axe);
  const violations = await page.evaluate(async (rules) => {
    const { violations: found } = await (Reflect.get(window, "axe") as Axe).run(rules);
    return found.map((violation) => ({ id: violation.id, nodes: violation.nodes.map((node) => `${node.html}\n${node.failureSummary}`) }));
  }, OPTIONS);
  expect(violations).toEqual([]);
  expect(troubles).toEqual([]);
  await close();
});
