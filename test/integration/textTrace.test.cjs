const assert = require("node:assert/strict");
const vscode = require("vscode");
const { closeAll, eventually, openInEditor, rangeOfText, traceOf, workspaceCapture } = require("./captures.cjs");

const RULE = "vni-server-capabilities-differ";

describe("The text trace of a capture with a changed NEGOTIATE response", () => {
  let capture;
  let trace;
  let document;
  let problem;

  before(async () => {
    capture = workspaceCapture("tampered.pcap");
    trace = traceOf(capture);
    await openInEditor(capture);
    problem = await eventually("the problem", () => vscode.languages.getDiagnostics(trace).find(({ code }) => code?.value === RULE));
    document = await vscode.workspace.openTextDocument(trace);
  });
  after(closeAll);

  const provided = (command, ...args) => vscode.commands.executeCommand(command, trace, ...args);
  const hoverAt = async (position) => {
    const hovers = await provided("vscode.executeHoverProvider", position);
    return hovers.flatMap(({ contents }) => contents.map((content) => content.value ?? content)).join("\n\n");
  };

  /** The line of the message that a field's line belongs to. */
  const messageLineOf = (line) => {
    for (let above = line; above >= 0; above--) if (/^\s*\[\d+\]/.test(document.lineAt(above).text)) return document.lineAt(above).text;
    return "";
  };

  it("is a read-only document of its own language", async () => {
    assert.equal(document.languageId, "smb-trace");
    assert.equal(vscode.workspace.fs.isWritableFileSystem("smb-lens"), false);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.writeFile(trace, new Uint8Array(1))));
  });

  it("has the problem at the very value, with the rule linked to its section", () => {
    assert.equal(document.getText(problem.range), "0x0000004f");
    assert.match(document.lineAt(problem.range.start.line).text, /^\s+Capabilities /);
    assert.match(messageLineOf(problem.range.start.line), /^\s*\[15\] .*IOCTL/);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(problem.source, "SMB Lens");
    assert.match(problem.code.target.toString(), /^https:\/\/learn\.microsoft\.com\/openspecs\/windows_protocols\/ms-smb2\//);
    assert.match(problem.message, /Capabilities/);
  });

  it("leads from the problem to the message that was changed", () => {
    const texts = problem.relatedInformation.map(({ location }) => document.getText(location.range));
    assert.ok(texts.includes("0x0000004e"), `related places: ${texts.join(", ")}`);
    for (const { location } of problem.relatedInformation) assert.equal(location.uri.toString(), trace.toString());
  });

  it("is summed up by one problem on the capture that leads into it", async () => {
    const [summary, ...others] = vscode.languages.getDiagnostics(capture);
    assert.deepEqual(others, []);
    assert.equal(summary.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(summary.code.value, RULE);
    const first = summary.relatedInformation[0].location;
    assert.equal(first.uri.toString(), trace.toString());
    assert.ok(vscode.languages.getDiagnostics(trace).some(({ range }) => range.isEqual(first.range)));
  });

  it("explains a field with a link to its section", async () => {
    const line = problem.range.start.line;
    const column = document.lineAt(line).text.indexOf("Capabilities");
    const text = await hoverAt(new vscode.Position(line, column + 2));
    assert.match(text, /Capabilities/);
    assert.match(text, /\]\(https:\/\/learn\.microsoft\.com\/openspecs\//);
  });

  it("explains a flag bit", async () => {
    const line = problem.range.start.line;
    const text = await hoverAt(new vscode.Position(line, document.lineAt(line).text.indexOf("DFS") + 1));
    assert.match(text, /DFS/);
    assert.match(text, /\]\(https:/);
  });

  it("explains a status", async () => {
    const { start } = rangeOfText(document, "STATUS_SUCCESS");
    const text = await hoverAt(start.translate(0, 3));
    assert.match(text.replaceAll("\\", ""), /STATUS_SUCCESS \(0x00000000\)/);
  });

  it("says the finding over the differing value, with commands of ours only", async () => {
    const hovers = await provided("vscode.executeHoverProvider", problem.range.start.translate(0, 1));
    const contents = hovers.flatMap((hover) => hover.contents).filter((content) => /(?<!\\)\]\(command:/.test(content.value));
    assert.ok(contents.length > 0, "no hover with a command");
    for (const { isTrusted, value } of contents) {
      assert.ok(isTrusted.enabledCommands.every((command) => command.startsWith("smbLens.")));
      for (const [, command] of value.matchAll(/(?<!\\)\]\(command:([\w.]+)/g))
        assert.ok(isTrusted.enabledCommands.includes(command), command);
    }
  });

  it("offers Quick Fixes, what weakens security last", async () => {
    const actions = await provided("vscode.executeCodeActionProvider", problem.range);
    const ours = actions.filter(({ kind }) => kind?.value === "quickfix");
    assert.ok(
      ours.some(({ title }) => title.startsWith("Copy: ") && /PowerShell/.test(title)),
      ours.map(({ title }) => title).join("\n"),
    );
    assert.ok(ours.some(({ title }) => title.startsWith("Open in a new document: ")));
    const marked = ours.map(({ title }) => title.startsWith("Weakens security: "));
    assert.ok(marked.includes(true));
    assert.equal(marked.lastIndexOf(false) + 1, marked.indexOf(true), "the workaround is not last");
    assert.equal(ours.filter(({ edit }) => edit !== undefined).length, 0);
  });

  it("copies the commands of a Quick Fix and runs nothing", async () => {
    const actions = await provided("vscode.executeCodeActionProvider", problem.range);
    const { command } = actions.find(({ title }) => /^Copy: /.test(title) && /PowerShell/.test(title));
    await vscode.commands.executeCommand(command.command, ...command.arguments);
    assert.match(await vscode.env.clipboard.readText(), /Set-Smb(Client|Server)Configuration .*-RequireSecuritySignature \$true/);
  });

  it("opens the commands of a Quick Fix in a new document, with what they change", async () => {
    const actions = await provided("vscode.executeCodeActionProvider", problem.range);
    const { command } = actions.find(({ title }) => title.startsWith("Open in a new document: "));
    // Without a platform the user would be asked for one.
    await vscode.commands.executeCommand(command.command, ...command.arguments, "windows-client");
    const shown = vscode.window.activeTextEditor.document;
    assert.equal(shown.isUntitled, true);
    assert.equal(shown.languageId, "powershell");
    assert.match(shown.getText(), /^# .*\n(# .*\n)+\n.*RequireSecuritySignature \$true/);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("copies the finding as Markdown", async () => {
    const actions = await provided("vscode.executeCodeActionProvider", problem.range);
    const { command } = actions.find(({ title }) => title === "Copy the finding as Markdown");
    await vscode.commands.executeCommand(command.command, ...command.arguments);
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^\*\*/);
    assert.match(text, new RegExp(`${RULE} · tampered\\.pcap`));
    assert.match(text, /\]\(https:\/\/learn\.microsoft\.com\//);
  });

  it("explains the rule on a page of its own", async () => {
    await vscode.commands.executeCommand("smbLens.explain", RULE);
    const page = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: "smb-lens-rule", path: `/${RULE}.md` }));
    assert.match(page.getText(), /^# .+/);
    assert.match(page.getText(), /RequireSecuritySignature/);
    assert.match(page.getText(), /3\.2\.5\.14\.12\S* .*\]\(https:/);
  });

  it("has a CodeLens over the finding", async () => {
    const lenses = await provided("vscode.executeCodeLensProvider");
    const titles = lenses.filter(({ range }) => document.lineAt(range.start.line).text.includes(RULE)).map(({ command }) => command.title);
    assert.deepEqual(titles.sort(), ["Explain", "Fix…", "Show in capture"]);
  });

  it("links frames to their lines and sections to the specification", async () => {
    const links = await provided("vscode.executeLinkProvider");
    const targets = links.map(({ range, target }) => ({ text: document.getText(range), target }));
    const frame = targets.find(({ text, target }) => text.includes("15") && target.scheme === "smb-lens");
    const line = Number(/^L(\d+)/.exec(frame.target.fragment)[1]) - 1;
    assert.match(document.lineAt(line).text, /^\s*\[15\]/);
    assert.ok(targets.some(({ target }) => target.scheme === "https" && target.authority === "learn.microsoft.com"));
  });

  it("has an outline of findings and connections", async () => {
    const symbols = await provided("vscode.executeDocumentSymbolProvider");
    const connection = symbols.find(({ name }) => name === "Connection 1");
    assert.ok(connection, symbols.map(({ name }) => name).join("\n"));
    assert.ok(connection.children.some(({ name }) => /NEGOTIATE/.test(name)));
  });

  it("folds a connection", async () => {
    const folds = await provided("vscode.executeFoldingRangeProvider");
    const [connection] = (await provided("vscode.executeDocumentSymbolProvider")).filter(({ name }) => name === "Connection 1");
    assert.ok(folds.some(({ start }) => start === connection.range.start.line));
  });

  it("leads from a request to its response, and back", async () => {
    const lines = document.getText().split("\n");
    const request = lines.findIndex((text) => /^\s*\[14\]/.test(text));
    const response = lines.findIndex((text) => /^\s*\[15\]/.test(text));
    const from = async (line) =>
      (await provided("vscode.executeDefinitionProvider", new vscode.Position(line, 4))).map(
        (link) => link.targetSelectionRange ?? link.range,
      );
    const [to] = await from(request);
    assert.equal(to.start.line, response);
    assert.equal(document.getText(to), "IOCTL");
    assert.equal((await from(response + 1))[0].start.line, request);
    assert.deepEqual(await from(0), []);
  });

  it("is coloured by the meaning of its parts", async () => {
    const legend = await provided("vscode.provideDocumentSemanticTokensLegend");
    const { data } = await provided("vscode.provideDocumentSemanticTokens");
    const types = new Map();
    let line = 0;
    let column = 0;
    for (let i = 0; i < data.length; i += 5) {
      line += data[i];
      column = data[i] === 0 ? column + data[i + 1] : data[i + 1];
      types.set(`${line}:${column}`, legend.tokenTypes[data[i + 3]]);
    }
    const { start } = problem.range;
    assert.equal(types.get(`${start.line}:${start.character}`), "number");
    assert.equal(types.get(`${start.line}:${document.lineAt(start.line).text.indexOf("Capabilities")}`), "property");
    assert.equal(types.get(`${start.line}:${document.lineAt(start.line).text.indexOf("DFS")}`), "enumMember");
  });

  it("is shown by its command beside the capture, and the capture from it", async () => {
    await vscode.commands.executeCommand("smbLens.openTrace", capture);
    assert.equal(vscode.window.activeTextEditor.document.uri.toString(), trace.toString());
    await vscode.commands.executeCommand("smbLens.showCapture");
    await eventually("the capture editor", () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.uri.toString() === capture.toString();
    });
  });

  it("shows a frame at its line", async () => {
    await vscode.commands.executeCommand("smbLens.showFrame", capture.toString(), 1, 15);
    const { document: shown, selection } = vscode.window.activeTextEditor;
    assert.equal(shown.uri.toString(), trace.toString());
    assert.match(shown.lineAt(selection.active.line).text, /^\s*\[15\]/);
  });

  it("has a document of its own for a connection in full", async () => {
    const uri = trace.with({ path: trace.path.replace(/\.smb-trace$/, ".connection-1.smb-trace"), query: "connection=1" });
    const single = await vscode.workspace.openTextDocument(uri);
    assert.equal(single.languageId, "smb-trace");
    assert.match(single.getText(), /TREE_CONNECT|SESSION_SETUP/);
  });

  it("refuses an address that is no trace", async () => {
    await assert.rejects(Promise.resolve(vscode.workspace.fs.readFile(trace.with({ query: "connection=x" }))));
    await assert.rejects(Promise.resolve(vscode.workspace.fs.readFile(trace.with({ path: "/trace.txt" }))));
  });
});

describe("Problems of a capture", () => {
  it("go when its last editor is closed", async () => {
    const capture = workspaceCapture("tampered.pcap");
    await openInEditor(capture);
    await eventually("the problem", () => vscode.languages.getDiagnostics(capture).length > 0);
    await closeAll();
    await eventually("no problem", () => vscode.languages.getDiagnostics(capture).length === 0);
    assert.deepEqual(vscode.languages.getDiagnostics(traceOf(capture)), []);
  });

  it("stay while its text trace is open, and go with it", async () => {
    const capture = workspaceCapture("tampered.pcap");
    await openInEditor(capture);
    await eventually("the problem", () => vscode.languages.getDiagnostics(capture).length > 0);
    await vscode.commands.executeCommand("smbLens.openTrace", capture);
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    await vscode.window.tabGroups.close(tabs.filter(({ input }) => input instanceof vscode.TabInputCustom));
    // Longer than a capture that nothing shows is kept.
    await new Promise((resolve) => setTimeout(resolve, 4000));
    assert.equal(vscode.languages.getDiagnostics(traceOf(capture)).length > 0, true);
    await closeAll();
    await eventually("no problem", () => vscode.languages.getDiagnostics(traceOf(capture)).length === 0);
  });
});
