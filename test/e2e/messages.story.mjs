import assert from "node:assert/strict";
import { captureFile, clipboard, eventually, inVsCode, menuClick, openCapture, webviewErrors } from "./lib.mjs";

describe("The messages of a capture", () => {
  const vscode = inVsCode({ files: { "trace.pcap": captureFile("tn_302_resp_caps_clear_dfs.client") }, width: 1400, height: 1000 });
  let view;
  const rows = () => view.locator(".message-grid .rows .row");
  const selected = () => view.getByRole("tree").locator("[aria-selected=true]");
  const marked = () => view.locator(".byte.marked").allInnerTexts();

  it("are listed, the finding's selected", async () => {
    view = await openCapture(vscode.page, "trace.pcap");
    await view.locator("h1").first().waitFor();
    await view.getByRole("tab", { name: "Messages" }).click();
    await rows().first().waitFor();
    assert.equal(await rows().count(), 12);
    await view.getByText("NEGOTIATE response, frame 6").waitFor();
  });

  it("show the validate request with its fields, linked to its bytes", async () => {
    await rows().filter({ hasText: "IOCTL request VALIDATE_NEGOTIATE_INFO" }).click();
    await view.getByText("IOCTL request VALIDATE_NEGOTIATE_INFO, frame 14").waitFor();
    await view.getByRole("treeitem", { name: /^CtlCode/ }).click();
    await eventually("the bytes of CtlCode", 10_000, async () => (await marked()).join(" ") === "04 02 14 00");
    await view.locator("[data-byte='120']").click();
    await eventually("the field of byte 120", 10_000, async () => /^Capabilities: 0x0000007f/.test(await selected().innerText()));
    assert.deepEqual(await marked(), ["7F", "00", "00", "00"]);
  });

  it("copy a field as a display filter, by button and by the context menu", async () => {
    await view.getByRole("toolbar", { name: "Copy as" }).getByRole("button", { name: "display filter" }).click();
    await eventually(
      "the filter on the clipboard",
      10_000,
      async () => (await clipboard(vscode.page)) === "smb2.capabilities == 0x0000007f",
    );
    await view.getByRole("treeitem", { name: /^CtlCode/ }).click({ button: "right" });
    await menuClick(vscode.page, "Copy as Hex");
    await eventually("the bytes on the clipboard", 10_000, async () => (await clipboard(vscode.page)) === "04 02 14 00");
  });

  it("break no content security policy", () => {
    assert.deepEqual(webviewErrors(vscode.page), []);
  });
});
