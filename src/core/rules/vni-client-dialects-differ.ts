import { dialectName } from "../smb2/constants/dialects.ts";
import { clientValueRule } from "./clientValueRule.ts";
import { relateDialects } from "./dialectSets.ts";
import { isProtected } from "./protection.ts";
import { dialectsFail } from "./validateComparison.ts";
import { dialectsText } from "./valueText.ts";

export const vniClientDialectsDiffer = clientValueRule({
  id: "vni-client-dialects-differ",
  name: { en: "Client Dialects differ", ja: "クライアントの Dialects の不一致" },
  negotiateField: "Dialects",
  validateField: "Dialects",
  differs: (facts, exchange, negotiate, request) => dialectsFail(facts, exchange, relateDialects(negotiate.dialects, request.dialects)),
  text: (values) => dialectsText(values.dialects),
  onlyIn: (one, other) => one.dialects.filter((dialect) => !other.dialects.includes(dialect)).map(dialectName),
  // Some Windows versions name every dialect they implement: where the server confirms it under signature, a longer list proves nothing.
  certainty: (exchange, negotiate, request) => {
    const { response } = exchange;
    const onlyMore = negotiate.dialects.every((dialect) => request.dialects.includes(dialect));
    return onlyMore && response !== null && response.status === 0 && isProtected(response) ? "suspected" : "proved";
  },
  identity: ["negotiateValue", "validateValue"],
  danger: {
    en: "With dialects taken out of the request the server chooses an older version with weaker protection: this is the downgrade that the validation was made to detect.",
    ja: "要求からダイアレクトが削られると、サーバーは保護の弱い古いバージョンを選びます。検証は、このダウングレードを見つけるために作られました。",
  },
  outcome: {
    en: "Validation failed: client Dialects changed",
    ja: "検証に失敗: クライアントの Dialects が書き換えられた",
  },
  otherReason: {
    en: "if it is the same there, the client itself names more dialects in the validation, as Windows 10 1507 to 1909 and Windows Server 2016 and later can.",
    ja: "そこでも同じなら、クライアント自身が検証により多くのダイアレクトを入れています (Windows 10 1507 から 1909、Windows Server 2016 以降にはその動作があります)。",
  },
});
