import { clientValueRule } from "./clientValueRule.ts";
import { capabilitiesOnlyIn, capabilitiesText } from "./valueText.ts";

export const vniClientCapabilitiesDiffer = clientValueRule({
  id: "vni-client-capabilities-differ",
  name: { en: "Client Capabilities differ", ja: "クライアントの Capabilities の不一致" },
  negotiateField: "Capabilities",
  validateField: "Capabilities",
  differs: (_facts, _exchange, negotiate, request) => negotiate.capabilities !== request.capabilities,
  text: (values) => capabilitiesText(values.capabilities),
  onlyIn: (one, other) => capabilitiesOnlyIn(one.capabilities, other.capabilities),
  identity: ["negotiateValue", "validateValue"],
  danger: {
    en: "With changed Capabilities the server withholds what the client can do, encryption among it.",
    ja: "Capabilities が書き換えられると、サーバーは、暗号化など、クライアントが使える機能を提供しなくなります。",
  },
  outcome: {
    en: "Validation failed: client Capabilities changed",
    ja: "検証に失敗: クライアントの Capabilities が書き換えられた",
  },
  otherReason: {
    en: "if it is the same there, the client itself fills the validation with other values than it sent.",
    ja: "そこでも同じなら、クライアント自身が、送った値とは別の値を検証に入れています。",
  },
});
