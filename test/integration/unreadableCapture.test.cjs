const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const vscode = require("vscode");
const { closeAll, eventually, openInEditor, scratchFile, traceOf, workspaceCapture } = require("./captures.cjs");

const problemsOf = (uri) => eventually(`a problem of ${uri.path}`, () => vscode.languages.getDiagnostics(uri)[0]);

describe("A file that is no capture", () => {
  const file = scratchFile("letter.pcap", "Dear administrator,\n");
  after(closeAll);

  it("is said to be none, in the Problems view and in the text trace", async () => {
    await openInEditor(file());
    const { message, severity } = await problemsOf(file());
    assert.equal(severity, vscode.DiagnosticSeverity.Warning);
    assert.notEqual(message.trim(), "");
    const trace = await vscode.workspace.openTextDocument(traceOf(file()));
    assert.ok(trace.getText().startsWith(message.split("\n")[0]));
  });
});

describe("An empty file", () => {
  const file = scratchFile("empty.pcapng", "");
  after(closeAll);

  it("is said to be empty", async () => {
    await openInEditor(file());
    assert.match((await problemsOf(file())).message, /empty/i);
  });
});

describe("A file that is gone", () => {
  const file = vscode.Uri.file("/nowhere/gone.pcap");
  after(closeAll);

  it("gives a text trace that says so, and no exception", async () => {
    const trace = await vscode.workspace.openTextDocument(traceOf(file));
    assert.notEqual(trace.getText().trim(), "");
  });
});

describe("A capture that ends in the middle of a frame", () => {
  const whole = () => readFileSync(workspaceCapture("tampered.pcap").fsPath);
  const file = scratchFile("cut.pcap", new Uint8Array(0));
  after(closeAll);

  it("is shown up to there", async () => {
    const bytes = whole();
    await vscode.workspace.fs.writeFile(file(), bytes.subarray(0, bytes.length - 20));
    await openInEditor(file());
    await problemsOf(file());
    const trace = await vscode.workspace.openTextDocument(traceOf(file()));
    assert.match(trace.getText(), /\[4\]/);
  });
});

describe("A capture that a file system of VS Code's holds", () => {
  const bytes = () => readFileSync(workspaceCapture("tampered.pcap").fsPath);
  const capture = vscode.Uri.from({ scheme: "smb-lens-test", authority: "share", path: "/far/away.pcap" });
  const trace = vscode.Uri.from({ scheme: "smb-lens", path: "/far/away.pcap.smb-trace", query: "scheme=smb-lens-test&authority=share" });
  let size = 0;
  let given = () => new Uint8Array(bytes());
  let registration;

  before(() => {
    const none = () => {
      throw vscode.FileSystemError.NoPermissions();
    };
    registration = vscode.workspace.registerFileSystemProvider("smb-lens-test", {
      onDidChangeFile: new vscode.EventEmitter().event,
      stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: size < 0 ? 0 : size || bytes().length }),
      readFile: () => given(),
      watch: () => new vscode.Disposable(() => undefined),
      readDirectory: none,
      createDirectory: none,
      writeFile: none,
      delete: none,
      rename: none,
    });
  });
  after(async () => {
    await closeAll();
    registration.dispose();
  });

  it("is read through it", async () => {
    const document = await vscode.workspace.openTextDocument(trace);
    assert.match(document.getText(), /\[15\]/);
  });

  it("is refused with a reason where it is larger than memory should hold", async () => {
    size = 300 * 1024 * 1024;
    const other = capture.with({ path: "/far/large.pcap" });
    const document = await vscode.workspace.openTextDocument(trace.with({ path: `${other.path}.smb-trace` }));
    assert.match(document.getText(), /^This capture is too large to be read where it is\./);
    assert.match(document.getText(), /300 MiB.* 256 MiB/);
  });

  it("is refused too where only its bytes tell its size", async () => {
    size = -1;
    given = () => new Uint8Array(257 * 1024 * 1024);
    const document = await vscode.workspace.openTextDocument(trace.with({ path: "/far/unsized.pcap.smb-trace" }));
    assert.match(document.getText(), /257 MiB/);
  });

  it("stays whole in the hands of its file system", async () => {
    const kept = new Uint8Array(bytes());
    size = 0;
    given = () => kept;
    await vscode.workspace.openTextDocument(trace.with({ path: "/far/kept.pcap.smb-trace" }));
    assert.equal(kept.length, bytes().length);
  });
});
