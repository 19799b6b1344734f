import assert from "node:assert/strict";
import { captureFile, inVsCode, openCapture, webviewErrors } from "./lib.mjs";

describe("A capture in VS Code", () => {
  const vscode = inVsCode({ files: { "trace.pcap": captureFile("tn_302_resp_caps_clear_dfs.client") } });

  it("opens from the Explorer in the custom editor", async () => {
    const view = await openCapture(vscode.page, "trace.pcap");
    await view.locator("h1").first().waitFor();
    assert.notEqual((await view.locator("h1").first().innerText()).trim(), "");
  });

  it("breaks no content security policy", () => {
    assert.deepEqual(webviewErrors(vscode.page), []);
  });
});
