import type { ConnectionFacts, Side } from "../model/connectionFacts.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { sideText } from "./sideText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type LostData = {
  /** First frame behind the first gap, and who sent what is missing. */
  frame: number;
  side: Side;
  gaps: number;
  lostBytes: number;
};

/** The capture has gaps that hid SMB2 messages. */
export const captureLostFrames = defineRule<LostData>({
  id: "capture-lost-frames",
  severity: "warning",
  subject: "server",
  sections: ["RFC9293 3.4"],
  remedies: ["capture-without-loss"],
  check,
  texts: {
    en: () => ({
      name: "Frames missing from the capture",
      recognises: "The capture lacks frames with SMB messages which the other end received, as it acknowledged them.",
      outcome: () => "Frames are missing from the capture",
      title: () => "The capture lacks frames of this connection, and SMB messages in them.",
      what: (data) =>
        `Before ${inFrame(data.frame)} bytes of the ${data.side} are missing that the other end acknowledged: they were sent and received, but not captured. ${data.gaps === 1 ? "There is one such gap" : `There are ${data.gaps} such gaps`}; ${data.lostBytes} bytes of this connection are missing in all.`,
      why: () =>
        "What is missing may be the very message that explains the failure. Rules that need it cannot judge this connection, and others may know too little.",
      todo: () => [
        "Capture again without losing frames: filter on TCP port 445 while capturing, give the capture a larger buffer, write to a fast disk, and do not mirror more than the port can carry.",
      ],
      limit: () => "Not in this capture: the messages in the gaps.",
    }),
    ja: () => ({
      name: "キャプチャから欠けたフレーム",
      recognises: "SMB のメッセージを含むフレームがキャプチャから欠けています。相手が確認応答しているため、実際には届いていたものです。",
      outcome: () => "フレームがキャプチャから欠けている",
      title: () => "この接続のフレームと、その中の SMB メッセージがキャプチャから欠けています。",
      what: (data) =>
        `${inFrame(data.frame)} の前で、${sideText(data.side, "ja")}が送ったバイトが欠けています。相手が確認応答しているため、送受信されたもののキャプチャされていません。このような欠落は ${data.gaps} か所あり、この接続では合わせて ${data.lostBytes} バイトが欠けています。`,
      why: () =>
        "失敗の原因を示すメッセージが欠けている可能性があります。そのメッセージを必要とするルールはこの接続を判定できず、ほかのルールも情報が足りないことがあります。",
      todo: () => [
        "フレームを取りこぼさないようにキャプチャし直します。キャプチャ時に TCP ポート 445 に絞る、バッファーを大きくする、高速なディスクに書き込む、ミラー ポートの容量を超えないようにする、などの方法があります。",
      ],
      limit: () => "このキャプチャから分からないこと: 欠けた部分のメッセージ。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<LostData> | undefined {
  if (facts.messages === 0 && facts.smb1Messages === 0) return undefined;
  const first = facts.firstHidingGap;
  const lostBytes = facts.lostFromClient + facts.lostFromServer;
  if (first === null) return lostBytes > 0 ? undetermined("bytes-lost") : HOLDS;
  return {
    verdict: "fails",
    count: facts.hidingGaps,
    data: { frame: first.frame, side: first.from, gaps: facts.hidingGaps, lostBytes },
    evidence: [{ frame: first.frame, role: "observed" }],
  };
}
