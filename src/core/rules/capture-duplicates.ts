import type { ConnectionFacts } from "../model/connectionFacts.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

/** Below so many packets with data, a packet that is there twice may still be an accident of the network. */
const FEWEST_SEGMENTS = 4;

type DuplicatesData = {
  /** Packets with data, each counted once, and how often one of them was recorded again. */
  segments: number;
  repeats: number;
  /** The first packet that is there again, and where it is. */
  frame: number;
  repeatFrame: number;
};

/** Each packet was recorded at several places of one machine, or by a mirrored port in both directions. */
export const captureDuplicates = defineRule<DuplicatesData>({
  id: "capture-duplicates",
  severity: "information",
  subject: "server",
  sections: ["MS-SMB2 2.1"],
  remedies: ["capture-once"],
  check,
  texts: {
    en: () => ({
      name: "Packets recorded several times",
      recognises:
        "The capture holds each packet several times: at several components of one machine, on several interfaces, or from a mirrored port.",
      outcome: () => "Each packet was recorded several times",
      title: () => "The capture holds each packet of this connection several times.",
      what: (data) =>
        `The packet ${inFrame(data.frame)} is there again ${inFrame(data.repeatFrame)}: the same identification, numbers and checksum. To ${data.segments} packets with data there are ${data.repeats} copies.`,
      why: () =>
        "Nothing is wrong with the connection: the copies were left out, and are neither retransmissions nor a second connection. Other tools may count them as such, and the file is larger than it need be.",
      todo: () => [
        "Next time record in one place: pktmon with --comp nics, tcpdump on one interface instead of “any”, a mirrored port in one direction or of one port.",
      ],
      limit: () => "",
    }),
    ja: () => ({
      name: "重複して記録されたパケット",
      recognises:
        "同じパケットがキャプチャに何度も記録されています (1 台のコンピューターの複数のコンポーネント、複数のインターフェイス、ミラー ポート)。",
      outcome: () => "各パケットが何度も記録されている",
      title: () => "この接続の各パケットがキャプチャに何度も記録されています。",
      what: (data) =>
        `パケット ${inFrame(data.frame)} は ${inFrame(data.repeatFrame)} にもあります (識別子、番号、チェックサムが同じ)。データのあるパケット ${data.segments} 個に対して、複製が ${data.repeats} 個あります。`,
      why: () =>
        "接続に問題はありません。複製は除いてあり、再送とも別の接続とも見なしていません。ほかのツールでは再送と数えられることがあり、ファイルも必要以上に大きくなります。",
      todo: () => [
        "次回は 1 か所で記録します。pktmon では --comp nics を指定し、tcpdump では any ではなく 1 つのインターフェイスを指定し、ミラー ポートでは片方向または 1 つのポートだけを対象にします。",
      ],
      limit: () => "",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<DuplicatesData> | undefined {
  if (facts.messages === 0) return undefined;
  const { dataSegments: segments, repeatedSegments: repeats, firstRepeatFrame: repeatFrame, firstRepeatOf: frame } = facts;
  // Retransmissions that lost their race are a few; a place that records twice does it to all.
  if (repeatFrame === null || frame === null || repeats * 2 < segments) return HOLDS;
  if (segments < FEWEST_SEGMENTS) return undetermined("few-segments");
  return {
    verdict: "fails",
    count: repeats,
    data: { segments, repeats, frame, repeatFrame },
    evidence: [
      { frame: repeatFrame, role: "observed" },
      { frame, role: "expected" },
    ],
  };
}
