import type { CaptureSide, PairMark } from "../compare/captureComparison.ts";
import type { ComparisonTexts } from "./comparisonTexts.ts";
import { formatCount, formatSpan } from "./quantities.ts";

const MARKS: Partial<Readonly<Record<PairMark, string>>> = {
  addresses: "アドレス",
  "NTLM challenge": "NTLM チャレンジ",
  messages: "メッセージの並び",
  time: "時刻",
};
const name = (side: CaptureSide) => side.toUpperCase();

export const comparisonTextsJa: ComparisonTexts = {
  language: "ja",
  capture: (side, isClientSide) => `${name(side)}  ${isClientSide ? "クライアント側" : "サーバー側"}`,
  verdict: (pairs, changed) =>
    changed === 0
      ? `変更はありません。両方のキャプチャにある接続は ${formatCount(pairs)} 件で、両方にあるメッセージはすべて同じです。`
      : `両方のキャプチャにある接続 ${formatCount(pairs)} 件のうち ${formatCount(changed)} 件が、2 つの地点の間で変更されています。`,
  noPairs:
    "両方のキャプチャにある接続はありません。同じ時間に、途中の機器が変換するアドレスで絞り込まずに、どちらもクライアントが接続する前から取ってください。",
  clock: ({ nanoseconds, uncertainty, messages }) => {
    const size = formatSpan(Math.abs(nanoseconds), "ja");
    const exact = uncertainty === null ? "" : `、誤差 ${formatSpan(uncertainty, "ja")} 以内`;
    return `B の時計は A より ${size} ${nanoseconds < 0 ? "遅れて" : "進んで"}います (共通のメッセージ ${formatCount(messages)} 件から${exact})。`;
  },
  noClock: "共通のメッセージがないため、2 つの時計のずれは分かりません。",
  clientSide: ({ side, by, longerInA, longerInB }) =>
    by === "response-times"
      ? `クライアントに近いのは ${name(side)} です。応答 ${longerInA + longerInB} 件のうち ${side === "a" ? longerInA : longerInB} 件で、応答までの時間が ${name(side)} のほうが長くなっています。`
      : "どちらがクライアントに近いかは時刻から分からないため、先に指定された A をクライアント側とみなします。",
  pair: (a, b) => `A の接続 ${a}、B の接続 ${b}`,
  matchedBy: (marks) => `一致: ${marks.map((mark) => MARKS[mark] ?? mark).join("、")}`,
  unchanged: (messages) => `両方にあるメッセージ ${formatCount(messages)} 件はすべて同じです。`,
  changedBetween: (from, to) => `${name(from)} から ${name(to)} へ向かう途中で変更`,
  changedOnly: "バイト列が異なる",
  sent: (side) => `${name(side)} (送信時)`,
  arrived: (side) => `${name(side)} (到着時)`,
  absent: "なし",
  bytes: "(バイト)",
  cut: (side) =>
    `比較不能: ${side === "both" ? "どちらのキャプチャにも" : `${name(side)} には`}一部しかありません。長さの制限なしでキャプチャし直してください。`,
  onlyIn: (side) => `${name(side)} だけにあるもの`,
  oneSided: ({ certain }, other, arrived) => {
    if (!certain) return `${name(other)} にはない (そこで始まるか終わっている、またはパケットが欠けているため、見逃した可能性がある)`;
    return arrived ? `${name(other)} の地点は通っていない: 2 つの地点の間にある何かが送った` : `${name(other)} の地点まで届いていない`;
  },
  message: (text) =>
    text
      .replace(/ request$/, " 要求")
      .replace(/ response$/, " 応答")
      .replace("encrypted message", "暗号化されたメッセージ")
      .replace("compressed message", "圧縮されたメッセージ")
      .replace("message that is cut", "切り詰められたメッセージ"),
  direction: (fromClient) => (fromClient ? "クライアント -> サーバー" : "サーバー -> クライアント"),
  equalPairs: (count) => `ほかに、違いのない接続が両方のキャプチャに ${formatCount(count)} 件あります。`,
  unpaired: (side, ids, count) =>
    `${name(side)} だけにある接続: ${ids.join("、")}${count > ids.length ? ` ほか ${formatCount(count - ids.length)} 件` : ""}`,
  omitted: (count) => `接続 ${formatCount(count)} 件は、数が多すぎるため比べていません。`,
  more: (count) => `... ほか ${formatCount(count)} 件`,
  meaning: (client) =>
    `${name(client)} と ${name(client === "a" ? "b" : "a")} の地点の間にある機器が、SMB のメッセージを書き換えています。クライアントとサーバーは、相手が言っていないことを互いに受け取り、どちらかがそれを証明できた時点で接続を終了します。`,
  todo: [
    "2 つの地点の間で TCP ポート 445 に手を加える機器 (WAN アクセラレーター、SMB プロキシ、検査するファイアウォール) を特定してください。疑わしい機器の両側でキャプチャを取り、もう一度比べます。",
    "その機器でこの通信をそのまま通すか、署名付き SMB 用のモードを使ってください。このような変更に必ず気付けるよう、両端で SMB 署名を必須にしてください。",
  ],
  labels: { so: "意味", todo: "対処" },
};
