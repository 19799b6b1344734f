import { serverValueRule } from "./serverValueRule.ts";
import { capabilitiesOnlyIn, capabilitiesText } from "./valueText.ts";

export const vniServerCapabilitiesDiffer = serverValueRule({
  id: "vni-server-capabilities-differ",
  name: { en: "Server Capabilities differ", ja: "サーバーの Capabilities の不一致" },
  negotiateField: "Capabilities",
  validateField: "Capabilities",
  same: (one, other) => one.capabilities === other.capabilities,
  text: (values) => capabilitiesText(values.capabilities),
  flagsOnlyIn: (one, other) => capabilitiesOnlyIn(one.capabilities, other.capabilities),
  danger: {
    en: "Changed Capabilities can switch off encryption, multichannel or leases without anybody noticing.",
    ja: "Capabilities が書き換えられると、暗号化、マルチチャネル、リースが気付かれないまま無効になることがあります。",
  },
  outcome: {
    en: "Validation failed: server Capabilities changed",
    ja: "検証に失敗: サーバーの Capabilities が書き換えられた",
  },
});
