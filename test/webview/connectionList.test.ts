import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { ConnectionRowView } from "../../src/protocol/views.ts";
import { rowsOf } from "./captureData.ts";
import { closeBrowser, type OpenPage, openPage, type PageOptions } from "./openPage.ts";

let opened: OpenPage;

async function open(options: PageOptions = {}): Promise<OpenPage> {
  opened = await openPage(options);
  await opened.page.locator(".rows .row").first().waitFor();
  return opened;
}

afterEach(async () => {
  expect(opened.troubles).toEqual([]);
  await opened.close();
});
afterAll(closeBrowser);

const focusedIndex = () => opened.page.evaluate(() => Number(document.activeElement?.getAttribute("aria-rowindex") ?? Number.NaN) - 2);
const rowsDrawn = () => opened.page.locator(".rows .row").count();

function manyRows(count: number): readonly ConnectionRowView[] {
  const [model] = rowsOf("en");
  if (model === undefined) throw new Error("no row to copy");
  return Array.from({ length: count }, (_, index) => ({
    ...model,
    id: index + 1,
    client: `192.0.2.1:${index}`,
    outcome: index < 3 ? "failed" : "healthy",
  }));
}

describe("the grid", () => {
  test("has a name, columns, a sort order and one selected row", async () => {
    const { page } = await open();
    const grid = page.getByRole("grid", { name: "Connections" });
    expect(await grid.getAttribute("aria-rowcount")).toBe("13");
    expect(await grid.getByRole("columnheader").allTextContents()).toEqual([
      "Severity",
      "Outcome",
      "Client",
      "Server",
      "Dialect",
      "Signing",
      "User",
      "Start (UTC)",
    ]);
    expect(await grid.getByRole("columnheader", { name: "Severity" }).getAttribute("aria-sort")).toBe("descending");
    const selected = grid.getByRole("row", { selected: true });
    expect(await selected.count()).toBe(1);
    expect(await selected.getAttribute("aria-rowindex")).toBe("2");
    await selected.getByRole("img", { name: "Failed" }).waitFor();
  });

  test("moves focus and selection together, and tells the host once it rests", async () => {
    const { page, host } = await open();
    await page.locator(".rows .row").first().focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
    expect(await focusedIndex()).toBe(1);
    await page.getByRole("heading", { level: 1, name: "Guest session: no signing, no validation" }).waitFor();
    expect(host.all("selected").map((message) => message.connection)).toEqual([2, 3, 2]);
    await page.keyboard.press("End");
    expect(await focusedIndex()).toBe(11);
    await page.keyboard.press("Home");
    expect(await focusedIndex()).toBe(0);
    await page.keyboard.press("ArrowUp");
    expect(await focusedIndex()).toBe(0);
    expect(await page.locator(".rows [tabindex='0']").count()).toBe(1);
  });

  test("opens a connection in the comparison by Enter and by a double click", async () => {
    const { page } = await open();
    await page.locator(".rows .row").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("treegrid").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toMatch(/^differs Capabilities 0x0000004E/);
    await page.keyboard.press("Alt+1");
    await page.locator(".rows .row").nth(1).dblclick();
    await page.getByRole("heading", { name: "Nothing to compare on this connection." }).waitFor();
    await page.getByText("SMB 3.1.1 protects NEGOTIATE itself.").waitFor();
  });

  test("copies its row as text and as Markdown", async () => {
    const { page, host } = await open();
    await page.locator(".rows .row").nth(1).click();
    await page.keyboard.press("Control+C");
    await page.keyboard.press("Control+Shift+C");
    await expect.poll(() => host.all("copy").length).toBe(2);
    const [text, markdown] = host.all("copy").map((message) => message.text);
    expect(text).toBe(
      "Warning\tGuest session: no signing, no validation\t192.0.2.31:49733\t203.0.113.8:445\t3.1.1\tNot signed\tguest\t00:20:14.902",
    );
    expect(markdown).toMatch(/^\| Warning \| Guest session: .* \| 00:20:14\.902 \|$/);
    // The first one is for VS Code to hear too: on the desktop it is VS Code that then asks the page to copy.
    expect((await opened.keysForVsCode()).filter((key) => key === "C")).toEqual(["C"]);
  });
});

describe("chips and filter", () => {
  test("a chip shows one kind and is one of a group that arrows move in", async () => {
    const { page, host } = await open();
    const group = page.getByRole("group", { name: "Outcomes shown" });
    await group.getByRole("button", { name: "All 12" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect.poll(rowsDrawn).toBe(4);
    expect(await group.getByRole("button", { name: "Warnings 4", pressed: true }).count()).toBe(1);
    expect(host.all("rows").at(-1)).toMatchObject({ chip: "warnings", filter: "", start: 0, count: 200 });
  });

  test("Ctrl+F reaches the filter, Escape clears it and then goes back to the list", async () => {
    const { page } = await open();
    await page.keyboard.press("Control+F");
    await page.keyboard.type("2001:db8");
    await expect.poll(rowsDrawn).toBe(1);
    await page.keyboard.press("Escape");
    await expect.poll(rowsDrawn).toBe(12);
    expect(await page.locator("#filter").evaluate((field) => Reflect.get(field, "value"))).toBe("");
    await page.keyboard.press("Escape");
    expect(await focusedIndex()).toBe(0);
  });

  test("a filter that matches nothing says so and offers to clear it", async () => {
    const { page } = await open();
    await page.keyboard.press("Control+F");
    await page.keyboard.type("nothing like this");
    await page.getByText("No connection matches.").waitFor();
    await page.getByRole("link", { name: "Clear the filter" }).click();
    await expect.poll(rowsDrawn).toBe(12);
  });
});

describe("a hundred thousand connections", () => {
  test("draws and asks for only what is near the seen part", async () => {
    const { page, host } = await open({ rows: manyRows(100_000) });
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("100001");
    expect(await rowsDrawn()).toBeLessThan(200);
    await page.locator("main").evaluate((main) => main.scrollTo(0, 1_000_000));
    const seen = page.locator(".rows .row", { hasText: "192.0.2.1:41660" });
    await seen.waitFor();
    expect(await rowsDrawn()).toBeLessThan(200);
    const asked = host.all("rows").filter((request) => request.count === 200);
    expect(asked.length).toBeLessThan(8);
    expect(asked.every((request) => request.start % 200 === 0)).toBe(true);
    // The focus is not lost where its row is out of sight.
    expect(await page.locator(".rows [tabindex='0']").count()).toBe(1);
  });

  test("End reaches the last row before it is known, and the page follows once it is", async () => {
    const { page, host } = await open({ rows: manyRows(100_000) });
    await page.locator(".rows .row").first().focus();
    await page.keyboard.press("End");
    await page.getByRole("row", { name: /192\.0\.2\.1:99999/, selected: true }).waitFor();
    expect(await focusedIndex()).toBe(99_999);
    expect(host.all("selected")).toEqual([{ type: "selected", connection: 100_000 }]);
    await page.keyboard.press("PageUp");
    expect(await focusedIndex()).toBeLessThan(99_990);
    expect(await page.locator(".rows .row:focus").isVisible()).toBe(true);
  });

  test("the row of a revealed connection is found, wherever it is", async () => {
    const { page, host, post } = await open({ rows: manyRows(100_000) });
    await post({ type: "reveal", connection: 70_001, view: "overview", frame: null });
    await page.getByRole("row", { name: /192\.0\.2\.1:70000/, selected: true }).waitFor({ state: "attached" });
    expect(host.all("rows").some((request) => request.find === 70_001)).toBe(true);
    expect(host.all("selected")).toEqual([]);
  });

  test("the picker offers the worst ones, the shown one, and the way to the list", async () => {
    const { page, post } = await open({ rows: manyRows(100_000) });
    await post({ type: "reveal", connection: 70_001, view: "comparison", frame: null });
    const picker = page.getByRole("combobox", { name: /Connection shown/ });
    await expect.poll(() => page.getByRole("option", { includeHidden: true }).count()).toBe(52);
    await picker.click();
    await page.getByRole("option", { name: "99,950 more in the list below" }).click();
    await page.getByRole("grid", { name: "Connections" }).waitFor();
  });
});

test("the picker sets the connection that every view shows", async () => {
  const { page, host } = await open();
  const picker = page.getByRole("combobox", { name: "Connection shown: 192.0.2.10:55222 → 198.51.100.20:445" });
  await picker.click();
  await page.getByRole("option", { name: /192\.0\.2\.44:61004/ }).click();
  await page.getByRole("heading", { level: 1, name: "Neither side requires signing" }).waitFor();
  await page.getByRole("row", { name: /192\.0\.2\.44:61004/, selected: true }).waitFor();
  expect(host.all("selected")).toEqual([{ type: "selected", connection: 3 }]);
  await page.getByRole("combobox", { name: /Connection shown: 192\.0\.2\.44:61004/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("row", { name: /192\.0\.2\.52:50417/, selected: true }).waitFor();
});

test("a narrow page has rows of two lines and no header", async () => {
  const { page } = await open({ width: 480, height: 1565 });
  const first = await page.locator(".rows .row").first().boundingBox();
  const second = await page.locator(".rows .row").nth(1).boundingBox();
  expect((second?.y ?? 0) - (first?.y ?? 0)).toBe(46);
  expect(await page.getByRole("columnheader").count()).toBe(0);
  await page.locator(".rows .row").first().focus();
  await page.keyboard.press("ArrowDown");
  expect(await focusedIndex()).toBe(1);
});
