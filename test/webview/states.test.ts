import { afterAll, afterEach, expect, test } from "vitest";
import { captureOf, damagedCaptureOf, emptyState, loadingProgress } from "./captureData.ts";
import { closeBrowser, type OpenPage, openPage, type PageOptions } from "./openPage.ts";

let opened: OpenPage;

async function open(options: PageOptions = {}): Promise<OpenPage> {
  opened = await openPage(options);
  return opened;
}

afterEach(async () => {
  expect(opened.troubles).toEqual([]);
  await opened.close();
});
afterAll(closeBrowser);

const spoken = () => opened.page.locator(".lens > [role=status]").textContent();

test("says ready with what an earlier page kept, and goes on there", async () => {
  const kept = { view: "comparison", connection: 3, chip: "warnings", filter: "CORP", differencesOnly: true } as const;
  const { page, host } = await open({ kept });
  expect(host.heard[0]).toEqual({ type: "ready", state: kept });
  await page.getByRole("tab", { name: "Comparison", selected: true }).waitFor();
  expect(host.all("rows")).toContainEqual(expect.objectContaining({ chip: "warnings", filter: "CORP" }));
  await expect.poll(() => host.all("overview").at(-1)?.connection).toBe(3);
});

test("while loading: figures as text, what was found, and the way to stop", async () => {
  const { page, host } = await open({ progress: loadingProgress("en") });
  const bar = page.getByRole("progressbar", { name: "Analysing" });
  expect(await bar.getAttribute("aria-valuenow")).toBe("46");
  await page.getByText("46%, 1.1 of 2.4 GB, 65 MB/s. About 20 seconds left.").waitFor();
  expect(await page.locator(".found li").last().innerText()).toMatch(/Not over yet\s+192\.0\.2\.45:61010/);
  await page.getByRole("button", { name: "Stop and show what was read" }).click();
  expect(host.all("stop").length).toBe(1);
});

test("a connection found while loading can be chosen, and opens once the capture is read", async () => {
  const { page, host, post } = await open({ progress: loadingProgress("en") });
  await page.getByRole("link", { name: "192.0.2.31:49733" }).click();
  await page.getByText("Opens as soon as the capture is read.").waitFor();
  await post({ type: "capture", capture: captureOf("en") });
  await page.getByRole("row", { name: /192\.0\.2\.31:49733/, selected: true }).waitFor();
  expect(host.all("overview").at(-1)?.connection).toBe(2);
});

test("the live region counts the failed connections, at most every five seconds", async () => {
  const { post } = await open({ progress: loadingProgress("en", 1) });
  await expect.poll(spoken).toBe("1 failed connection found");
  await post({ type: "progress", progress: loadingProgress("en", 2) });
  await post({ type: "progress", progress: loadingProgress("en", 3) });
  expect(await spoken()).toBe("1 failed connection found");
  await expect.poll(spoken, { timeout: 7000 }).toBe("3 failed connections found");
});

test("a capture without SMB says what was read before it advises", async () => {
  const { page, host } = await open({ state: emptyState("en") });
  expect(await page.getByRole("heading").allTextContents()).toEqual(["No SMB in this capture.", "What was read", "If you expected SMB"]);
  expect(await page.locator("vscode-button[appearance=primary]").count()).toBe(1);
  await page.getByRole("button", { name: "Open another capture" }).click();
  await page.getByRole("button", { name: "SMB uses another port" }).click();
  await page.getByRole("button", { name: "Copy" }).click();
  expect(host.all("action").map((message) => message.action)).toEqual(["open-another", "other-port"]);
  expect(host.all("copy")[0]?.text).toMatch(/^pktmon start --capture --pkt-size 0/);
  expect(await page.getByRole("tablist").count()).toBe(0);
});

test("a damaged capture says where, what that means, and leads to the log", async () => {
  const { page, host } = await open({ capture: damagedCaptureOf("en") });
  const banner = page.getByRole("status").filter({ hasText: "This file is damaged at byte 3,188: shown up to frame 16." });
  await banner.getByRole("link", { name: "Show details" }).click();
  expect(host.all("action")).toEqual([{ type: "action", action: "show-log" }]);
  await page.getByRole("article", { name: /NEGOTIATE response was changed/ }).waitFor();
});

test("F8 is VS Code's to hear, and leads to the next finding in every view", async () => {
  const { page, host } = await open();
  await page.getByRole("row", { selected: true }).waitFor();
  await page.keyboard.press("F8");
  await page.getByRole("row", { name: /192\.0\.2\.31:49733/, selected: true }).waitFor();
  await page.keyboard.press("Shift+F8");
  await page.getByRole("row", { name: /192\.0\.2\.10:55222/, selected: true }).waitFor();
  await page.keyboard.press("Shift+F8");
  await page.getByRole("row", { name: /192\.0\.2\.77:1046/, selected: true }).waitFor();
  expect(host.all("next-finding").map(({ connection, by }) => [connection, by])).toEqual([
    [1, 1],
    [2, -1],
    [1, -1],
  ]);
  expect(host.all("selected")).toEqual([]);
});

test("F8 pressed fast goes as many findings on as it was pressed", async () => {
  const { page, host } = await open();
  await page.getByRole("row", { selected: true }).waitFor();
  await page.evaluate(() => {
    for (const by of [1, 1, 1, -1]) window.postMessage({ type: "step", by }, "*");
  });
  await expect
    .poll(() => host.all("next-finding").map(({ connection, by }) => [connection, by]))
    .toEqual([
      [1, 1],
      [2, 1],
    ]);
  await page.getByRole("row", { name: /192\.0\.2\.44:61004/, selected: true }).waitFor();
});

test("Alt+1 and Alt+2 switch the view and do not reach VS Code, which would switch editors", async () => {
  const { page, keysForVsCode } = await open();
  await page.keyboard.press("Alt+2");
  await page.getByRole("tab", { name: /^Comparison/, selected: true }).waitFor();
  await page.getByRole("tabpanel", { name: /^Comparison/ }).waitFor();
  await page.keyboard.press("Alt+1");
  await page.getByRole("tab", { name: "Overview", selected: true }).waitFor();
  expect((await keysForVsCode()).filter((key) => key !== "Alt")).toEqual([]);
});

test("the tabs are one stop of the Tab key, and arrows switch them", async () => {
  const { page } = await open();
  await page.getByRole("tab", { name: "Overview" }).focus();
  await page.keyboard.press("ArrowRight");
  const comparison = page.getByRole("tab", { name: /^Comparison/, selected: true });
  await comparison.waitFor();
  expect(await comparison.evaluate((tab) => tab === document.activeElement)).toBe(true);
  expect(await page.getByRole("tablist", { name: "Views of this capture" }).locator("[tabindex='0']").count()).toBe(1);
});

test("nothing moves for those who want less motion", async () => {
  const { page } = await open({ progress: loadingProgress("en"), reducedMotion: true });
  expect(await page.locator(".progress i").evaluate((bar) => getComputedStyle(bar).transitionDuration)).toBe("0s");
});

const GROWN = {
  bold: "The file has grown by 44 KB.",
  text: "What came since it was read is not shown yet.",
  action: { action: "retry", label: "Read on" },
} as const;

test("a file that grew is read on by a button that the keyboard reaches; view and connection stay", async () => {
  const { page, host, post } = await open();
  await page.getByRole("row", { name: /192\.0\.2\.31:49733/ }).click();
  await page.keyboard.press("Alt+2");
  await post({ type: "file", banner: GROWN });
  const notice = page.getByRole("status").filter({ hasText: "The file has grown by 44 KB." });
  await notice.waitFor();
  await page.getByRole("tab", { name: /^Comparison/ }).focus();
  // The choice of the connection stands between.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(host.all("action")).toEqual([{ type: "action", action: "retry" }]);
  await post({ type: "file", banner: null });
  await post({ type: "progress", progress: loadingProgress("en") });
  await page.getByRole("progressbar", { name: "Analysing" }).waitFor();
  await page.getByRole("tab", { name: /^Comparison/, selected: true }).waitFor();
  await page.getByRole("button", { name: "Stop and show what was read" }).click();
  expect(host.all("stop").length).toBe(1);
  await post({ type: "capture", capture: captureOf("en") });
  await page.getByRole("progressbar").waitFor({ state: "hidden" });
  await page.getByRole("tab", { name: /^Comparison/, selected: true }).waitFor();
  await expect.poll(() => host.all("overview").at(-1)?.connection).toBe(2);
  expect(await notice.count()).toBe(0);
});

test("a file that was replaced by one with fewer connections shows the first of them", async () => {
  const { host, post, page } = await open({ kept: { view: "overview", connection: 7, chip: "all", filter: "", differencesOnly: false } });
  await expect.poll(() => host.all("overview").at(-1)?.connection).toBe(7);
  await post({ type: "capture", capture: captureOf("en", 2) });
  await expect.poll(() => host.all("overview").at(-1)?.connection).toBe(1);
  await page.getByRole("row", { selected: true }).waitFor();
});

test("a capture without SMB can be read on too", async () => {
  const { page, host, post } = await open({ state: emptyState("en") });
  await post({ type: "file", banner: GROWN });
  await page.getByRole("button", { name: "Read on" }).click();
  expect(host.all("action").map(({ action }) => action)).toEqual(["retry"]);
});
