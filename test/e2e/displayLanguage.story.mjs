import assert from "node:assert/strict";
import { captureFile, inVsCode, openCapture } from "./lib.mjs";

describe("With Japanese as VS Code's display language", () => {
  const vscode = inVsCode({ language: "ja", files: { "trace.pcap": captureFile("tn_302_resp_caps_clear_dfs.client") } });

  it("the editor says that its language is Japanese", async () => {
    const view = await openCapture(vscode.page, "trace.pcap");
    assert.equal(await view.locator("html").getAttribute("lang"), "ja");
  });
});
