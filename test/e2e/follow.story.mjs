import assert from "node:assert/strict";
import {
  captureFile,
  command,
  cursor,
  editorLine,
  eventually,
  inVsCode,
  openCapture,
  putCursor,
  reload,
  waitForTab,
  webview,
  webviewErrors,
} from "./lib.mjs";

describe("A capture and its text trace", () => {
  const vscode = inVsCode({ files: { "trace.pcap": captureFile("tn_302_resp_caps_clear_dfs.client") }, width: 1600 });
  const tab = (name) => webview(vscode.page).getByRole("tab", { name }).first();
  const isSelected = async (name) => (await tab(name).getAttribute("aria-selected")) === "true";
  /** Until the cursor stands in a line that begins so; a click in the first moments of an editor only gives it the focus. */
  const cursorIn = (text) =>
    eventually(`the cursor in the line ${text}`, 30_000, async () => {
      const { line } = await cursor(vscode.page);
      return line === (await lineNumber(text));
    });
  const lineNumber = async (text) => {
    const top = (await editorLine(vscode.page, text).boundingBox()).y;
    const numbers = vscode.page.locator(".editor-group-container.active .margin-view-overlays .line-numbers");
    for (const number of await numbers.all()) {
      if (Math.abs((await number.boundingBox()).y - top) < 4) return Number(await number.innerText());
    }
    return Number.NaN;
  };

  it("stand beside each other", async () => {
    await openCapture(vscode.page, "trace.pcap");
    await webview(vscode.page).locator("h1").first().waitFor();
    await command(vscode.page, "SMB Lens: Open Text Trace");
    await waitForTab(vscode.page, "trace.pcap.smb-trace");
    await editorLine(vscode.page, "Connection 1").waitFor();
  });

  it("the page follows the cursor to the values that are compared", async () => {
    assert.equal(await isSelected("Overview"), true);
    await eventually("the comparison", 60_000, async () => {
      await putCursor(vscode.page, "Capabilities", "<- differs from [15]");
      await vscode.page.waitForTimeout(1000);
      return isSelected("Comparison");
    });
  });

  it("a frame of the page leads to its message, and from there to its line", async () => {
    await tab("Overview").click();
    await webview(vscode.page).getByText("Frame 6", { exact: true }).first().click();
    await eventually("the messages", 10_000, () => isSelected("Messages"));
    await webview(vscode.page).getByText("NEGOTIATE response, frame 6").waitFor();
    await webview(vscode.page).getByRole("link", { name: "Show in the text trace" }).click();
    await cursorIn("[6]   0.005064");
    assert.equal(await isSelected("Messages"), true);
  });

  it("the page follows the cursor from message to message", async () => {
    await putCursor(vscode.page, "[15]", "[15]  0.009916");
    await webview(vscode.page).getByText("frame 15,").waitFor();
    assert.equal(await isSelected("Messages"), true);
  });

  it("are there again after the window was loaded anew, the page at the same view", async () => {
    await tab(/^Comparison/).click();
    await eventually("the comparison", 10_000, () => isSelected("Comparison"));
    await reload(vscode.page);
    // Either of the two may have the focus now, so the trace is looked for in every group.
    await vscode.page
      .locator(".view-line", { hasText: /Connection[ \u00a0]1/ })
      .first()
      .waitFor({ timeout: 90_000 });
    await webview(vscode.page).locator("h1").first().waitFor({ timeout: 90_000 });
    // The trace's cursor is put back too, in a line of the overview: time for that to move the page, which it must not.
    await vscode.page.waitForTimeout(2000);
    assert.equal(await isSelected("Comparison"), true);
    assert.deepEqual(webviewErrors(vscode.page), []);
  });
});
