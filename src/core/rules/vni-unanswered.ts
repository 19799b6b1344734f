import type { ConnectionFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import { type Ending, endAfter, endingEvidence, endingSentence, followed } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { missingAnswer } from "./missingAnswer.ts";
import { defineRule } from "./rule.ts";
import { exchangesWhere, MAX_SHOWN_EXCHANGES, withoutValidation } from "./validateComparison.ts";
import { negotiateContext, validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type UnansweredData = {
  requestFrame: number;
  interimFrame: number | null;
  alsoFrames: readonly number[];
  /** Seconds from the last such request to the end of the connection, or to the end of the capture. */
  waitedSeconds: number;
  ending: Ending;
  endFrame: number | null;
};

/** A validation request that was never answered although the capture shows enough of what followed ([MS-SMB2] 3.2.5.1.3). */
export const vniUnanswered = defineRule<UnansweredData>({
  id: "vni-unanswered",
  severity: "warning",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.5", "MS-SMB2 3.2.5.1.3", "MS-SMB2 3.3.5.15.12"],
  remedies: [
    "allow-validation-on-server",
    "stop-rewriting",
    "require-signing",
    "capture-both-sides",
    "workaround-require-secure-negotiate",
  ],
  proofAt: "server",
  explainedBy: [...VALIDATION_CAUSES, "vni-request-aborted", "tcp-retransmit-reset"],
  check,
  texts: {
    en: () => ({
      name: "Validation never answered",
      recognises:
        "The validation request was never answered, and the client ended the connection itself or the capture goes on for at least 15 seconds.",
      outcome: () => "Validation not answered",
      title: () => "The validation request was never answered.",
      what: (data) =>
        `The validation request ${inFrame(data.requestFrame)} got no answer${data.interimFrame === null ? "" : ` but an interim STATUS_PENDING ${inFrame(data.interimFrame)}`} in ${data.waitedSeconds} s.${againIn(data.alsoFrames, "en")} ${endingSentence(data, "en")}`,
      why: () =>
        "A client that requires the validation waits for its answer and then gives up, by which the share seems to hang. Something on the path swallowed the request or the answer, or the server dropped it.",
      todo: () => [
        "Capture at the server too: see whether the request arrives there and an answer leaves.",
        "If a firewall or inspection device drops FSCTL_VALIDATE_NEGOTIATE_INFO or its answer, let both pass.",
        "If the request arrives and no answer leaves, update the server.",
      ],
      limit: () => "Not in this capture: whether the request reached the server. A capture taken at the server shows it.",
    }),
    ja: () => ({
      name: "検証に応答がない",
      recognises: "検証の要求に応答がなく、クライアントが自分で接続を終了したか、キャプチャが 15 秒以上続いています。",
      outcome: () => "検証に応答がない",
      title: () => "検証の要求に応答がありませんでした。",
      what: (data) =>
        `検証の要求 ${inFrame(data.requestFrame)} に、${data.waitedSeconds} 秒間${data.interimFrame === null ? "" : `、中間応答の STATUS_PENDING ${inFrame(data.interimFrame)} 以外の`}応答がありませんでした。${againIn(data.alsoFrames, "ja")}${endingSentence(data, "ja")}`,
      why: () =>
        "検証を必須にするクライアントは応答を待ち、その後であきらめます。そのため共有が固まったように見えます。経路上の何かが要求か応答を捨てたか、サーバーが要求を捨てています。",
      todo: () => [
        "サーバー側でもキャプチャを取り、要求が届いているか、応答が出ているかを確認します。",
        "ファイアウォールや検査装置が FSCTL_VALIDATE_NEGOTIATE_INFO やその応答を捨てているなら、両方の通過を許可します。",
        "要求が届いているのに応答が出ていないなら、サーバーを更新します。",
      ],
      limit: () => "このキャプチャから分からないこと: 要求がサーバーに届いたかどうか。サーバーのそばで取ったキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<UnansweredData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const exchanges = exchangesWhere(facts, (exchange) => isMissing(facts, exchange, "unanswered"));
  const first = exchanges[0];
  const last = exchanges.at(-1);
  if (first?.request == null || last?.request == null) return withoutMissing(facts);
  const end = endAfter(facts, last.request.frame);
  const after = end === undefined ? followed(facts, last.request.frame, last.nextRequest) : followed(facts, end.frame, null);
  const shown = exchanges.slice(0, MAX_SHOWN_EXCHANGES);
  return {
    verdict: "fails",
    count: exchanges.length,
    data: {
      requestFrame: first.request.frame,
      interimFrame: first.interim?.frame ?? null,
      alsoFrames: shown.slice(1).flatMap((exchange) => (exchange.request === null ? [] : [exchange.request.frame])),
      waitedSeconds: roundSeconds((end?.time ?? facts.captureEndTime) - last.request.time),
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...negotiateContext(facts),
      ...shown.flatMap((exchange) => [
        ...validateRequestEvidence(exchange, "observed"),
        ...(exchange.interim === null ? [] : [validateResponseEvidence(exchange.interim, "context")]),
      ]),
      ...endingEvidence(after),
    ],
  };
}

function withoutMissing(facts: ConnectionFacts): Verdict<UnansweredData> {
  if (facts.validations.some((exchange) => isMissing(facts, exchange, "answer-lost"))) return undetermined("answer-lost");
  return facts.validations.some((exchange) => isMissing(facts, exchange, "capture-ends")) ? undetermined("capture-ends") : HOLDS;
}

function isMissing(facts: ConnectionFacts, exchange: ValidationFacts, how: ReturnType<typeof missingAnswer>): boolean {
  return exchange.request !== null && exchange.response === null && missingAnswer(facts, exchange) === how;
}

/** Nanoseconds as seconds with one decimal. */
function roundSeconds(nanoseconds: number): number {
  return Math.round(nanoseconds / 1e8) / 10;
}
