import { type Capture, formatCount, type Issue, linkTypeName } from "../../core/index.ts";
import type { BannerView } from "../../protocol/views.ts";
import { issueNumber, issueText } from "./issueData.ts";
import type { HostTexts } from "./texts.ts";

const MOST_BANNERS = 4;

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
      return { bold: own.stopped(String(percentRead(capture)), frame), text: own.stoppedMeans };
    case "read-failed":
      return { bold: own.readFailed(byte, frame), text: own.readFailedMeans(issueText(issue, "reason")) };
    case "snap-length":
      return {
        bold: own.snapLength(count(issue, "frames"), snapLength(issue), issueNumber(issue, "frames") === 1),
        text: own.snapLengthMeans,
      };
    case "link-type-unsupported": {
      const name = linkTypeName(issueNumber(issue, "linkType"));
      return { bold: own.linkType(count(issue, "frames"), name, issueNumber(issue, "frames") === 1), text: own.linkTypeMeans };
    }
    case "table-full":
      return { bold: own.tableFull(tableName(issue, texts), count(issue, "limit")), text: own.tableFullMeans };
    case "file-changed":
      return { bold: own.changed, text: own.changedMeans };
    case "unsupported-format":
    case "empty-file":
    case "not-a-capture":
      return undefined;
  }
}

/** Whole percent of the file that was read. */
export function percentRead({ bytesRead, size }: Pick<Capture, "bytesRead" | "size">): number {
  return size === 0 ? 100 : Math.min(100, Math.floor((bytesRead / size) * 100));
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

function tableName(issue: Issue, { banners: own }: HostTexts): string {
  const table = issueText(issue, "table");
  return Object.hasOwn(own.tables, table) ? own.tables[table as keyof typeof own.tables] : own.tables.other;
}

/** A file whose header names no limit, or the largest one, was cut by something else. */
function snapLength(issue: Issue): string | null {
  const length = issueNumber(issue, "snapLength");
  return length > 0 && length < 65_535 ? formatCount(length) : null;
}

function count(issue: Issue, key: string): string {
  return formatCount(issueNumber(issue, key));
}
