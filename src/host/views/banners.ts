import { type Capture, formatCount, type Issue, issueText, percentRead } from "../../core/index.ts";
import type { BannerView } from "../../protocol/views.ts";
import { issueNumber, issueWord } from "./issueData.ts";
import type { HostTexts } from "./texts.ts";

const MOST_BANNERS = 4;
const DAMAGE: ReadonlySet<string> = new Set(["bad-record", "bad-block", "file-cut"]);

/** What the reader must know before the verdict: damage, cuts, limits. `proved`: the verdict shown first is a proved one. */
export function banners(capture: Capture, proved: boolean, texts: HostTexts): readonly BannerView[] {
  const views: BannerView[] = [];
  for (const issue of capture.issues) {
    const view = banner(issue, capture, proved, texts);
    if (view !== undefined && !views.some((one) => one.bold === view.bold)) views.push(view);
    if (views.length === MOST_BANNERS) break;
  }
  return views;
}

function banner(issue: Issue, capture: Capture, proved: boolean, texts: HostTexts): BannerView | undefined {
  const { banners: own } = texts;
  // The numbers of the file's bytes and of the capture's are not the same where it is compressed.
  if (capture.packing !== null && DAMAGE.has(issue.kind)) return inWords(issue, capture, texts);
  const frame = formatCount(capture.frames);
  const byte = formatCount(issue.offset ?? capture.bytesRead);
  switch (issue.kind) {
    case "bad-record":
    case "bad-block":
      return { bold: damageTitle(byte, capture, texts), text: damageMeans(issue, capture, proved, texts) };
    case "file-cut":
      return {
        bold: capture.frames === 0 ? own.damagedAtStart(byte) : own.cut(byte, frame),
        text: sentences([own.cutMeans(count(issue, "have"), count(issue, "need")), stands(proved, texts)], texts),
      };
    case "cancelled":
      return {
        bold: own.stopped(String(percentRead(capture)), frame),
        text: own.stoppedMeans,
        action: { action: "retry", label: own.readAll },
      };
    case "read-failed":
      return { bold: own.readFailed(byte, frame), text: own.readFailedMeans(issueWord(issue, "reason")) };
    case "bytes-skipped":
    case "another-capture":
    case "zeros-at-end":
    case "wrong-block-length":
    case "interface-missing":
    case "frames-dropped":
    case "internal-error":
    case "snap-length":
    case "link-type-unsupported":
    case "encrypted-frames":
    case "fragments-incomplete":
    case "table-full":
    case "connections-ended-early":
    case "holes-given-up":
    case "file-changed":
    case "packed-cut":
    case "packed-damaged":
    case "packed-trailing":
    case "packed-limit":
    case "packed-unsupported":
      return inWords(issue, capture, texts);
    case "unsupported-format":
    case "empty-file":
    case "not-a-capture":
    case "packed-twice":
      return undefined;
  }
}

function inWords(issue: Issue, capture: Capture, texts: HostTexts): BannerView {
  const { what, todo } = issueText(issue, capture, texts.language);
  return { bold: what, text: todo };
}

function damageTitle(byte: string, { frames }: Capture, { banners: own }: HostTexts): string {
  return frames === 0 ? own.damagedAtStart(byte) : own.damaged(byte, formatCount(frames));
}

function damageMeans(issue: Issue, { size, frames }: Capture, proved: boolean, texts: HostTexts): string {
  const lost = formatCount(Math.max(0, size - (issue.offset ?? size)));
  return sentences([texts.banners.damagedMeans(lost, formatCount(frames), frames === 1), stands(proved, texts)], texts);
}

function stands(proved: boolean, texts: HostTexts): string {
  return proved ? texts.banners.provedStands : "";
}

/** Sentences one after another, as the language sets them. */
export function sentences(parts: readonly string[], texts: HostTexts): string {
  return parts.filter((part) => part !== "").join(texts.language === "ja" ? "" : " ");
}

function count(issue: Issue, key: string): string {
  return formatCount(issueNumber(issue, key));
}
