import type { ConnectionFacts, Side } from "../model/connectionFacts.ts";
import type { Repetition } from "../net/tcpSender.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { sideText } from "./sideText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

/** Retransmissions of the same bytes: one or two heal a loss; Windows sends five before it gives up. */
const FEWEST = 3;
/** Nanoseconds from the first to the last of them. Time-outs double from a fifth of a second on; quicker ones are no time-outs. */
const SHORTEST = 5e8;

type RetransmitData = {
  /** Who sent the bytes again. */
  side: Side;
  count: number;
  firstFrame: number;
  lastFrame: number;
  /** Tenths of a second from the first to the last. */
  tenths: number;
  resetFrame: number;
  resetBy: Side;
};

/** An end sent the same bytes again and again, heard nothing more from the other, and the connection was reset. */
export const tcpRetransmitReset = defineRule<RetransmitData>({
  id: "tcp-retransmit-reset",
  severity: "warning",
  subject: "connection",
  sections: ["RFC9293 3.8.1", "RFC9293 3.5.2"],
  remedies: ["find-lost-packets", "capture-both-sides"],
  proofAt: "both",
  identity: ["side", "resetBy"],
  check,
  texts: {
    en: () => ({
      name: "Retransmissions until the reset",
      recognises: "One end sent the same data again at least three times, got no data back, and then the connection was reset.",
      outcome: ({ side }) => `The ${side}'s data got no answer, then a reset`,
      title: ({ side }) => `The ${side} sent the same data again and again without an answer, until the connection was reset.`,
      what: ({ side, count, firstFrame, lastFrame, tenths, resetFrame, resetBy }) =>
        `The ${side} sent the same bytes again ${count} times, from ${inFrame(firstFrame)} to ${inFrame(lastFrame)}, over ${seconds(tenths)} seconds. No data came back, and ${inFrame(resetFrame)} is a RST in the ${resetBy}'s name.`,
      why: () =>
        "Either these packets or the answers to them were lost: the path was cut, or the other end hung or had crashed. What SMB was doing then is not the cause.",
      todo: () => [
        "Find out whether both ends and the path between them were up at that time: event logs, counters of network cards and switches, firewalls that drop idle connections.",
        "Capture at both ends: what one sent and the other did not receive was lost between the two.",
      ],
      limit: () => "On which side the packets were lost: a capture at the other end shows it.",
    }),
    ja: () => ({
      name: "切断までの再送",
      recognises: "一方が同じデータを 3 回以上送り直し、データが返ってこないまま、接続が RST で切断されました。",
      outcome: ({ side }) => `${sideText(side, "ja")}のデータに応答がなく切断`,
      title: ({ side }) => `${sideText(side, "ja")}が同じデータを何度も送り直しましたが応答がなく、接続が切断されました。`,
      what: ({ side, count, firstFrame, lastFrame, tenths, resetFrame, resetBy }) =>
        `${sideText(side, "ja")}が同じバイトを ${inFrame(firstFrame)} から ${inFrame(lastFrame)} まで ${count} 回、${seconds(tenths)} 秒にわたって送り直しています。データは返ってこず、${inFrame(resetFrame)} は${sideText(resetBy, "ja")}の名前で送られた RST です。`,
      why: () =>
        "これらのパケット、またはその応答が失われています。経路が切れたか、相手が停止または異常終了しています。そのときの SMB の操作は原因ではありません。",
      todo: () => [
        "その時刻に両端とその間の経路が動作していたかを確認します (イベント ログ、ネットワーク カードやスイッチのカウンター、アイドル状態の接続を破棄するファイアウォール)。",
        "両端でキャプチャします。一方が送り、もう一方が受け取っていないものは、その間で失われています。",
      ],
      limit: () => "どちら側でパケットが失われたかは分かりません。反対側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<RetransmitData> | undefined {
  if (facts.messages === 0 && facts.smb1Messages === 0) return undefined;
  const { client, server } = facts.path;
  const reset = facts.ends.find(({ how }) => how === "RST");
  if (reset === undefined) {
    const isOpen = facts.ends.length === 0 && Math.max(client.retransmissions, server.retransmissions) >= FEWEST;
    return isOpen ? undetermined("capture-ends") : HOLDS;
  }
  const side = isLong(client.repetition) ? "client" : "server";
  const repetition = facts.path[side].repetition;
  if (!isLong(repetition)) return HOLDS;
  const { count, firstFrame, lastFrame, span } = repetition;
  return {
    verdict: "fails",
    data: { side, count, firstFrame, lastFrame, tenths: Math.round(span / 1e8), resetFrame: reset.frame, resetBy: reset.by },
    evidence: [
      { frame: firstFrame, role: "observed" },
      { frame: lastFrame, role: "observed" },
      { frame: reset.frame, role: "effect", value: "RST" },
    ],
  };
}

function isLong(repetition: Repetition | null): repetition is Repetition {
  return repetition !== null && repetition.count >= FEWEST && repetition.span >= SHORTEST;
}

function seconds(tenths: number): string {
  return (tenths / 10).toFixed(1);
}
