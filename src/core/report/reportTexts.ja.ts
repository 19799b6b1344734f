import type { Side } from "../model/connectionFacts.ts";
import { formatCount } from "./quantities.ts";
import type { ReportTexts } from "./reportTexts.ts";

const sides: Readonly<Record<Side, string>> = { client: "クライアント", server: "サーバー" };

export const reportTextsJa: ReportTexts = {
  language: "ja",
  comma: "、",
  sentenceGap: "",
  severity: { error: "エラー", warning: "警告", information: "情報" },
  certainty: { proved: "確定", suspected: "疑い", undetermined: "判定不能" },
  outcome: { failed: "失敗", warning: "警告", unknown: "判定不能", healthy: "問題なし", validated: "問題なし、検証済み" },
  role: { observed: "観測", expected: "矛盾する値", effect: "その後の動き", context: "背景" },
  labels: { what: "事実", so: "意味", todo: "対処", limit: "不明", see: "参照", note: "注意" },
  headings: {
    capture: "キャプチャ",
    findings: "検出結果",
    connections: "接続",
    checks: "確認項目",
    evidence: "証拠",
    story: "経過",
    whatToDo: "対処",
    specification: "仕様",
    rules: "ルール",
    remedies: "対処方法",
    message: "メッセージ",
    frame: "フレーム",
    field: "フィールド",
    value: "値",
    meaning: "意味",
    undo: "元に戻す方法",
    check: "確認方法",
  },
  connectionColumns: ["番号", "結果", "クライアント → サーバー", "ダイアレクト", "保護", "ユーザー", "説明"],
  frames: (count) => `${formatCount(count)} フレーム`,
  verdict: (counts, hidesFailure = false) => {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const parts = [
      [counts.failed, "失敗"],
      [counts.warning, "警告"],
      [counts.unknown, "判定不能"],
      [counts.healthy + counts.validated, "問題なし"],
    ] as const;
    const shown = parts.filter(([count]) => count > 0).map(([count, word]) => `${word} ${formatCount(count)}`);
    const head = counts.failed === 0 && !hidesFailure ? "失敗した接続はありません。" : "";
    return `${head}接続 ${formatCount(all)} 件: ${shown.join("、")}`;
  },
  noSmb: ({ tcpConnections, frames }, extent) => {
    if (extent === "unreadable") return "このキャプチャに SMB の通信があるかどうかは分かりません。フレームのほとんどを読み取れません。";
    if (extent === "beginning")
      return `読み取れたのは先頭の ${formatCount(frames)} 個のフレームだけで、そこに SMB の通信はありません。その後にあるかどうかは分かりません。`;
    return tcpConnections === 0
      ? "このキャプチャに SMB の通信はありません。TCP の接続も開かれていません。"
      : `このキャプチャに SMB の通信はありません。TCP の接続は ${formatCount(tcpConnections)} 件開かれていますが、ポート 445 と 139 に SMB はありません。`;
  },
  notShown: (count, rules, settings) =>
    `設定${settings === "" ? "" : ` (${settings}) `}により、検出 ${formatCount(count)} 件を表示していません: ${rules.join("、")}。`,
  connections: (count) => `接続 ${formatCount(count)} 件`,
  connection: (id) => `接続 ${id}`,
  copyOf: (id) => `接続 ${id} を別のインターフェイスで見たもの`,
  signing: (by) =>
    by === "both" ? "署名: 両方が必須" : by === "neither" ? "署名: 任意" : by === "unknown" ? "署名: 不明" : `署名: ${sides[by]}が必須`,
  products: (ends) => `製品の推定: ${ends}`,
  tcpCount: {
    retransmissions: (count) => `再送 ${formatCount(count)} 件`,
    keepAlives: (count) => `キープアライブ ${formatCount(count)} 件`,
    zeroWindows: (count) => `ウィンドウ 0 の通知 ${formatCount(count)} 件`,
    urgent: (count) => `緊急データ ${formatCount(count)} 件`,
  },
  ended: (by, how) => `${sides[by]}が終了、${how}`,
  notEnded: "キャプチャ内では終了していない",
  guest: "ゲスト",
  anonymous: "匿名",
  signed: "署名あり",
  signatureZero: "署名がすべて 0",
  encrypted: "暗号化",
  compressed: "圧縮",
  partlySigned: "一部のみ署名",
  notSigned: "署名なし",
  tcpEnd: (by, how) => `${sides[by]}が接続を${how === "RST" ? "リセット" : "終了"}`,
  moreMessages: (count, kinds) => `その他のメッセージ ${formatCount(count)} 件: ${kinds}`,
  differsFrom: (frames) => `${frames.join("、")} と異なる`,
  unusedDialects: "使われないダイアレクトだけ異なる: 許容",
  cannotTell: (reason) => `判定不能: ${reason}`,
  moreConnections: (count, healthy) => `... ほかに${healthy ? "問題のない" : ""}接続 ${formatCount(count)} 件`,
  moreFindings: (count) => `... ほかに検出結果 ${formatCount(count)} 件`,
  omittedMessages: (count) => `この後のメッセージ ${formatCount(count)} 件は表示していません。`,
  linesOmitted: "ここで終わっています。エディターが遅れずに表示できる長さに達しました。",
  setBit: "あり",
  clearBit: "なし",
  bitIn: (frame, set) => (set ? `[${frame}] ではあり` : `[${frame}] ではなし`),
  equalTo: (frame) => `[${frame}] と同じです。`,
  otherThan: (frame, value) => `[${frame}] では ${value} です。`,
  cut: "キャプチャ時に切り詰め",
  weakens: "セキュリティが弱くなる",
  commandsFor: (rule) => `システムごとのコマンド: smb-lens rules ${rule}`,
  response: "応答",
  request: "要求",
  verdictWord: { holds: "問題なし", fails: "違反", undetermined: "判定不能" },
  noteForNetwork: "ネットワーク担当者へ",
  networkTask: (client, server, port) =>
    `${client} と ${server} の間で TCP ポート ${port} の通信を書き換える、または切断する機器 (WAN アクセラレーター、SMB プロキシ、SMB を検査するファイアウォール) を特定してください。その機器でこの通信をバイパスするか、署名付き SMB 用のモードを使ってください。サーバーのそばで取ったキャプチャには、送信されたままのメッセージが残ります。`,
  rulesHint: "smb-lens rules ID で、1 つのルールとその対処方法のコマンドを表示します。",
};
