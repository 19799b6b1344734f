import type { ConnectionFacts, MessageFacts } from "../model/connectionFacts.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import { HOLDS } from "./verdicts.ts";

type TruncatedData = {
  /** First message that was cut where it is needed. */
  frame: number;
  truncatedMessages: number;
};

/** The snap length cut a message that a rule needed. */
export const captureTruncated = defineRule<TruncatedData>({
  id: "capture-truncated",
  severity: "warning",
  subject: "server",
  sections: ["MS-SMB2 2.2.1"],
  remedies: ["capture-whole-frames"],
  check,
  texts: {
    en: () => ({
      name: "Capture truncated",
      recognises: "Frames were cut when they were captured, and a message that a rule needs is among them.",
      outcome: () => "Cannot tell: messages were cut when captured",
      title: () => "The capture holds only the beginning of messages that are needed.",
      what: (data) =>
        `The message ${inFrame(data.frame)} was cut when it was captured; ${data.truncatedMessages} messages of this connection were.`,
      why: () => "What was cut off cannot be compared, so a changed field may go unnoticed here.",
      todo: () => [
        "Capture again with whole frames: pktmon with --pkt-size 0 (it keeps 128 bytes otherwise), tcpdump with -s 0, Wireshark without a snap length.",
      ],
      limit: () => "Not in this capture: the fields behind the cut.",
    }),
    ja: () => ({
      name: "切り詰められたキャプチャ",
      recognises: "フレームがキャプチャ時に切り詰められ、ルールに必要なメッセージが含まれています。",
      outcome: () => "判定できない: メッセージがキャプチャ時に切り詰められた",
      title: () => "必要なメッセージの先頭しかキャプチャにありません。",
      what: (data) =>
        `メッセージ ${inFrame(data.frame)} はキャプチャ時に切り詰められています。この接続では ${data.truncatedMessages} 個のメッセージが切り詰められています。`,
      why: () => "切り取られた部分は比べられないため、フィールドの書き換えに気付けないことがあります。",
      todo: () => [
        "フレーム全体をキャプチャし直します。pktmon では --pkt-size 0 を指定し (指定しないと 128 バイトだけになります)、tcpdump では -s 0 を指定し、Wireshark では長さの制限を付けません。",
      ],
      limit: () => "このキャプチャから分からないこと: 切り取られた部分のフィールド。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<TruncatedData> | undefined {
  if (facts.truncatedMessages === 0) return facts.messages > 0 ? HOLDS : undefined;
  const frame = firstNeeded(facts);
  if (frame === undefined) return HOLDS;
  return {
    verdict: "fails",
    count: facts.truncatedMessages,
    data: { frame, truncatedMessages: facts.truncatedMessages },
    evidence: [{ frame, role: "observed" }],
  };
}

/** Frame of the first cut message that a rule looks at; any message where not even NEGOTIATE could be recognised. */
function firstNeeded(facts: ConnectionFacts): number | undefined {
  const needed: (MessageFacts | null)[] = [
    ...facts.negotiates.flatMap(({ request, response }) => [request, response]),
    ...facts.sessions.map((session) => session.final),
    ...facts.validations.flatMap(({ request, response }) => [request, response]),
  ];
  const cut = needed.find((message) => message?.truncated === true);
  if (cut != null) return cut.frame;
  return facts.dialect === null ? (facts.firstTruncatedFrame ?? undefined) : undefined;
}
