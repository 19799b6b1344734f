import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import type { FromWebview, ToWebview } from "../../src/protocol/messages.ts";
import { type Played, PlayedHost } from "./playedHost.ts";
import { bodyClass, type ThemeName, themeStyle } from "./themes.ts";

const ORIGIN = "https://webview.test";
const ROOT = path.resolve(import.meta.dirname, "../..");
const NONCE = "0123456789abcdef";

export interface PageOptions extends Played {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

/** The page in a real browser, with the host that plays for it. */
export interface OpenPage {
  readonly page: Page;
  readonly host: PlayedHost;
  /** What went wrong in the page: errors, console errors, breaches of the content security policy. */
  readonly troubles: string[];
  /** Keys that reached the window, i.e. that VS Code would act on besides. */
  keysForVsCode(): Promise<readonly string[]>;
  post(message: ToWebview): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

let bundle: Promise<{ readonly js: string; readonly css: string }> | undefined;

/** The webview as esbuild.mjs bundles it, built once a run so that a test never sees an old one. */
export function bundleWebview(): Promise<{ readonly js: string; readonly css: string }> {
  bundle ??= build({
    absWorkingDir: ROOT,
    entryPoints: ["webview/main.tsx"],
    outfile: "out.js",
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
  }).then(({ outputFiles }) => ({
    js: outputFiles.find((file) => file.path.endsWith(".js"))?.text ?? "",
    css: outputFiles.find((file) => file.path.endsWith(".css"))?.text ?? "",
  }));
  return bundle;
}

let started: Promise<Browser> | undefined;

function browser(): Promise<Browser> {
  const { CHROMIUM = "/usr/bin/chromium" } = process.env;
  if (!existsSync(CHROMIUM)) {
    throw new Error(`No Chromium at ${CHROMIUM}. Install one (Debian: apt-get install chromium), or name it in CHROMIUM.`);
  }
  started ??= chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-sync",
    ],
  });
  return started;
}

/** Ends the browser of this test file. */
export async function closeBrowser(): Promise<void> {
  await (await started)?.close();
  started = undefined;
}

/** Opens the page as VS Code does: its document, its policy, its default styles, its tokens; the host plays the extension. */
export async function openPage(options: PageOptions = {}): Promise<OpenPage> {
  const { js, css } = await bundleWebview();
  const { theme = "dark", width = 1280, height = 865 } = options;
  const context = await (await browser()).newContext({
    viewport: { width, height },
    reducedMotion: options.reducedMotion === true ? "reduce" : "no-preference",
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") troubles.push(`console: ${message.text()}`);
  });
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/webview.js") return route.fulfill({ contentType: "text/javascript", body: js });
    if (pathname === "/webview.css") return route.fulfill({ contentType: "text/css", body: css });
    if (pathname === "/")
      return route.fulfill({ contentType: "text/html; charset=utf-8", body: documentOf(theme, options.language ?? "en") });
    return route.fulfill({ status: 404 });
  });
  const post = (message: ToWebview) => page.evaluate((sent) => window.postMessage(sent, "*"), message);
  const host = new PlayedHost(options, (message) => {
    // An answer may come when the test is over.
    post(message).catch((error: unknown) => page.isClosed() || troubles.push(String(error)));
  });
  await page.exposeFunction("toHost", (message: FromWebview) => host.hear(message));
  await page.addInitScript(playVsCode, options.kept ?? null);
  await page.goto(`${ORIGIN}/`);
  await page.locator(".lens").waitFor();
  if (options.progress === undefined && options.state === undefined) await page.locator("h1").first().waitFor();
  return {
    page,
    host,
    troubles,
    post,
    keysForVsCode: () => page.evaluate(() => Reflect.get(window, "keysForVsCode") as string[]),
    screenshot: (name) => screenshot(page, name),
    async close() {
      await context.close();
    },
  };
}

// A picture is for people: it is taken where SHOTS names a folder for it.
async function screenshot(page: Page, name: string): Promise<void> {
  const { SHOTS: folder } = process.env;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** Runs in the page before its script: the interface that VS Code gives a webview, with messages as JSON as it sends them. */
function playVsCode(kept: unknown): void {
  let state = kept;
  const keysForVsCode: string[] = [];
  const api = {
    postMessage: (message: unknown) => void (Reflect.get(window, "toHost") as (sent: unknown) => void)(JSON.parse(JSON.stringify(message))),
    getState: () => state ?? undefined,
    setState: (next: unknown) => {
      state = next;
      Reflect.set(window, "keptState", next);
      return next;
    },
  };
  Reflect.set(window, "acquireVsCodeApi", () => api);
  Reflect.set(window, "keysForVsCode", keysForVsCode);
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
  // VS Code hears what reaches the window, and acts on its keybindings: the extension binds F8.
  window.addEventListener("keydown", (event) => {
    keysForVsCode.push(event.key);
    if (event.key === "F8") window.postMessage({ type: "step", by: event.shiftKey ? -1 : 1 }, "*");
  });
}

function documentOf(theme: ThemeName, language: string): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${NONCE}'`,
    `style-src ${ORIGIN} 'nonce-${NONCE}'`,
    `font-src ${ORIGIN}`,
    `img-src ${ORIGIN}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${NONCE}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${NONCE}">${DEFAULT_STYLES}</style>
<style nonce="${NONCE}">${themeStyle(theme)}</style>
<link rel="stylesheet" nonce="${NONCE}" href="${ORIGIN}/webview.css">
<title>SMB Lens</title>
</head>
<body class="${bodyClass(theme)}" data-vscode-theme-kind="${bodyClass(theme)}">
<div id="app"></div>
<script nonce="${NONCE}" src="${ORIGIN}/webview.js"></script>
</body>
</html>`;
}

/** What VS Code puts before the styles of every webview, as far as it could change this page. */
const DEFAULT_STYLES = `
@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size);
    margin: 0; padding: 0 20px; }
  a, a code { color: var(--vscode-textLink-foreground); }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code { font-family: monospace; padding: 1px 3px; border-radius: 4px; }
}`;
