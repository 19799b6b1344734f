import { clientValueRule } from "./clientValueRule.ts";
import { securityModeOnlyIn, securityModeText } from "./valueText.ts";

export const vniClientSecurityModeDiffers = clientValueRule({
  id: "vni-client-security-mode-differs",
  name: { en: "Client SecurityMode differs", ja: "クライアントの SecurityMode の不一致" },
  negotiateField: "SecurityMode",
  validateField: "SecurityMode",
  differs: (_facts, _exchange, negotiate, request) => negotiate.securityMode !== request.securityMode,
  text: (values) => securityModeText(values.securityMode),
  onlyIn: (one, other) => securityModeOnlyIn(one.securityMode, other.securityMode),
  identity: ["negotiateValue", "validateValue"],
  danger: {
    en: "A changed SecurityMode can make the server believe that the client does not require signing.",
    ja: "SecurityMode が書き換えられると、サーバーは、クライアントが署名を必須にしていないと思い込むことがあります。",
  },
  outcome: {
    en: "Validation failed: client SecurityMode changed",
    ja: "検証に失敗: クライアントの SecurityMode が書き換えられた",
  },
  otherReason: {
    en: "if it is the same there, the client itself fills the validation with other values than it sent.",
    ja: "そこでも同じなら、クライアント自身が、送った値とは別の値を検証に入れています。",
  },
});
