import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { MessageRowView } from "../../src/protocol/messageViews.ts";
import { closeBrowser, type OpenPage, openPage, type PageOptions } from "./openPage.ts";
import { type AskMessages, realMessages } from "./realMessages.ts";

let opened: OpenPage;

async function open(options: PageOptions = {}): Promise<OpenPage> {
  opened = await openPage(options);
  await opened.page.locator("#view-messages").click();
  await opened.page.locator(".message-grid .rows .row").first().waitFor();
  return opened;
}

afterEach(async () => {
  expect(opened.troubles).toEqual([]);
  await opened.close();
});
afterAll(closeBrowser);

const grid = () => opened.page.getByRole("grid", { name: "Messages" });
const selected = () => grid().locator(".rows [aria-selected=true]");
const tree = () => opened.page.getByRole("tree");
const field = (name: string) => tree().getByRole("treeitem", { name });
const selectedField = () => tree().locator("[aria-selected=true]");
const markedBytes = () => opened.page.locator(".byte.marked").allTextContents();

describe("the list", () => {
  test("shows the messages of the connection, the finding's selected", async () => {
    const { page } = await open();
    expect(await grid().getByRole("columnheader").allTextContents()).toEqual([
      "Finding",
      "Frame",
      "Time s",
      "Direction",
      "Command",
      "Share or file",
      "Status",
      "Signed",
      "Response",
    ]);
    expect(await grid().getAttribute("aria-rowcount")).toBe("13");
    expect(await selected().textContent()).toMatch(/^6/);
    await page.locator(".rows .row", { hasText: "IOCTL response VALIDATE_NEGOTIATE_INFO" }).getByRole("img", { name: "Failed" }).waitFor();
    await page.getByText("10 messages", { exact: true }).waitFor();
    expect(await grid().locator(".rows .row", { hasText: "TCP FIN" }).count()).toBe(2);
  });

  test("moves by keys, asks for the message where it rests, and Enter goes to its fields", async () => {
    const { page, host } = await open();
    await selected().focus();
    await page.keyboard.press("Home");
    await expect.poll(() => selected().getAttribute("data-index")).toBe("0");
    const before = host.all("message").length;
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    await expect.poll(() => selected().getAttribute("data-index")).toBe("3");
    await page.getByText("SESSION_SETUP response, frame 9").waitFor();
    expect(host.all("message").length).toBeLessThanOrEqual(before + 2);
    await page.keyboard.press("End");
    await page.getByText("This frame holds no message of its own.").waitFor();
    await page.keyboard.press("PageUp");
    await expect.poll(() => selected().getAttribute("data-index")).not.toBe("11");
    await page.getByRole("treeitem", { name: "Header" }).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("treeitem");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("row");
  });

  test("F8 goes from finding to finding, then asks for the next connection", async () => {
    const { page, host } = await open();
    await selected().focus();
    expect(await selected().textContent()).toMatch(/^6/);
    await page.keyboard.press("F8");
    await expect.poll(() => selected().textContent()).toMatch(/^15/);
    expect(host.all("next-finding")).toEqual([]);
    await page.keyboard.press("F8");
    await expect.poll(() => host.all("next-finding").length).toBe(1);
    await page.waitForTimeout(300);
    expect(await page.locator("#view-messages").getAttribute("aria-selected")).toBe("true");
  });

  test("is narrowed by command, errors, what matters and text", async () => {
    const { page } = await open();
    const count = () => grid().locator(".rows .row").count();
    await page.locator("#message-filter").click();
    await page.keyboard.type("session_setup more");
    await expect.poll(count).toBe(1);
    await page.getByText("1 of 10 messages").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(count).toBe(12);
    await page.locator("#errors-only").click();
    await page.getByText("No message matches.").waitFor();
    await page.getByRole("link", { name: "Show all messages" }).click();
    await expect.poll(count).toBe(12);
    await page.locator(".message-filter vscode-dropdown").click();
    await page.getByRole("option", { name: "IOCTL 2" }).click();
    await expect.poll(count).toBe(2);
    await page.keyboard.press("Control+F");
    await page.keyboard.press("Escape");
    await expect.poll(count).toBe(12);
    await page.locator("#matters-only").click();
    // Negotiation, sign-in, share, validation and the ends: all that this capture holds.
    await page.getByText("10 messages", { exact: true }).waitFor();
  });

  test("draws only what is seen of ten thousand rows", async () => {
    const { page, host } = await open({ messages: many(10_000) });
    const drawn = () => grid().locator(".rows .row").count();
    expect(await drawn()).toBeLessThan(60);
    await selected().focus();
    await page.keyboard.press("End");
    await expect.poll(() => selected().getAttribute("data-index")).toBe("9999");
    await expect.poll(() => selected().textContent()).toContain("10000");
    expect(await drawn()).toBeLessThan(60);
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(3000);
    for (const { start, count } of host.all("messages")) expect(count + (start % 200)).toBeLessThanOrEqual(200);
    expect(host.all("messages").length).toBeLessThan(6);
  });

  test("says which messages a long connection shows, and goes on to the next ones", async () => {
    const { page, host } = await open({ messages: many(2000, "Messages 1 to 2,000 of 4,100. The filter looks at these only.") });
    await page.getByText("Messages 1 to 2,000 of 4,100. The filter looks at these only.").waitFor();
    await page.getByRole("link", { name: "Next messages" }).click();
    await expect.poll(() => host.all("messages").at(-1)?.page).toBe(1);
    await page.getByRole("link", { name: "Previous messages" }).waitFor();
  });

  test("shows what a capture says as text", async () => {
    const hostile = '<img src=x onerror="alert(1)">\\u{202e}';
    const { page } = await open({ messages: many(3, "", { about: hostile, command: hostile }) });
    expect(await grid().locator(".rows .row").first().textContent()).toContain(hostile);
    expect(await page.locator("img").count()).toBe(0);
  });
});

describe("fields and bytes", () => {
  test("begin at the field of the finding, its bytes marked, explained against its partner", async () => {
    const { page } = await open();
    await grid().locator(".rows .row", { hasText: /^15/ }).click();
    await expect.poll(() => selectedField().textContent()).toContain("Capabilities: 0x0000004f");
    expect(await markedBytes()).toEqual(["4F", "00", "00", "00"]);
    const explanation = page.getByRole("complementary", { name: "Explanation" });
    await explanation.getByText("They must be equal. They are not.").waitFor();
    await explanation.getByRole("link", { name: "Frame 6" }).click();
    await expect.poll(() => selected().textContent()).toMatch(/^6/);
    await expect.poll(() => selectedField().textContent()).toContain("Capabilities: 0x0000004e");
  });

  test("a field marks its bytes, by mouse and by keys", async () => {
    const { page } = await open();
    await field("SecurityMode").click();
    expect(await markedBytes()).toEqual(["01", "00"]);
    await page.getByText("66 to 67 of the message").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => selectedField().textContent()).toContain("SMB2_NEGOTIATE_SIGNING_ENABLED: 1");
    expect(await markedBytes()).toEqual(["01", "00"]);
    await page.keyboard.press("Home");
    await expect.poll(() => selectedField().textContent()).toContain("Header");
    expect(await markedBytes()).toHaveLength(64);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => selectedField().textContent()).toContain("ProtocolId");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => selectedField().getAttribute("aria-expanded")).toBe("false");
  });

  test("a byte selects the innermost field, even in a closed structure, by mouse and by keys", async () => {
    const { page } = await open();
    await page.locator("[data-byte='9']").click();
    await expect.poll(() => selectedField().textContent()).toContain("Status");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => selectedField().textContent()).toContain("Command");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-byte"))).toBe("12");
    await page.keyboard.press("Control+End");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-byte"))).not.toBe("12");
    expect(await page.locator(".byte[tabindex='0']").count()).toBe(1);
  });

  test("a field under the resting pointer is explained", async () => {
    const { page } = await open();
    const explanation = page.getByRole("complementary", { name: "Explanation" });
    const before = await explanation.textContent();
    await field("MaxReadSize").hover();
    await expect.poll(() => explanation.textContent(), { timeout: 3000 }).not.toBe(before);
    expect(await explanation.textContent()).toContain("MaxReadSize");
  });

  test("are copied as text, hex, JSON and display filter", async () => {
    const { page, host } = await open();
    await field("SecurityMode").click();
    for (const name of ["text", "hex", "JSON", "display filter"]) {
      await page.getByRole("toolbar", { name: "Copy as" }).getByRole("button", { name, exact: true }).click();
    }
    await expect.poll(() => host.clipboard.length).toBe(4);
    const [text, hex, json, filter] = host.clipboard;
    expect(text).toMatch(/66-68 +SecurityMode +0x0001 +SIGNING_ENABLED/);
    expect(hex).toBe("01 00");
    expect(JSON.parse(json ?? "")).toMatchObject({ name: "SecurityMode", range: { start: 66, end: 68 }, filter: "smb2.sec_mode" });
    expect(filter).toBe("smb2.sec_mode == 0x0001");
    // By keys: the row's own text.
    await field("SecurityMode").focus();
    await page.keyboard.press("Control+C");
    await expect.poll(() => host.all("copy").map((message) => message.text)).toEqual(["SecurityMode: 0x0001"]);
  });

  test("rows and fields name themselves to the context menu", async () => {
    const { page } = await open();
    const context = async (locator: ReturnType<typeof field>) => JSON.parse((await locator.getAttribute("data-vscode-context")) ?? "{}");
    expect(await context(field("SecurityMode"))).toMatchObject({
      webviewSection: "message",
      connection: 1,
      index: 1,
      path: "SecurityMode",
    });
    expect(await context(selected())).toMatchObject({ webviewSection: "message", index: 1, path: "" });
    await page.getByRole("link", { name: "Request in frame 4" }).click();
    await expect.poll(() => selected().textContent()).toMatch(/^4/);
    await page.getByRole("link", { name: "Show in the text trace" }).click();
    await expect.poll(() => opened.host.all("open-frame").at(-1)?.frame).toBe(4);
  });

  test("of a message in several frames say in which", async () => {
    const real = realMessages("tn_302_resp_caps_clear_dfs.client", "en");
    const messages: AskMessages = async (name, request) => {
      const answer = await real(name, request);
      if (!("message" in answer) || answer.message === null) return answer;
      const parts = [
        { start: 0, label: "frame 5" },
        { start: 67, label: "frame 6" },
      ];
      return { ...answer, message: { ...answer.message, parts, notes: ["Lies in the frames 5, 6."] } };
    };
    const { page } = await open({ messages });
    await page.getByText("Lies in the frames 5, 6.").waitFor();
    await field("SecurityMode").click();
    await page.getByText("66 to 67 of the message, frame 5, frame 6").waitFor();
  });
});

test("evidence of the overview leads to its message", async () => {
  opened = await openPage();
  await opened.page.getByRole("link", { name: "Frame 15" }).first().click();
  await expect.poll(() => selected().textContent()).toMatch(/^15/);
  await expect.poll(() => opened.page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("row");
  await opened.page.keyboard.press("Alt+2");
  await opened.page.getByRole("treegrid").getByRole("link", { name: "Frame 4" }).click();
  await expect.poll(() => selected().textContent()).toMatch(/^4/);
});

test("the page that was kept shows the same message again", async () => {
  const kept = { view: "messages", connection: 1, chip: "all", filter: "", differencesOnly: false } as const;
  opened = await openPage({ kept: { ...kept, messages: { page: 0, command: "", status: "all", matters: false, text: "", frame: 12 } } });
  await expect.poll(() => selected().textContent()).toMatch(/^12/);
  await opened.page.getByText("TREE_CONNECT request, frame 12").waitFor();
});

test("the sash moves by keys", async () => {
  const { page } = await open();
  const sash = page.getByRole("separator");
  await sash.focus();
  await page.keyboard.press("ArrowDown");
  expect(await sash.getAttribute("aria-valuenow")).toBe("47");
});

/** A list of made-up rows over real messages. */
function many(total: number, limit = "", change: Partial<MessageRowView> = {}): AskMessages {
  const real = realMessages("tn_302_resp_caps_clear_dfs.client", "en");
  return async (name, request) => {
    const answer = await real(name, { ...request, page: 0, ...("start" in request ? { start: 0 } : { index: 1 }) });
    if (!("rows" in answer) || !("start" in request)) return answer;
    const [first] = answer.rows;
    if (first === undefined) return answer;
    const rows = Array.from({ length: Math.min(request.count, total - request.start) }, (_, at) => ({
      ...first,
      index: request.start + at,
      frame: request.start + at + 1,
      mark: null,
      ...change,
    }));
    return {
      ...answer,
      page: request.page,
      start: request.start,
      total,
      rows,
      found: -1,
      list: { ...answer.list, limit, pages: 3, marked: [] },
    };
  };
}
