import type { Analysis } from "../../core/index.ts";
import type { BannerView } from "../../protocol/views.ts";
import type { RuleChoice } from "../../protocol/worker.ts";
import type { HostTexts } from "./texts.ts";

/** What the settings of the rules keep from the page, and a settings file that cannot be used. */
export function ruleBanners(analysis: Analysis, { origin, trouble }: RuleChoice, texts: HostTexts): readonly BannerView[] {
  const { banners: own } = texts;
  const action = { action: "rule-settings", label: own.ruleSettings } as const;
  const views: BannerView[] = [];
  if (trouble !== "") views.push({ bold: own.settingsTrouble, text: trouble, action });
  if (analysis.suppressed !== undefined) {
    const { incidents } = analysis.suppressed;
    const rules = [...new Set(incidents.map(({ rule }) => rule))];
    views.push({ bold: own.notShown(incidents.length), text: own.turnedOff(rules, origin), action });
  }
  return views;
}
