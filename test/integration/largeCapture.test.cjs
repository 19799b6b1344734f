const assert = require("node:assert/strict");
const diagnostics = require("node:diagnostics_channel");
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const vscode = require("vscode");
const { repeatedCapture } = require("../vscode/repeatedCapture.cjs");
const { closeAll, eventually, openInEditor, traceOf, workspaceCapture } = require("./captures.cjs");

/** Some 20 MB: enough for the reading to be under way for a while. */
const CONNECTIONS = 6000;
const TIME_LIMIT = 120_000;
/** Progress messages come at most ten times a second. */
const PROGRESS_INTERVAL = 100;

describe("A capture that takes its time to read", function () {
  this.timeout(TIME_LIMIT);
  let folder;
  let capture;
  let workers;

  /** Each worker thread that the extension host starts, with what it says and when. */
  const note = ({ worker }) => {
    const noted = { startedAt: Date.now(), ended: false, messages: [] };
    worker.on("message", (message) => noted.messages.push({ ...message, at: Date.now() }));
    worker.on("exit", () => (noted.ended = true));
    workers.push(noted);
  };

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "smb-lens-large-"));
    const file = path.join(folder, "large.pcap");
    writeFileSync(file, repeatedCapture(readFileSync(workspaceCapture("tampered.pcap").fsPath), CONNECTIONS));
    capture = vscode.Uri.file(file);
    diagnostics.subscribe("worker_threads", note);
  });
  beforeEach(() => {
    workers = [];
  });
  afterEach(async () => {
    await closeAll();
    await eventually("the end of every worker", () => workers.every(({ ended }) => ended));
  });
  after(() => {
    diagnostics.unsubscribe("worker_threads", note);
    rmSync(folder, { recursive: true, force: true });
  });

  const progressOf = ({ messages }) => messages.filter(({ type }) => type === "progress");
  const opened = () => eventually("a worker that reads", () => workers.find((worker) => progressOf(worker).length > 0));

  it("is read by one worker, which tells of its progress a few times a second and of connections before it is done", async () => {
    await openInEditor(capture);
    await eventually("the problems", () => vscode.languages.getDiagnostics(capture)[0], TIME_LIMIT);
    assert.equal(workers.length, 1);
    const [worker] = workers;
    const answer = worker.messages.findIndex(({ type }) => type === "ok");
    const whileReading = worker.messages.slice(0, answer);
    assert.equal(worker.messages[answer].answer.statistics.connections, CONNECTIONS);
    const took = worker.messages[answer].at - worker.startedAt;
    assert.ok(whileReading.length >= 1);
    assert.ok(whileReading.length <= took / PROGRESS_INTERVAL + 2, `${whileReading.length} messages in ${took} ms`);
    const before = progressOf({ messages: whileReading }).filter(({ progress }) => progress.percent < 100);
    assert.ok(before.some(({ progress }) => progress.found.length > 0));
  });

  it("gives the worker and its memory back when the editor is closed", async () => {
    await openInEditor(capture);
    const worker = await opened();
    await eventually("the whole of it", () => worker.messages.some(({ type }) => type === "ok"), TIME_LIMIT);
    await closeAll();
    await eventually("the end of the worker", () => worker.ended);
  });

  it("is not read on when the editor is closed before it is done", async () => {
    await openInEditor(capture);
    const worker = await opened();
    await closeAll();
    await eventually("the end of the worker", () => worker.ended);
    assert.ok(worker.messages.every(({ type }) => type !== "ok"));
    assert.deepEqual(vscode.languages.getDiagnostics(capture), []);
    assert.equal(workers.length, 1);
  });

  it("has a text trace that says how much of it it shows", async () => {
    const trace = await vscode.workspace.openTextDocument(traceOf(capture));
    assert.match(trace.getText(), /6,000/);
    assert.ok(trace.lineCount < 60_000, `${trace.lineCount} lines`);
  });
});
