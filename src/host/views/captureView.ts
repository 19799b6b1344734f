import { type Capture, captureAbout, formatCount, formatNames, formatSpan, linkTypeName } from "../../core/index.ts";
import type { CaptureView, ChipId, ListView } from "../../protocol/views.ts";
import { banners } from "./banners.ts";
import type { HostTexts } from "./texts.ts";

const MOST_LINK_TYPES = 3;

/** Numbers of connections a chip. */
export type ChipCounts = Readonly<Record<ChipId, number>>;

/** The page as a whole. `first` is the connection to show first (0: none), `proved` whether its verdict is a proved one. */
export function captureView(
  name: string,
  capture: Capture,
  counts: ChipCounts,
  first: { readonly id: number; readonly proved: boolean },
  texts: HostTexts,
): CaptureView {
  return {
    name,
    summary: captureSummary(capture, texts),
    banners: banners(capture, first.proved, texts),
    list: listView(counts, texts),
    about: captureAbout(capture, texts.language),
    first: first.id,
    announcement: texts.list.announcement(counts.failed, counts.warnings),
  };
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
