import assert from "node:assert/strict";
import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import repeated from "../vscode/repeatedCapture.cjs";
import { captureFile, eventually, inVsCode, openCapture, waitForTab, webview, webviewErrors } from "./lib.mjs";

const { conversationOf, repeatedCapture } = repeated;
const one = readFileSync(captureFile("tn_302_resp_caps_clear_dfs.client"));

describe("A capture that is still running", () => {
  const vscode = inVsCode({ files: { "running.pcap": repeatedCapture(one, 2) }, height: 1600 });
  const view = () => webview(vscode.page);
  const tab = (name) => view().getByRole("tab", { name }).first();
  const isSelected = async (name) => (await tab(name).getAttribute("aria-selected")) === "true";
  const notice = (text) => view().getByRole("status").filter({ hasText: text });
  const chosen = async () => (await view().getByRole("combobox").first().innerText()).trim();
  const readAgain = () => view().getByRole("progressbar").waitFor({ state: "hidden" });

  it("shows what was there when it was opened", async () => {
    await openCapture(vscode.page, "running.pcap");
    await view().getByRole("row", { name: /:1025/ }).click();
    await tab(/^Comparison/).click();
    await eventually("the second connection", 20_000, async () => /:1025/.test(await chosen()));
  });

  it("says by how much the file has grown, and reads on where the user asks for it", async () => {
    appendFileSync(vscode.file("running.pcap"), conversationOf(one, 2));
    await notice("The file has grown by 3 KB.").waitFor({ timeout: 60_000 });
    const button = view().getByRole("button", { name: "Read on" });
    await button.focus();
    await vscode.page.keyboard.press("Enter");
    await button.waitFor({ state: "hidden" });
    await readAgain();
  });

  it("keeps the view and the connection, and has the new one in its list", async () => {
    assert.equal(await isSelected(/^Comparison/), true);
    assert.match(await chosen(), /:1025/);
    await tab("Overview").click();
    await view().getByRole("row", { name: /:1026/ }).waitFor();
    assert.equal(await view().getByRole("row", { name: /:1025/ }).getAttribute("aria-selected"), "true");
  });

  it("says that the file was replaced, and reads the other one", async () => {
    writeFileSync(vscode.file("running.pcap"), one);
    await notice("The file was changed after it was read.").waitFor({ timeout: 60_000 });
    const button = view().getByRole("button", { name: "Read again" });
    await button.click();
    await button.waitFor({ state: "hidden" });
    await readAgain();
    await view()
      .getByRole("row", { name: /:55222/, selected: true })
      .waitFor();
    assert.equal(await notice("The file was changed").count(), 0);
  });

  it("says that the file is gone, and keeps what was read", async () => {
    rmSync(vscode.file("running.pcap"));
    await notice("The file is gone").waitFor({ timeout: 60_000 });
    await waitForTab(vscode.page, "running.pcap");
    await view()
      .getByRole("row", { name: /:55222/, selected: true })
      .waitFor();
    assert.deepEqual(webviewErrors(vscode.page), []);
  });
});
