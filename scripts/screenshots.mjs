// npm run screenshots: the pictures of README, taken in a real VS Code with the packed extension. Look at them before you commit them.
import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { captureFile, command, hover, openCapture, putCursor, screenshot, startVsCode, waitForTab } from "../test/e2e/lib.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const PICTURES = path.join(ROOT, "docs/screenshots");
const files = { "trace.pcap": captureFile("tn_302_resp_caps_clear_dfs.client") };
const window = { files, width: 1280, height: 900, settings: { "workbench.activityBar.location": "hidden" } };

mkdirSync(PICTURES, { recursive: true });
const only = process.argv[2];
await picture("overview-dark", { theme: "dark" });
await picture("overview-ja", { theme: "light", language: "ja" });
await picture("overview-hc", { theme: "highContrast" });
await picture("comparison-light", { theme: "light" }, async (_page, view) => {
  await view.getByRole("tab", { name: /Comparison/ }).click();
  await view.getByRole("treegrid").waitFor();
});
await picture("messages-dark", { theme: "dark" }, async (page, view) => {
  await command(page, "View: Toggle Primary Side Bar Visibility");
  await view.getByRole("tab", { name: "Messages" }).click();
  await view.locator(".message-grid .row", { hasText: "IOCTL response" }).click();
  await view.getByText("They must be equal. They are not.").waitFor();
});
await picture("hover-dark", { theme: "dark" }, async (page) => {
  await command(page, "SMB Lens: Open Text Trace");
  await waitForTab(page, "smb-trace");
  await command(page, "View: Toggle Primary Side Bar Visibility");
  await putCursor(page, "1 connection");
  await page.keyboard.press("Control+End");
  await hover(page, "0x0000004f", "<> [6]");
});

async function picture(name, options, prepare) {
  if (only !== undefined && only !== name) return;
  const vscode = await startVsCode({ ...window, ...options });
  try {
    const view = await openCapture(vscode.page, "trace.pcap");
    await view.locator("h1").first().waitFor();
    if (prepare === undefined || name.startsWith("comparison")) await command(vscode.page, "View: Toggle Primary Side Bar Visibility");
    await prepare?.(vscode.page, view);
    await vscode.page.waitForTimeout(1000);
    copyFileSync(await screenshot(vscode.page, name), path.join(PICTURES, `${name}.png`));
    console.log(`docs/screenshots/${name}.png`);
  } finally {
    await vscode.close();
  }
}
