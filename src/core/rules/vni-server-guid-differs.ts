import { sameGuid } from "../model/guid.ts";
import { serverValueRule } from "./serverValueRule.ts";
import { guidText } from "./valueText.ts";

export const vniServerGuidDiffers = serverValueRule({
  id: "vni-server-guid-differs",
  name: { en: "ServerGuid differs", ja: "ServerGuid の不一致" },
  negotiateField: "ServerGuid",
  validateField: "Guid",
  same: (one, other) => sameGuid(one.guid, other.guid),
  text: (values) => guidText(values.guid),
  danger: {
    en: "ServerGuid tells one server from another; with a changed one the client may take two servers for one, or one for two.",
    ja: "ServerGuid はサーバーを見分けるための値です。書き換えられると、クライアントは 2 台のサーバーを 1 台と、または 1 台を 2 台と取り違えることがあります。",
  },
  outcome: {
    en: "Validation failed: ServerGuid changed",
    ja: "検証に失敗: ServerGuid が書き換えられた",
  },
});
