const assert = require("node:assert/strict");
const vscode = require("vscode");
const { closeAll, eventually, openInEditor, scratchFile, workspaceCapture } = require("./captures.cjs");

describe("Comparing a capture with another one", () => {
  const noCapture = scratchFile("notes.pcap", new TextEncoder().encode("this is no capture"));
  let client;
  let server;
  let document;

  before(async () => {
    client = workspaceCapture("tampered.pcap");
    server = workspaceCapture("server-side.pcap");
    await openInEditor(client);
    // As the Explorer calls it with two files selected.
    await vscode.commands.executeCommand("smbLens.compareCaptures", client, [client, server]);
    document = await eventually("the comparison", () => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.uri.path.endsWith(".smb-comparison") && shown;
    });
  });
  after(closeAll);

  it("shows a read-only text of what was changed, and between which of the two", async () => {
    const text = document.getText();
    assert.equal(document.uri.scheme, "smb-lens");
    assert.match(text, /^A {2}client's side {2}tampered\.pcap$/m);
    assert.match(text, /^B {2}server's side {2}server-side\.pcap$/m);
    assert.match(text, /NEGOTIATE response \[A 6\] \[B 6\]: changed between B and A/);
    assert.match(text, /in B, as sent +0x0000004f/);
    assert.match(text, /in A, as arrived +0x0000004e/);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(document.uri, new Uint8Array(1))));
  });

  it("has the result in a tab of its own name", () => {
    const { label } = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.match(label, /tampered\.pcap.*server-side\.pcap/);
  });

  it("leads from a frame to its place in the text trace of its capture", async () => {
    const links = await vscode.commands.executeCommand("vscode.executeLinkProvider", document.uri);
    const link = links.find(({ range }) => document.getText(range) === "[B 6]");
    assert.ok(link, "no link at [B 6]");
    assert.equal(link.target.scheme, "command");
    const [command, args] = [link.target.path, JSON.parse(link.target.query)];
    await vscode.commands.executeCommand(command, ...args);
    const editor = await eventually("the text trace of the other capture", () => {
      const shown = vscode.window.activeTextEditor;
      return shown?.document.uri.path.endsWith("server-side.pcap.smb-trace") && shown;
    });
    const line = editor.document.lineAt(editor.selection.active.line).text;
    assert.match(line, /^\s*\[6\].*NEGOTIATE/);
  });

  it("can be opened again from its address alone", async () => {
    await closeAll();
    const again = await vscode.workspace.openTextDocument(document.uri);
    assert.match(again.getText(), /NEGOTIATE response \[A 6\] \[B 6\]/);
  });

  it("refuses what is no capture", async () => {
    const compared = vscode.commands.executeCommand("smbLens.compareCaptures", client, [client, noCapture()]);
    await eventually("the end of the command, which waits for its message", async () => {
      await vscode.commands.executeCommand("notifications.clearAll");
      return Promise.race([Promise.resolve(compared).then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 200))]);
    });
    assert.notEqual(vscode.window.activeTextEditor?.document.uri.path.includes("notes.pcap"), true);
  });
});
