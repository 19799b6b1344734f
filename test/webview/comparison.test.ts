import { afterAll, afterEach, expect, test } from "vitest";
import { failedComparison } from "./captureData.ts";
import { closeBrowser, type OpenPage, openPage, type PageOptions } from "./openPage.ts";

let opened: OpenPage;

async function open(options: PageOptions = {}): Promise<OpenPage> {
  opened = await openPage({ kept: { view: "comparison", connection: 1, chip: "all", filter: "", differencesOnly: false }, ...options });
  await opened.page.getByRole("treegrid").waitFor();
  return opened;
}

afterEach(async () => {
  expect(opened.troubles).toEqual([]);
  await opened.close();
});
afterAll(closeBrowser);

const bodyRows = () => opened.page.locator("tbody tr");
const focusedText = () => opened.page.evaluate(() => document.activeElement?.querySelector("td")?.textContent ?? "");

test("is a tree of directions, fields and bits, in which what differs is open and named so", async () => {
  const { page } = await open();
  const tree = page.getByRole("treegrid", { name: "NEGOTIATE against VALIDATE_NEGOTIATE_INFO" });
  expect(await bodyRows().evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-level")))).toEqual([
    "1",
    "2",
    "2",
    "2",
    "2",
    "1",
    "2",
    "3",
    "3",
    "3",
    "3",
    "3",
    "3",
    "3",
    "2",
    "2",
    "2",
  ]);
  const differing = tree.getByRole("row", { name: /^differs/ });
  expect(await differing.evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")))).toEqual([
    "differs Capabilities 0x0000004E ≠ 0x0000004F Changed on the way to the client",
    "differs SMB2_GLOBAL_CAP_DFS 0 not set ≠ 1 set The client asks for no referrals: paths in a DFS namespace do not resolve.",
  ]);
  expect(await differing.first().getAttribute("aria-expanded")).toBe("true");
  expect(await differing.first().getByRole("img", { name: "differs" }).count()).toBe(1);
});

test("the tab says how many values differ", async () => {
  const { page } = await open();
  await page.getByRole("tab", { name: "Comparison 1 value differs", selected: true }).waitFor();
});

test("arrows move, open, close and go to the parent", async () => {
  const { page } = await open();
  await bodyRows().first().focus();
  await page.keyboard.press("ArrowDown");
  expect(await focusedText()).toBe("Capabilities");
  await page.keyboard.press("ArrowRight");
  expect(await bodyRows().count()).toBe(24);
  await page.keyboard.press("ArrowRight");
  expect(await focusedText()).toBe("SMB2_GLOBAL_CAP_DFS");
  await page.keyboard.press("ArrowLeft");
  expect(await focusedText()).toBe("Capabilities");
  await page.keyboard.press("ArrowLeft");
  expect(await bodyRows().count()).toBe(17);
  await page.keyboard.press("ArrowLeft");
  expect(await focusedText()).toContain("Client to server");
  await page.keyboard.press("End");
  expect(await focusedText()).toBe("Dialect");
  expect(await page.locator("tbody tr[tabindex='0']").count()).toBe(1);
});

test("Enter opens the bits of a field and the frame of a direction", async () => {
  const { page, host } = await open();
  await bodyRows().first().focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => host.all("messages").at(-1)?.find).toBe(4);
  await page.keyboard.press("Alt+2");
  await bodyRows().first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await bodyRows().count()).toBe(24);
});

test("a click selects a row, and opens a field", async () => {
  const { page } = await open();
  await page.getByRole("row", { name: /Capabilities 0x0000007F/ }).click();
  expect(await bodyRows().count()).toBe(24);
  expect(await focusedText()).toBe("Capabilities");
});

test("shows differences only on request, and keeps that", async () => {
  const { page } = await open();
  await page.keyboard.press("Control+F");
  await page.keyboard.press("Space");
  await page.getByRole("checkbox", { name: "Differences only", checked: true }).waitFor();
  expect(await bodyRows().count()).toBe(4);
  expect(await page.evaluate(() => Reflect.get(window, "keptState"))).toMatchObject({ view: "comparison", differencesOnly: true });
});

test("frames, sections and the copy lead on", async () => {
  const { page, host } = await open();
  await page.getByRole("link", { name: "Frame 15" }).click();
  await page.keyboard.press("Alt+2");
  await page.getByRole("link", { name: "2.2.32.6" }).click();
  await page.getByRole("link", { name: "[MS-SMB2] 3.2.5.5" }).click();
  await page.getByRole("link", { name: "Copy as Markdown" }).click();
  expect(host.all("messages").map(({ find }) => find)).toEqual([15]);
  expect(host.all("open-section").map((message) => message.section)).toEqual(["MS-SMB2 2.2.32.6", "MS-SMB2 3.2.5.5"]);
  expect(host.all("copy").map((message) => message.text)).toEqual([failedComparison("en").markdown]);
});

test("marks the message whose frame the text trace points at", async () => {
  const { page, post } = await open();
  await post({ type: "reveal", connection: 1, view: "comparison", frame: 14 });
  await page.locator("td.revealed", { hasText: "Frame 14" }).waitFor();
});

test("a row is copied with its mark", async () => {
  const { page, host } = await open();
  await page.getByRole("row", { name: /^differs SMB2_GLOBAL_CAP_DFS/ }).focus();
  await page.keyboard.press("Control+C");
  await expect.poll(() => host.all("copy").length).toBe(1);
  expect(host.all("copy")[0]?.text).toMatch(/^SMB2_GLOBAL_CAP_DFS\t0 not set\t≠\t1 set\t/);
});

test("Escape goes back to the list", async () => {
  const { page } = await open();
  await bodyRows().first().focus();
  await page.keyboard.press("Escape");
  await page.getByRole("grid", { name: "Connections" }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"))).toBe("2");
});

test("several validations of a connection get a switch; the first answer is the host's choice", async () => {
  const comparison = {
    ...failedComparison("en"),
    exchanges: [
      { index: 0, label: "Validation 1" },
      { index: 1, label: "Validation 2" },
    ],
    exchange: 1,
  };
  const { page, host } = await open({ comparison });
  expect(host.all("comparison").at(-1)).toMatchObject({ connection: 1, best: true });
  await page.getByRole("tab", { name: "Validation 2", selected: true }).waitFor();
  await page.getByRole("tab", { name: "Validation 1" }).click();
  await expect.poll(() => host.all("comparison").at(-1)).toMatchObject({ connection: 1, exchange: 0 });
  expect(host.all("comparison").at(-1)?.best).toBeUndefined();
});

test("a narrow page keeps the meaning only where something differs, and leaves the prefix out", async () => {
  const { page } = await open({ width: 800 });
  expect(await page.getByText("Changed on the way to the client").isVisible()).toBe(true);
  expect(await page.getByText("Clients may cache files").isVisible()).toBe(false);
  expect(await page.locator(".prefix").first().isVisible()).toBe(false);
});
