import { sameGuid } from "../model/guid.ts";
import { clientValueRule } from "./clientValueRule.ts";
import { guidText } from "./valueText.ts";

export const vniClientGuidDiffers = clientValueRule({
  id: "vni-client-guid-differs",
  name: { en: "ClientGuid differs", ja: "ClientGuid の不一致" },
  negotiateField: "ClientGuid",
  validateField: "Guid",
  differs: (_facts, _exchange, negotiate, request) => !sameGuid(negotiate.guid, request.guid),
  text: (values) => guidText(values.guid),
  identity: [],
  danger: {
    en: "By ClientGuid the server knows which connections belong to one client; with a changed one leases and further channels break.",
    ja: "サーバーは ClientGuid で、どの接続が同じクライアントのものかを判断します。書き換えられると、リースや追加のチャネルが正しく働きません。",
  },
  outcome: {
    en: "Validation failed: ClientGuid changed",
    ja: "検証に失敗: ClientGuid が書き換えられた",
  },
  otherReason: {
    en: "if it is the same there, the client itself fills the validation with other values than it sent.",
    ja: "そこでも同じなら、クライアント自身が、送った値とは別の値を検証に入れています。",
  },
});
