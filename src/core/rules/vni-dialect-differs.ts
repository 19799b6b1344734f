import { dialectName } from "../smb2/constants/dialects.ts";
import { serverValueRule } from "./serverValueRule.ts";

export const vniDialectDiffers = serverValueRule({
  id: "vni-dialect-differs",
  name: { en: "Dialect differs", ja: "ダイアレクトの不一致" },
  negotiateField: "DialectRevision",
  validateField: "Dialect",
  same: (one, other) => one.dialect === other.dialect,
  text: (values) => dialectName(values.dialect),
  danger: {
    en: "A changed dialect forces both ends to an older version with weaker protection: this is the downgrade that the validation was made to detect.",
    ja: "ダイアレクトが書き換えられると、両端は保護の弱い古いバージョンを使わされます。検証は、このダウングレードを見つけるために作られました。",
  },
  outcome: {
    en: "Validation failed: dialect changed",
    ja: "検証に失敗: ダイアレクトが書き換えられた",
  },
});
