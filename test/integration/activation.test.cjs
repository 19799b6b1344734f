const assert = require("node:assert/strict");
const vscode = require("vscode");

const eventually = async (what, attempt) => {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    if (attempt()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`never came: ${what}`);
};

describe("The extension", () => {
  it("activates", async () => {
    const extension = vscode.extensions.getExtension("smb-lens.smb-lens");
    assert.ok(extension, "smb-lens.smb-lens is not known to VS Code");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("opens a capture in its custom editor without being asked for it", async () => {
    const [capture] = await vscode.workspace.findFiles("**/tampered.pcap");
    assert.ok(capture, "the workspace holds no tampered.pcap");
    await vscode.commands.executeCommand("vscode.open", capture);
    await eventually("the tab of the custom editor", () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === "smbLens.capture" && input.uri.path === capture.path;
    });
  });
});
