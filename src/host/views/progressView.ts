import {
  type Endpoint,
  escapeForDisplay,
  type Finding,
  formatCount,
  formatEndpoint,
  percentRead,
  renderFinding,
} from "../../core/index.ts";
import type { ProgressView } from "../../protocol/views.ts";
import { formatPart } from "./quantities.ts";
import type { HostTexts } from "./texts.ts";

/** How far the reading is. */
export interface ReadingProgress {
  readonly bytesRead: number;
  readonly size: number;
  readonly frames: number;
  readonly connections: number;
  /** Failed connections found so far, oldest first. */
  readonly failed: readonly FailedConnection[];
  /** Since the reading began. */
  readonly milliseconds: number;
}

export interface FailedConnection {
  readonly finding: Finding;
  readonly client: Endpoint | null;
}

const MOST_FOUND = 50;
/** Earlier than that an estimate jumps about. */
const ESTIMATE_AFTER = 1000;

/** `46%, 1.1 of 2.4 GB. About 20 seconds left.` and what was found so far. */
export function progressView(progress: ReadingProgress, texts: HostTexts): ProgressView {
  const percent = percentRead(progress);
  const [part, whole] = formatPart(progress.bytesRead, progress.size);
  const left = secondsLeft(progress);
  const done = texts.progress.text(String(percent), part, whole);
  return {
    percent,
    text: left === null ? done : `${done}${texts.language === "ja" ? "" : " "}${texts.progress.left(left)}`,
    frames: formatCount(progress.frames),
    connections: formatCount(progress.connections),
    found: progress.failed.slice(0, MOST_FOUND).map(({ finding, client }) => ({
      outcome: "failed",
      text: escapeForDisplay(renderFinding(finding, texts.language).outcome),
      endpoints: client === null ? "" : formatEndpoint(client),
      id: finding.connection,
    })),
  };
}

/** Whole seconds, in steps of 5 from ten on so that the number does not flicker; null while it cannot be told. */
function secondsLeft({ bytesRead, size, milliseconds }: ReadingProgress): number | null {
  if (milliseconds < ESTIMATE_AFTER || bytesRead <= 0 || bytesRead >= size) return null;
  const seconds = (milliseconds / 1000 / bytesRead) * (size - bytesRead);
  return seconds < 10 ? Math.max(1, Math.ceil(seconds)) : Math.ceil(seconds / 5) * 5;
}
