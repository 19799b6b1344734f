import { type Analysis, type Capture, captureAbout, formatCount, formatNames, formatSpan, linkTypeName } from "../../core/index.ts";
import type { CaptureView, ChipId, ListView } from "../../protocol/views.ts";
import type { RuleChoice } from "../../protocol/worker.ts";
import { banners } from "./banners.ts";
import { ruleBanners } from "./ruleBanners.ts";
import type { HostTexts } from "./texts.ts";

const MOST_LINK_TYPES = 3;

/** Numbers of connections a chip. */
export type ChipCounts = Readonly<Record<ChipId, number>>;

/** The page as a whole. `first` is the connection to show first (0: none), `proved` whether its verdict is a proved one. */
export function captureView(
  name: string,
  analysis: Analysis,
  rules: RuleChoice,
  counts: ChipCounts,
  first: { readonly id: number; readonly proved: boolean },
  texts: HostTexts,
): CaptureView {
  const { capture } = analysis;
  return {
    name,
    summary: captureSummary(capture, texts),
    banners: [...ruleBanners(analysis, rules, texts), ...banners(capture, first.proved, texts)],
    list: listView(counts, texts),
    about: captureAbout(capture, texts.language),
    first: first.id,
    announcement: announcement(analysis, counts, texts),
  };
}

function announcement(analysis: Analysis, { failed, warnings }: ChipCounts, { list, banners: own }: HostTexts): string {
  const hidden = analysis.suppressed?.incidents.length ?? 0;
  if (hidden === 0) return list.announcement(failed, warnings);
  // "No failed connection" would be said of findings that are not shown.
  return failed + warnings === 0 ? own.notShown(hidden) : `${list.announcement(failed, warnings)}. ${own.notShown(hidden)}`;
}

/** `pcap, Ethernet, 18 frames, 12.7 ms`. */
export function captureSummary(capture: Capture, texts: HostTexts): string {
  const linkTypes = [...new Set(capture.interfaces.map((one) => linkTypeName(one.linkType)))].slice(0, MOST_LINK_TYPES);
  return [
    ...formatNames(capture),
    ...linkTypes,
    texts.common.frames(formatCount(capture.frames), capture.frames === 1),
    formatSpan(capture.lastTime - capture.firstTime, texts.language),
  ].join(texts.common.comma);
}

function listView(counts: ChipCounts, texts: HostTexts): ListView {
  const ids: readonly ChipId[] = ["all", "failed", "warnings", "unknown", "healthy"];
  return { chips: ids.map((id) => ({ id, label: texts.list.chips[id], count: counts[id] })), total: counts.all };
}
