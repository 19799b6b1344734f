// The browser that shows VS Code's server.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "./systemPackages.mjs";

/** Starts a headless Chromium with a fresh profile: `{ page, close() }`. `width` and `height` in CSS pixels. */
export async function launchBrowser({ width = 1280, height = 800, scale = 1 } = {}) {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error("No Chromium found. Install one (Debian: apt-get install chromium), or name it in CHROMIUM.");
  const profile = mkdtempSync(path.join(os.tmpdir(), "smb-lens-browser-"));
  const removeProfile = () => rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.once("exit", removeProfile);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width, height },
    deviceScaleFactor: scale,
    permissions: ["clipboard-read", "clipboard-write"],
    // Chromium's sandbox does not run as root, and a container's /dev/shm is small.
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-sync",
    ],
  });
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    async close() {
      await context.close();
      process.removeListener("exit", removeProfile);
      removeProfile();
    },
  };
}
