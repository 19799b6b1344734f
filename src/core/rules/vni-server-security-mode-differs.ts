import { serverValueRule } from "./serverValueRule.ts";
import { securityModeOnlyIn, securityModeText } from "./valueText.ts";

export const vniServerSecurityModeDiffers = serverValueRule({
  id: "vni-server-security-mode-differs",
  name: { en: "Server SecurityMode differs", ja: "サーバーの SecurityMode の不一致" },
  negotiateField: "SecurityMode",
  validateField: "SecurityMode",
  same: (one, other) => one.securityMode === other.securityMode,
  text: (values) => securityModeText(values.securityMode),
  flagsOnlyIn: (one, other) => securityModeOnlyIn(one.securityMode, other.securityMode),
  danger: {
    en: "A changed SecurityMode can make the client believe that the server does not require signing.",
    ja: "SecurityMode が書き換えられると、クライアントは、サーバーが署名を必須にしていないと思い込むことがあります。",
  },
  outcome: {
    en: "Validation failed: server SecurityMode changed",
    ja: "検証に失敗: サーバーの SecurityMode が書き換えられた",
  },
});
