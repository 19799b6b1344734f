// Captures of the workspace and what the tests ask of them.
const assert = require("node:assert/strict");
const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const vscode = require("vscode");

/** Tries until it gives something other than undefined or false; that is the result. */
async function eventually(what, attempt, limit = 20_000) {
  const deadline = Date.now() + limit;
  for (;;) {
    const found = await attempt();
    if (found) return found;
    if (Date.now() > deadline) assert.fail(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A capture in the workspace by its name. */
const workspaceCapture = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);

/** The address of a capture's text trace. */
const traceOf = (capture) => vscode.Uri.from({ scheme: "smb-lens", path: `${capture.path}.smb-trace` });

const openInEditor = (capture) => vscode.commands.executeCommand("vscode.openWith", capture, "smbLens.capture");

const closeAll = () => vscode.commands.executeCommand("workbench.action.closeAllEditors");

/** The range of a text in a document: the nth time that it stands there, counted from 1. */
function rangeOfText(document, text, nth = 1) {
  let offset = -1;
  for (let time = 0; time < nth; time++) {
    offset = document.getText().indexOf(text, offset + 1);
    if (offset < 0) assert.fail(`"${text}" does not stand ${nth} times in ${document.uri.path}:\n${document.getText()}`);
  }
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + text.length));
}

/** Writes a file outside of the workspace for the tests of the surrounding describe; gives its address when called. */
function scratchFile(name, bytes) {
  let folder;
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "smb-lens-file-"));
    writeFileSync(path.join(folder, name), bytes);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return () => vscode.Uri.file(path.join(folder, name));
}

module.exports = { closeAll, eventually, openInEditor, rangeOfText, scratchFile, traceOf, workspaceCapture };
