import type { Language } from "../spec/language.ts";
import type { FieldIssue, FieldIssueKind } from "../struct/field.ts";
import { formatCount } from "./quantities.ts";

type IssueData = FieldIssue["data"];
type IssueSentences = Readonly<Record<FieldIssueKind, (data: IssueData) => string>>;

const english: IssueSentences = {
  truncated: (data) => `only ${count(data, "have")} of ${count(data, "need")} bytes are at hand`,
  "outside-message": (data) =>
    `reaches beyond the end of what holds it: ${count(data, "need")} bytes are needed, ${count(data, "have")} are there`,
  overlap: (data) => `the offset ${data["offset"]} leads back into what stands before`,
  unexpected: (data) => `must be ${data["expected"]}`,
  "too-many": (data) => `${count(data, "count")} elements; only the first ${count(data, "limit")} are shown`,
  "odd-length": (data) => `UTF-16 text of an odd number of bytes (${count(data, "length")})`,
};

const japanese: IssueSentences = {
  truncated: (data) => `${count(data, "need")} バイトのうち ${count(data, "have")} バイトだけがあります`,
  "outside-message": (data) => `収まるべき範囲を超えています (必要 ${count(data, "need")} バイト、実際 ${count(data, "have")} バイト)`,
  overlap: (data) => `オフセット ${data["offset"]} が、これより前の部分を指しています`,
  unexpected: (data) => `${data["expected"]} でなければなりません`,
  "too-many": (data) => `要素が ${count(data, "count")} 個あり、最初の ${count(data, "limit")} 個だけを表示しています`,
  "odd-length": (data) => `UTF-16 のテキストなのに、バイト数が奇数 (${count(data, "length")}) です`,
};

/** Trouble with a field in words, without a full stop. */
export function fieldIssueText({ kind, data }: FieldIssue, language: Language): string {
  return (language === "ja" ? japanese : english)[kind](data);
}

function count(data: IssueData, key: string): string {
  return formatCount(Number(data[key] ?? 0));
}
