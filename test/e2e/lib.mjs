// What a story needs to use SMB Lens in a real VS Code as a user does: the packed extension, VS Code's own server, a Chromium.
// A story is a file test/e2e/<name>.story.mjs; mocha's describe, it, before, after are there without an import.
//
//   import { captureFile, inVsCode, openCapture } from "./lib.mjs";
//   describe("a tampered capture", () => {
//     const vscode = inVsCode({ files: { "trace.pcap": captureFile("tn_302_resp_caps_clear_dfs.client") } });
//     it("is opened from the Explorer", async () => {
//       const view = await openCapture(vscode.page, "trace.pcap");
//       await view.locator("h1").waitFor();
//     });
//   });
//
// Start
//   inVsCode(options)            one VS Code for the whole describe; a failing test leaves a picture and the browser's console in dist/e2e/
//     files                      what is in the workspace: name -> a file to copy, or bytes
//     theme                      a key of THEMES: "dark" (also without), "light", "highContrast", "highContrastLight"
//     language                   "en" (also without) or "ja". VS Code's own words stay English: there is no language pack for it on npm.
//     settings                   user settings, e.g. { "smbLens.language": "ja" }
//     unpacked                   folder of one more extension
//     width, height, scale       of the window, in CSS pixels
//   -> vscode.page               playwright's Page; vscode.folder, the workspace; vscode.file(name), a file in it
//   captureFile(name)            path of test/captures/<name>/capture.pcap or .pcapng
// Webview
//   openCapture(page, name)      double-clicks the file in the Explorer and waits for the custom editor; -> its webview, see below
//   webview(page, nth = 0)       the FrameLocator of the document of the nth webview on screen: .locator(), .getByRole(), .getByText() ...
//   explorerRow(page, name)      a file's row in the Explorer, as a Locator (its colour and badge tell of problems)
//   webviewErrors(page)          what webviews and the workbench have written to the console as errors about the extension or its policy
// Workbench
//   command(page, title)         runs a command of the palette by its whole title, e.g. "View: Close All Editors"
//   hasCommand(page, title)      whether the palette offers it now
//   quickPick(page, text)        takes the first entry with the text of an open Quick Pick; quickPickEntries(page) lists them
//   activeTab(page)              the label of the active editor's tab; waitForTab(page, text) waits for it
//   notification(page, text)     the notification with the text, as a Locator
//   openFile(page, name)         opens a file through Go to File
//   reload(page)                 reloads the window, as "Developer: Reload Window" does
//   clipboard(page)              the text on the clipboard
// Text editor
//   editorText(page)             the lines on screen in the active text editor
//   editorLine(page, text)       the first line on screen that contains the text, as a Locator
//   hover(page, text, line)      rests the mouse on the text (in the line that contains `line`); -> the hover, as a Locator
//   cursor(page)                 { line, column } of the active text editor, from the status bar
//   putCursor(page, text)        clicks the text in the active text editor
// Problems
//   openProblems(page)           shows the Problems view
//   problem(page, text)          its row with the text, as a Locator
//   problemLink(page, text)      { text, href } of the row's code link
//   problemFixes(page, text)     opens the row's light bulb; -> the titles in the menu, which stays open
//   takeProblemFix(page, text, title)   opens the light bulb and takes the entry
// Pictures
//   screenshot(page, name)       writes dist/e2e/<name>.png, or into SMB_LENS_SHOTS; -> its path
//
//   eventually(what, ms, attempt)  tries until the attempt gives true
//
// Toasts and dialogs are as the user has them. On a read-only document VS Code's own Quick Fix (Ctrl+.) does not exist. A click in the first
// moments of a menu is swallowed: menuClick(page, title) waits them out. Only rows on screen exist in the page: lists are virtual.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import mocha from "mocha";
import { launchBrowser } from "../vscode/browser.mjs";
import { startServer, workbenchUrl } from "../vscode/server.mjs";

const { before, after, afterEach } = mocha;

const ROOT = path.resolve(import.meta.dirname, "../..");
const SHOTS = path.resolve(process.env.SMB_LENS_SHOTS ?? path.join(ROOT, "dist/e2e"));

/** VS Code's own colour themes, by what they are for. */
export const THEMES = {
  dark: "Dark Modern",
  light: "Light Modern",
  highContrast: "Default High Contrast",
  highContrastLight: "Default High Contrast Light",
};

/** The packed extension under test. */
export const VSIX = path.join(ROOT, "dist/smb-lens.vsix");

const consoles = new WeakMap();

/** Registers hooks that start a VS Code before and end it after the tests of the surrounding describe. See the head of this file. */
export function inVsCode(options = {}) {
  const session = {};
  before(async () => {
    Object.assign(session, await startVsCode(options));
  });
  afterEach(async function () {
    if (this.currentTest?.state !== "failed" || session.page === undefined) return;
    const name = this.currentTest.fullTitle().replace(/[^\p{L}\p{N}]+/gu, "-");
    const picture = await screenshot(session.page, `FAILED-${name}`).catch((error) => String(error));
    console.error(
      `picture of the failure: ${picture}\nthe browser's console, last lines:\n${consoles.get(session.page).slice(-15).join("\n")}`,
    );
  });
  after(() => session.close?.());
  return session;
}

/** Starts a VS Code without mocha: `{ page, folder, file(name), server, close() }`; the options of inVsCode. */
export async function startVsCode({
  files = {},
  theme = "dark",
  language = "en",
  settings = {},
  unpacked,
  env,
  width,
  height,
  scale,
} = {}) {
  if (!existsSync(VSIX)) throw new Error(`${VSIX} is not there: npm run package makes it.`);
  const folder = mkdtempSync(path.join(os.tmpdir(), "smb-lens-workspace-"));
  for (const [name, content] of Object.entries(files)) {
    const target = path.join(folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    if (typeof content === "string") copyFileSync(content, target);
    else writeFileSync(target, content);
  }
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", removeFolder);
  const closing = [removeFolder];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const colours = {
      "workbench.colorTheme": THEMES[theme],
      "window.autoDetectColorScheme": false,
      "window.autoDetectHighContrast": false,
    };
    const server = await startServer({ vsix: VSIX, unpacked, env, language, settings: { ...colours, ...settings } });
    closing.push(() => server.stop());
    const browser = await launchBrowser({ width, height, scale });
    closing.push(() => browser.close());
    const { page } = browser;
    const lines = [];
    consoles.set(page, lines);
    page.on("console", (message) => lines.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => lines.push(`error: ${error.stack ?? error}`));
    // A busy machine takes its time for the first load; Playwright's own limit is 30 seconds.
    page.setDefaultTimeout(45_000);
    await page.goto(workbenchUrl(server, { folder }), { waitUntil: "commit", timeout: 120_000 });
    await ready(page);
    return { page, folder, file: (name) => path.join(folder, name), server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Path of the capture of a folder of test/captures. */
export function captureFile(name) {
  const found = ["capture.pcap", "capture.pcapng"]
    .map((file) => path.join(ROOT, "test/captures", name, file))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error(`test/captures/${name} holds no capture.pcap or capture.pcapng`);
  return found;
}

/** Waits until the workbench stands and extensions are known. */
export async function ready(page) {
  for (const part of [".monaco-workbench", ".statusbar-item", ".explorer-folders-view .monaco-list-row"]) {
    await page.locator(part).first().waitFor({ timeout: 120_000 });
  }
}

/**
 * Double-clicks a file in the Explorer and waits until the custom editor shows it. A fresh profile opens a file whose extension is not
 * registered yet as "binary", and leaves it so: then the editor is closed and the file opened again.
 */
export async function openCapture(page, name) {
  const tab = page.locator(`.tab.active[data-resource-name="${name}"]`).first();
  const shown = page.locator(WEBVIEW).first();
  const placeholder = page.locator(".monaco-editor-pane-placeholder:visible").first();
  await eventually(`${name} in the custom editor`, 120_000, async () => {
    if (await placeholder.isVisible()) await command(page, "View: Close All Editors");
    if (!(await tab.isVisible())) await explorerRow(page, name).dblclick();
    await tab.waitFor({ timeout: 10_000 });
    await shown.or(placeholder).first().waitFor({ timeout: 20_000 });
    return !(await placeholder.isVisible());
  });
  return webview(page);
}

/** The row of the Explorer with exactly this name. */
export function explorerRow(page, name) {
  const label = page.locator(".label-name", { hasText: new RegExp(`^${escaped(name)}$`) });
  return page.locator(".explorer-folders-view .monaco-list-row").filter({ has: label }).first();
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const WEBVIEW = "iframe.webview.ready:visible";

/** The document that the extension gave to the nth webview on screen: it stands two frames deep. */
export const webview = (page, nth = 0) => page.frameLocator(WEBVIEW).nth(nth).frameLocator("iframe#active-frame");

/** Console errors that tell of us: refused by a content security policy, or thrown in our own webview script. */
export function webviewErrors(page) {
  return consoles.get(page).filter((line) => /^error/.test(line) && /Content Security Policy|smb-?lens|webview\.js/i.test(line));
}

/** Runs a command of the palette by its whole title. */
export async function command(page, title) {
  await palette(page, title);
  await paletteRow(page, title).click({ timeout: 15_000 });
  await page
    .locator(QUICK_INPUT)
    .waitFor({ state: "hidden" })
    .catch(() => undefined);
}

/** Whether the palette offers a command of exactly this title now. */
export async function hasCommand(page, title) {
  await palette(page, title);
  const there = await paletteRow(page, title)
    .waitFor({ timeout: 2000 })
    .then(
      () => true,
      () => false,
    );
  await page.keyboard.press("Escape");
  await page.locator(QUICK_INPUT).waitFor({ state: "hidden" });
  return there;
}

const QUICK_INPUT = ".quick-input-widget input.input";
const QUICK_ROW = ".quick-input-list .monaco-list-row:visible";

async function palette(page, title) {
  await page.keyboard.press("F1");
  const input = page.locator(QUICK_INPUT);
  await input.waitFor();
  await input.fill(`>${title}`);
}

/** The palette matches loosely, and its first row need not be the one meant. */
function paletteRow(page, title) {
  const label = page.locator(".label-name", { hasText: new RegExp(`^${escaped(title)}$`) });
  return page.locator(QUICK_ROW).filter({ has: label }).first();
}

/** Takes the first entry with the text of the Quick Pick that is open. */
export async function quickPick(page, text) {
  await page.locator(QUICK_ROW).first().waitFor();
  const row = page.locator(QUICK_ROW, { hasText: text }).first();
  // Of a long list only the rows on screen are there: typing brings the one meant onto it.
  if (!(await row.isVisible())) await page.locator(QUICK_INPUT).fill(text);
  await row.click();
}

/** The entries of the Quick Pick that is open, each its whole text. */
export async function quickPickEntries(page) {
  await page.locator(QUICK_ROW).first().waitFor();
  return page.locator(QUICK_ROW).allInnerTexts();
}

export const activeTab = (page) => page.locator(".editor-group-container.active .tab.active").first().getAttribute("data-resource-name");

export const waitForTab = (page, text) => page.locator(".tab.active", { hasText: text }).first().waitFor();

/** The toast with the text; it waits until there is one. */
export async function notification(page, text) {
  const toast = page.locator(".notification-toast", { hasText: text }).first();
  await toast.waitFor();
  return toast;
}

/** Opens a file of the workspace by name, through Go to File. */
export async function openFile(page, name) {
  await page.keyboard.press("Control+P");
  const input = page.locator(QUICK_INPUT);
  await input.waitFor();
  await input.fill(name);
  await page.locator(QUICK_ROW, { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  await waitForTab(page, name);
}

/** Loads the window again with the same profile, and waits for the workbench. */
export async function reload(page) {
  // Through the command: the workbench then puts its state away before it goes, which a reload of the browser's does not wait for.
  const loaded = page.waitForEvent("load", { timeout: 120_000 });
  await command(page, "Developer: Reload Window");
  await loaded;
  await ready(page);
}

export const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

const EDITOR = ".editor-group-container.active .editor-instance";

/** A line as text: Monaco draws blanks as no-break spaces. */
const plain = (text) => text.replaceAll("\u00a0", " ");

/** The lines on screen in the active text editor, from top to bottom. */
export async function editorText(page) {
  const lines = page.locator(`${EDITOR} .view-line`);
  await lines.first().waitFor();
  const drawn = await lines.evaluateAll((elements) =>
    elements.map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? "" })),
  );
  return drawn.sort((a, b) => a.top - b.top).map(({ text }) => plain(text));
}

/** The first line on screen that contains the text. */
export function editorLine(page, text) {
  const words = text.split(" ").map(escaped);
  return page.locator(`${EDITOR} .view-line`, { hasText: new RegExp(words.join("[ \\u00a0]")) }).first();
}

/** Where a text stands on screen, in the line that contains `line` (or the text itself). */
async function place(page, text, line = text) {
  const found = editorLine(page, line);
  await found.waitFor();
  const box = await found.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node);
    const whole = nodes
      .map((node) => node.data)
      .join("")
      .replaceAll("\u00a0", " ");
    const start = whole.indexOf(wanted);
    if (start < 0) return null;
    const range = document.createRange();
    const set = (offset, end) => {
      let left = offset;
      for (const node of nodes) {
        if (left <= node.data.length) return end ? range.setEnd(node, left) : range.setStart(node, left);
        left -= node.data.length;
      }
    };
    set(start, false);
    set(start + wanted.length, true);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }, text);
  if (box === null) throw new Error(`"${text}" is not in the line "${plain((await found.textContent()) ?? "")}"`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Rests the mouse on a text in the active text editor and waits for the hover; with `line`, in the line that contains it. */
export async function hover(page, text, line) {
  const { x, y } = await place(page, text, line);
  // A tooltip of the workbench, of a row in Problems for one, is a hover too, but not the editor's.
  const shown = page.locator(".monaco-hover:not(.workbench-hover):visible").first();
  await eventually(`a hover over "${text}"`, 15_000, async () => {
    await page.mouse.move(x - 1, y);
    await page.mouse.move(x, y);
    return shown.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
  });
  return shown;
}

/** Clicks a text in the active text editor. */
export async function putCursor(page, text, line) {
  const { x, y } = await place(page, text, line);
  const position = page.locator(POSITION);
  const before = (await position.isVisible()) ? await position.innerText() : "";
  await page.mouse.click(x, y);
  // The status bar follows a moment later; where the cursor stood there already, nothing changes.
  await eventually("the cursor's place", 1000, async () => (await position.innerText()) !== before).catch(() => undefined);
}

const POSITION = '[id="status.editor.selection"]';

/** Line and column of the cursor, from 1. */
export async function cursor(page) {
  const label = await page.locator(POSITION).innerText();
  const [line, column] = (label.match(/\d+/g) ?? []).map(Number);
  return { line, column };
}

/** Shows the Problems view. */
export async function openProblems(page) {
  await command(page, "Problems: Focus on Problems View");
  await page.locator(".markers-panel").waitFor();
}

/** The row of the Problems view with the text. */
export const problem = (page, text) => page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();

/** The link of a problem's code. */
export async function problemLink(page, text) {
  const link = problem(page, text).locator("a.monaco-link").first();
  await link.waitFor();
  return { text: await link.innerText(), href: await link.getAttribute("href") };
}

const MENU_ENTRY = ".monaco-menu .action-label";

/** Opens the light bulb of a problem; the titles in the menu, which stays open (Escape closes it). */
export async function problemFixes(page, text) {
  const row = problem(page, text);
  await row.waitFor();
  await eventually(`the light bulb of "${text}"`, 30_000, async () => {
    await row.hover();
    await row.locator(".markers-panel-action-quickfix").click({ timeout: 5000 });
    return page
      .locator(MENU_ENTRY)
      .first()
      .waitFor({ timeout: 3000 })
      .then(
        () => true,
        () => false,
      );
  });
  return (await page.locator(MENU_ENTRY).allInnerTexts()).filter((title) => title.trim() !== "");
}

/** Takes a Quick Fix of a problem by its title. */
export async function takeProblemFix(page, text, title) {
  await problemFixes(page, text);
  await menuClick(page, title);
}

/** Takes an entry of the menu that is open. */
export async function menuClick(page, title) {
  const entry = page.locator(MENU_ENTRY, { hasText: title }).first();
  await entry.waitFor();
  await entry.hover();
  // A menu swallows the click that comes with its first moments, lest the one that opened it be taken for two.
  await page.waitForTimeout(400);
  await entry.click();
}

/** Writes a picture of the window; its path. */
export async function screenshot(page, name) {
  mkdirSync(SHOTS, { recursive: true });
  const file = path.join(SHOTS, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** Tries until it gives true or the time is over; an error of a try counts as not yet. */
export async function eventually(what, milliseconds, attempt) {
  const deadline = Date.now() + milliseconds;
  let last;
  while (Date.now() < deadline) {
    const done = await attempt().catch((error) => {
      last = error;
      return false;
    });
    if (done) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`never came: ${what}${last === undefined ? "" : `; the last try: ${last.message ?? last}`}`, { cause: last });
}
