const assert = require("node:assert/strict");
const vscode = require("vscode");
const { closeAll, eventually, openInEditor, traceOf, workspaceCapture } = require("./captures.cjs");

const RULE = "vni-server-capabilities-differ";

describe("The settings of the rules", () => {
  const settings = () => vscode.workspace.getConfiguration("smbLens");
  const file = () => workspaceCapture(".smb-lens.json");
  let capture;
  let trace;

  before(async () => {
    capture = workspaceCapture("tampered.pcap");
    trace = traceOf(capture);
    await openInEditor(capture);
    await found();
  });
  beforeEach(cleared);
  after(async () => {
    await cleared();
    await closeAll();
  });

  /** Everything as it was before a test, and the finding there again. */
  async function cleared() {
    await settings().update("rules", undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.fs.delete(file()).then(undefined, () => undefined);
    await found();
  }

  const problemOf = (uri) => vscode.languages.getDiagnostics(uri).find(({ code }) => code === RULE || code?.value === RULE);
  const found = (severity = vscode.DiagnosticSeverity.Error) =>
    eventually(`the problem with severity ${severity}`, () => (problemOf(trace)?.severity === severity ? problemOf(trace) : undefined));
  const gone = () =>
    eventually("no problem any more", () => problemOf(trace) === undefined && vscode.languages.getDiagnostics(capture).length === 0);

  /** The Quick Fix with a title, for the problem in the trace. */
  async function quickFix(title) {
    // The document follows the trace a moment later.
    const action = await eventually(`the Quick Fix "${title}"`, async () => {
      const { range } = await found();
      const actions = await vscode.commands.executeCommand("vscode.executeCodeActionProvider", trace, range);
      return actions.find((each) => each.title === title);
    });
    await vscode.commands.executeCommand(action.command.command, ...action.command.arguments);
  }

  const traceText = async () => (await vscode.workspace.openTextDocument(trace)).getText();
  const saysThatItIsOff = (where) =>
    eventually("the trace to say what is not shown", async () => {
      const text = (await traceText()).replace(/\s+/g, " ");
      return text.includes(`1 finding is not shown because of settings (${where}): ${RULE}.`) && !text.includes("No failed connection");
    });

  it("are described rule by rule", () => {
    const { properties } = vscode.extensions.getExtension("smb-lens.smb-lens").packageJSON.contributes.configuration;
    const rule = properties["smbLens.rules"].properties[RULE];
    assert.deepEqual(rule.enum, ["off", "information", "warning", "error"]);
    assert.match(rule.description, /^Server Capabilities differ \(by itself: error\)\./);
  });

  it("change the severity of the Problems at once", async () => {
    await settings().update("rules", { [RULE]: "information" }, vscode.ConfigurationTarget.Global);
    await found(vscode.DiagnosticSeverity.Information);
    const [summary] = await eventually("the capture's own problem", () => {
      const all = vscode.languages.getDiagnostics(capture);
      return all[0]?.severity === vscode.DiagnosticSeverity.Information && all;
    });
    assert.equal(summary.code.value, RULE);
    await settings().update("rules", undefined, vscode.ConfigurationTarget.Global);
    await found();
  });

  it("pass over what is no level and no rule", async () => {
    await settings().update("rules", { [RULE]: "never", "no-such-rule": "off" }, vscode.ConfigurationTarget.Global);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await found();
  });

  it("turn a rule off everywhere by a Quick Fix, and the views say so", async () => {
    await quickFix(`Do not report ${RULE} in any capture`);
    await gone();
    assert.deepEqual(settings().inspect("rules").globalValue, { [RULE]: "off" });
    await saysThatItIsOff("smbLens.rules");
    await vscode.commands.executeCommand("smbLens.copyReport", capture);
    assert.match(
      (await vscode.env.clipboard.readText()).replaceAll("\\", ""),
      /1 finding is not shown because of settings \(smbLens\.rules\)/,
    );
  });

  it("turn a rule off in one capture by a Quick Fix, in the file that the command line reads", async () => {
    await quickFix(`Do not report ${RULE} in this capture`);
    await gone();
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file()));
    assert.deepEqual(JSON.parse(text), { captures: { "tampered.pcap": { rules: { [RULE]: "off" } } } });
    await saysThatItIsOff(".smb-lens.json");
    assert.equal(settings().inspect("rules").globalValue, undefined);
  });

  it("follow the settings file while it changes, and before VS Code's own settings", async () => {
    const write = (value) => vscode.workspace.fs.writeFile(file(), new TextEncoder().encode(value));
    await settings().update("rules", { [RULE]: "off" }, vscode.ConfigurationTarget.Global);
    await gone();
    await write(JSON.stringify({ rules: { [RULE]: "warning" } }));
    await found(vscode.DiagnosticSeverity.Warning);
    await write("{");
    await gone();
    await vscode.workspace.fs.delete(file());
    await settings().update("rules", undefined, vscode.ConfigurationTarget.Global);
    await found();
  });

  it("do not write over a settings file that cannot be read", async () => {
    await vscode.workspace.fs.writeFile(file(), new TextEncoder().encode("{ broken"));
    // The message waits for the user; what counts is the file.
    void vscode.commands.executeCommand("smbLens.turnOffHere", capture.toString(), RULE);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file())), "{ broken");
    await vscode.commands.executeCommand("notifications.clearAll");
  });
});
