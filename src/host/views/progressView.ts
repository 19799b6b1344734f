import {
  type BegunConnection,
  type Endpoint,
  escapeForDisplay,
  type Finding,
  formatCount,
  formatEndpoint,
  percentRead,
  renderFinding,
} from "../../core/index.ts";
import type { ProgressView } from "../../protocol/views.ts";
import { outcomeText } from "./connectionRow.ts";
import { formatPart, formatRate } from "./quantities.ts";
import type { HostTexts } from "./texts.ts";

/** How far the reading is. */
export interface ReadingProgress {
  readonly bytesRead: number;
  readonly size: number;
  readonly frames: number;
  readonly connections: number;
  /** Failed connections found so far, oldest first. */
  readonly failed: readonly FailedConnection[];
  /** The first connections of the capture, over or not. */
  readonly begun: readonly BegunConnection[];
  /** The first findings, which are of the first connections. */
  readonly findings: readonly Finding[];
  /** Since the reading began. */
  readonly milliseconds: number;
}

export interface FailedConnection {
  readonly finding: Finding;
  readonly client: Endpoint | null;
}

type FoundView = ProgressView["found"][number];

const MOST_FAILED = 50;
/** Others are shown only that far: they say that it goes on, the failed ones are what is looked for. */
const MOST_SHOWN = 12;
/** Earlier than that an estimate jumps about. */
const ESTIMATE_AFTER = 1000;

/** `46%, 1.1 of 2.4 GB. About 20 seconds left.` and what was found so far. */
export function progressView(progress: ReadingProgress, texts: HostTexts): ProgressView {
  const percent = percentRead(progress);
  const [part, whole] = formatPart(progress.bytesRead, progress.size);
  const left = secondsLeft(progress);
  const rate = canEstimate(progress) ? formatRate(progress.bytesRead, progress.milliseconds) : null;
  const done = texts.progress.text(String(percent), part, whole, rate);
  return {
    percent,
    text: left === null ? done : `${done}${texts.language === "ja" ? "" : " "}${texts.progress.left(left)}`,
    frames: formatCount(progress.frames),
    connections: formatCount(progress.connections),
    found: foundView(progress, texts),
  };
}

function foundView({ failed, begun, findings }: ReadingProgress, texts: HostTexts): readonly FoundView[] {
  const failedViews = failed.slice(0, MOST_FAILED).map(({ finding, client }) => failedView(finding, client, texts));
  const known = new Set(failedViews.map(({ id }) => id));
  const others = begun.filter(({ id }) => !known.has(id)).slice(0, Math.max(0, MOST_SHOWN - failedViews.length));
  return [...failedViews, ...others.map((one) => begunView(one, findings, texts))];
}

function failedView(finding: Finding, client: Endpoint | null, { language }: HostTexts): FoundView {
  return {
    outcome: "failed",
    text: escapeForDisplay(renderFinding(finding, language).outcome),
    endpoints: client === null ? "" : formatEndpoint(client),
    id: finding.connection,
  };
}

function begunView({ id, client, connection }: BegunConnection, findings: readonly Finding[], texts: HostTexts): FoundView {
  const endpoints = formatEndpoint(client);
  if (connection === null) return { outcome: null, text: texts.progress.beingRead, endpoints, id };
  const decisive = findings.find((finding) => finding.connection === id && finding.rule === connection.decidedBy);
  return { outcome: connection.outcome, text: outcomeText(connection, decisive, texts), endpoints, id };
}

function canEstimate({ bytesRead, milliseconds }: Pick<ReadingProgress, "bytesRead" | "milliseconds">): boolean {
  return milliseconds >= ESTIMATE_AFTER && bytesRead > 0;
}

/** Whole seconds, in steps of 5 from ten on so that the number does not flicker; null while it cannot be told. */
function secondsLeft({ bytesRead, size, milliseconds }: ReadingProgress): number | null {
  if (!canEstimate({ bytesRead, milliseconds }) || bytesRead >= size) return null;
  const seconds = (milliseconds / 1000 / bytesRead) * (size - bytesRead);
  return seconds < 10 ? Math.max(1, Math.ceil(seconds)) : Math.ceil(seconds / 5) * 5;
}
