// In the extension host: opens the capture that SMB_LENS_LARGE_CAPTURE names, then its text trace, and writes into the file that
// SMB_LENS_TEST_RESULTS names how long the event loop stood meanwhile.
const { writeFileSync } = require("node:fs");
const { monitorEventLoopDelay } = require("node:perf_hooks");
const vscode = require("vscode");
const { eventually, openInEditor, closeAll, traceOf } = require("./captures.cjs");

const RESOLUTION = 5;
const TIME_LIMIT = 10 * 60_000;

/** What goes on in the loop until `stop`, in milliseconds. */
class Probe {
  constructor() {
    this.histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
    this.histogram.enable();
    this.startedAt = performance.now();
    this.longest = { elapsed: 0, cpu: 0 };
    this.over = 0;
    this.tick(performance.now(), cpuTime());
  }

  // A busy machine lets a thread wait that would run: the thread's own processor time between two ticks tells work from waiting.
  tick(before, cpuBefore) {
    this.timer = setTimeout(() => {
      const now = performance.now();
      const cpu = cpuTime();
      this.longest.elapsed = Math.max(this.longest.elapsed, now - before);
      this.longest.cpu = Math.max(this.longest.cpu, cpu - cpuBefore);
      if (now - before > 50 + RESOLUTION) this.over++;
      this.tick(now, cpu);
    }, RESOLUTION);
  }

  stop() {
    clearTimeout(this.timer);
    this.histogram.disable();
    const figures = {
      seconds: (performance.now() - this.startedAt) / 1000,
      longestBlock: this.longest.elapsed - RESOLUTION,
      longestWork: process.threadCpuUsage === undefined ? null : this.longest.cpu,
      over50: this.over,
      p99: this.histogram.percentile(99) / 1e6,
    };
    return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value === null ? null : Math.round(value * 10) / 10]));
  }
}

function cpuTime() {
  const { user, system } = process.threadCpuUsage?.() ?? { user: 0, system: 0 };
  return (user + system) / 1000;
}

const rest = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function probed(work) {
  const probe = new Probe();
  await work();
  return probe.stop();
}

exports.run = async () => {
  const capture = vscode.Uri.file(process.env.SMB_LENS_LARGE_CAPTURE);
  await vscode.extensions.getExtension("smb-lens.smb-lens").activate();
  // VS Code's own start is not to be measured.
  await rest(5000);
  const idle = await probed(() => rest(3000));
  const analysis = await probed(async () => {
    await openInEditor(capture);
    await eventually("the end of the analysis", () => vscode.languages.getDiagnostics(capture)[0], TIME_LIMIT);
  });
  let lines = 0;
  const textTrace = await probed(async () => {
    const { document } = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(traceOf(capture)));
    lines = document.lineCount;
    await rest(5000);
  });
  await closeAll();
  writeFileSync(process.env.SMB_LENS_TEST_RESULTS, JSON.stringify({ idle, analysis, textTrace, lines }));
};
