import {
  type AnalyseProgress,
  type BegunConnection,
  connectionUnder,
  type Endpoint,
  type Finding,
  findingUnder,
  type RuleSettings,
} from "../core/index.ts";
import type { ProgressView } from "../protocol/views.ts";
import { type FailedConnection, progressView } from "./views/progressView.ts";
import type { HostTexts } from "./views/texts.ts";

/** At most ten messages a second: more is not seen and costs. */
const INTERVAL = 100;
const MOST_FAILED = 50;
/** Findings kept of the first connections, which are shown whatever they came to. */
const MOST_EARLY = 100;

/** Makes of the many reports of the engine the few that the page shows. */
export class ProgressReporter {
  private readonly texts: HostTexts;
  private readonly now: () => number;
  private readonly send: (view: ProgressView) => void;
  private readonly failed = new Map<number, FailedConnection>();
  private readonly early: Finding[] = [];
  private readonly startedAt: number;
  private sentAt = Number.NEGATIVE_INFINITY;

  private readonly levels: RuleSettings;

  /** `now` counts milliseconds; `levels` are those of the rules. */
  constructor(texts: HostTexts, now: () => number, send: (view: ProgressView) => void, levels: RuleSettings = {}) {
    this.levels = levels;
    this.texts = texts;
    this.now = now;
    this.send = send;
    this.startedAt = now();
  }

  report(progress: AnalyseProgress): void {
    for (const found of progress.findings) {
      const finding = findingUnder(found, this.levels);
      if (finding === undefined) continue;
      if (this.early.length < MOST_EARLY) this.early.push(finding);
      if (finding.severity !== "error" || this.failed.size >= MOST_FAILED || this.failed.has(finding.connection)) continue;
      this.failed.set(finding.connection, { finding, client: clientOf(progress, finding.connection) });
    }
    const now = this.now();
    if (now - this.sentAt < INTERVAL) return;
    this.sentAt = now;
    const { bytesRead, size, frames, connections } = progress;
    const failed = [...this.failed.values()];
    const reading = {
      bytesRead,
      size,
      frames,
      connections,
      failed,
      begun: (progress.begun?.() ?? []).map((one) => begunUnder(one, this.levels)),
      findings: this.early,
      milliseconds: now - this.startedAt,
    };
    this.send(progressView(reading, this.texts));
  }
}

function begunUnder(begun: BegunConnection, levels: RuleSettings): BegunConnection {
  return begun.connection === null ? begun : { ...begun, connection: connectionUnder(begun.connection, levels) };
}

function clientOf(progress: AnalyseProgress, connection: number): Endpoint | null {
  return progress.connectionOf?.(connection).client ?? null;
}
