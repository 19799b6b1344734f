import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { type Ending, endingEvidence, endingSentence, followed } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { defineRule } from "./rule.ts";
import {
  exchangesWhere,
  isReadable,
  MAX_SHOWN_EXCHANGES,
  noReadableRequest,
  VALIDATE_RESPONSE_LENGTH,
  withoutValidation,
} from "./validateComparison.ts";
import { negotiateContext, validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type OutputTooSmallData = {
  requestFrame: number;
  maxOutputResponse: number;
  alsoFrames: readonly number[];
  answerFrame: number | null;
  answerStatus: string | null;
  ending: Ending;
  endFrame: number | null;
};

/** MaxOutputResponse of the validation is too small for its answer ([MS-SMB2] 3.3.5.15.12). */
export const vniOutputTooSmall = defineRule<OutputTooSmallData>({
  id: "vni-output-too-small",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.15.12", "MS-SMB2 3.2.5.5", "MS-SMB2 2.2.31"],
  remedies: ["update-client"],
  identity: ["maxOutputResponse"],
  check,
  texts: {
    en: () => ({
      name: "MaxOutputResponse too small for the validation",
      recognises: "The validation request allows less than the 24 bytes that its answer needs.",
      outcome: () => "Validation failed: MaxOutputResponse too small",
      title: (data) => `The client asked for a validation but allowed only ${data.maxOutputResponse} bytes for the answer.`,
      what: (data) =>
        `The validation request ${inFrame(data.requestFrame)} has MaxOutputResponse ${data.maxOutputResponse}; the answer needs 24.${againIn(data.alsoFrames, "en")} ${data.answerFrame === null ? endingSentence(data, "en") : `The server answered ${data.answerStatus} ${inFrame(data.answerFrame)}.`}`,
      why: () =>
        "The server must end the connection when MaxOutputResponse is less than the size of its answer ([MS-SMB2] 3.3.5.15.12). Samba answers STATUS_BUFFER_TOO_SMALL instead.",
      todo: () => ["Update the client: it has to set MaxOutputResponse to 24 or more."],
      limit: () => "",
    }),
    ja: () => ({
      name: "検証の MaxOutputResponse が小さすぎる",
      recognises: "検証の要求が許す応答の長さが、必要な 24 バイトより小さくなっています。",
      outcome: () => "検証に失敗: MaxOutputResponse が小さすぎる",
      title: (data) => `クライアントが検証を求めましたが、応答の長さを ${data.maxOutputResponse} バイトしか許していません。`,
      what: (data) =>
        `検証の要求 ${inFrame(data.requestFrame)} の MaxOutputResponse は ${data.maxOutputResponse} ですが、応答には 24 が必要です。${againIn(data.alsoFrames, "ja")}${data.answerFrame === null ? endingSentence(data, "ja") : `サーバーは ${data.answerStatus} で応答しました ${inFrame(data.answerFrame)}。`}`,
      why: () =>
        "MaxOutputResponse が応答の長さより小さいとき、サーバーは接続を切断しなければなりません ([MS-SMB2] 3.3.5.15.12)。Samba は代わりに STATUS_BUFFER_TOO_SMALL で応答します。",
      todo: () => ["クライアントを更新します。MaxOutputResponse を 24 以上にする必要があります。"],
      limit: () => "",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<OutputTooSmallData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const exchanges = exchangesWhere(facts, ({ request }) => isReadable(request) && request.maxOutputResponse < VALIDATE_RESPONSE_LENGTH);
  const first = exchanges[0];
  const last = exchanges.at(-1);
  if (first?.request == null || last?.request == null) {
    const reason = noReadableRequest(facts);
    return reason === undefined ? HOLDS : undetermined(reason);
  }
  const after = followed(facts, last.response?.frame ?? last.request.frame, last.nextRequest);
  const shown = exchanges.slice(0, MAX_SHOWN_EXCHANGES);
  return {
    verdict: "fails",
    count: exchanges.length,
    data: {
      requestFrame: first.request.frame,
      maxOutputResponse: first.request.maxOutputResponse,
      alsoFrames: shown.slice(1).flatMap((exchange) => (exchange.request === null ? [] : [exchange.request.frame])),
      answerFrame: last.response?.frame ?? null,
      answerStatus: last.response === null ? null : ntStatusName(last.response.status),
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...negotiateContext(facts),
      ...shown.flatMap((exchange) => [
        ...validateRequestEvidence(exchange, "observed", "MaxOutputResponse", String(exchange.request?.maxOutputResponse ?? 0)),
        ...(exchange.response === null ? [] : [validateResponseEvidence(exchange.response, "effect")]),
      ]),
      ...endingEvidence(after),
    ],
  };
}
