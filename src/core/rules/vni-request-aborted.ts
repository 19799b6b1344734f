import type { ConnectionFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { dialectName, WILDCARD_DIALECT } from "../smb2/constants/dialects.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import { type Ending, endAfter, endingEvidence, endingSentence, followed } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { missingAnswer } from "./missingAnswer.ts";
import { negotiateRequest } from "./negotiateOperands.ts";
import { defineRule } from "./rule.ts";
import { exchangesWhere, isReadable, MAX_SHOWN_EXCHANGES, withoutValidation } from "./validateComparison.ts";
import { negotiateContext, validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type RequestAbortedData = {
  requestFrame: number;
  interimFrame: number | null;
  /** Frame of the NEGOTIATE request where it could be compared with the validation. */
  negotiateFrame: number | null;
  /** Names of the dialect chosen and of a higher one that the client offered; null where the best one was chosen. */
  chosen: string | null;
  offered: string | null;
  ending: Ending;
  endFrame: number | null;
};

/** The server's side ended the connection instead of answering the validation ([MS-SMB2] 3.3.5.15.12). */
export const vniRequestAborted = defineRule<RequestAbortedData>({
  id: "vni-request-aborted",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.15.12", "MS-SMB2 3.2.5.5"],
  remedies: [
    "capture-both-sides",
    "stop-rewriting",
    "allow-validation-on-server",
    "require-signing",
    "raise-dialect",
    "workaround-require-secure-negotiate",
  ],
  proofAt: "server",
  explainedBy: [...VALIDATION_CAUSES, "tcp-retransmit-reset"],
  identity: ["ending"],
  check,
  texts: {
    en: () => ({
      name: "Connection ended instead of an answer to the validation",
      recognises:
        "The validation request has no answer, and the server's side ended the connection, although this capture shows no difference between NEGOTIATE and the validation.",
      outcome: () => "Validation failed: server closed the connection",
      title: () => "The server's side ended the connection instead of answering the validation.",
      what: (data) =>
        `The validation request ${inFrame(data.requestFrame)} got no answer${data.interimFrame === null ? "" : ` but an interim STATUS_PENDING ${inFrame(data.interimFrame)}`}. ${endingSentence(data, "en")} ${comparedEn(data)}`,
      why: () =>
        "A server ends the connection without an answer when the validation does not repeat the NEGOTIATE request that reached it ([MS-SMB2] 3.3.5.15.12). Where both agree in this capture, the server received another NEGOTIATE request than this one, or a device cut the connection in the server's name.",
      todo: () => [
        "Capture at the server too and compare the NEGOTIATE requests: a field that differs is the cause.",
        "Take the device that rewrites SMB, usually a WAN accelerator, out of the path of port 445, or use its mode for signed SMB.",
        "If the validation request never reaches the server, a firewall or inspection device cuts it off: let it pass.",
      ],
      limit: (data) =>
        `Not in this capture: what the server received. ${data.chosen === null ? "A capture taken at the server shows it." : `A hint: the server chose ${data.chosen} although the client offered ${data.offered}, so a dialect may have been taken out of the request on its way. A capture taken at the server shows it.`}`,
    }),
    ja: () => ({
      name: "検証に応答せずに接続を終了",
      recognises: "検証の要求に応答がなく、サーバー側が接続を終了しています。このキャプチャでは NEGOTIATE と検証に違いは見られません。",
      outcome: () => "検証に失敗: サーバーが接続を切断した",
      title: () => "サーバー側が、検証に応答せずに接続を終了しました。",
      what: (data) =>
        `検証の要求 ${inFrame(data.requestFrame)} に${data.interimFrame === null ? "応答がありませんでした" : `対する応答は、中間応答の STATUS_PENDING ${inFrame(data.interimFrame)} だけでした`}。${endingSentence(data, "ja")}${comparedJa(data)}`,
      why: () =>
        "検証の内容が、届いた NEGOTIATE 要求と異なるとき、サーバーは応答せずに接続を切断します ([MS-SMB2] 3.3.5.15.12)。このキャプチャで両者が一致するなら、サーバーには別の NEGOTIATE 要求が届いたか、機器がサーバーになりすまして接続を切断しています。",
      todo: () => [
        "サーバー側でもキャプチャを取り、NEGOTIATE 要求を比べます。異なるフィールドが原因です。",
        "SMB を書き換える機器 (多くは WAN アクセラレーター) をポート 445 の経路から外すか、その機器の署名付き SMB 用のモードを使います。",
        "検証の要求がサーバーに届いていないなら、ファイアウォールや検査装置が止めています。通過を許可します。",
      ],
      limit: (data) =>
        `このキャプチャから分からないこと: サーバーに何が届いたか。${data.chosen === null ? "" : `手がかりとして、クライアントは ${data.offered} を提示しましたが、サーバーは ${data.chosen} を選んでいます。要求からダイアレクトが途中で削られたのかもしれません。`}サーバーのそばで取ったキャプチャで分かります。`,
    }),
  },
});

function comparedEn(data: RequestAbortedData): string {
  if (data.negotiateFrame === null) return "The NEGOTIATE request is not in this capture, so the two cannot be compared.";
  return `At this capture point the validation repeats the NEGOTIATE request ${inFrame(data.negotiateFrame)} exactly.`;
}

function comparedJa(data: RequestAbortedData): string {
  if (data.negotiateFrame === null) return "NEGOTIATE 要求がこのキャプチャにないため、両者を比べられません。";
  return `このキャプチャ地点では、検証は NEGOTIATE 要求 ${inFrame(data.negotiateFrame)} と一致しています。`;
}

function check(facts: ConnectionFacts): Verdict<RequestAbortedData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const aborted = exchangesWhere(facts, (exchange) => exchange.response === null && missingAnswer(facts, exchange) === "server-ended");
  const last = aborted.at(-1);
  if (last?.request == null) return withoutAbort(facts);
  const { request } = last;
  const end = followed(facts, (endAfter(facts, request.frame) ?? request).frame, null);
  const negotiate = negotiateRequest(facts);
  const comparable = typeof negotiate !== "string" && isReadable(request);
  const best = typeof negotiate === "string" ? 0 : Math.max(0, ...negotiate.dialects.filter((dialect) => dialect !== WILDCARD_DIALECT));
  const lowered = facts.dialect !== null && best > facts.dialect;
  return {
    verdict: "fails",
    count: aborted.length,
    data: {
      requestFrame: request.frame,
      interimFrame: last.interim?.frame ?? null,
      negotiateFrame: comparable ? negotiate.frame : null,
      chosen: lowered && facts.dialect !== null ? dialectName(facts.dialect) : null,
      offered: lowered ? dialectName(best) : null,
      ending: end.ending,
      endFrame: end.endFrame,
    },
    evidence: [
      ...negotiateContext(facts),
      ...aborted.slice(-MAX_SHOWN_EXCHANGES).flatMap((exchange) => validateRequestEvidence(exchange, "observed")),
      ...(last.interim === null ? [] : [validateResponseEvidence(last.interim, "context")]),
      ...endingEvidence(end),
    ],
  };
}

function withoutAbort(facts: ConnectionFacts): Verdict<RequestAbortedData> {
  const open = facts.validations.find((exchange) => isOpen(facts, exchange));
  if (open === undefined) return HOLDS;
  return undetermined(open.answerLost ? "answer-lost" : "capture-ends");
}

function isOpen(facts: ConnectionFacts, exchange: ValidationFacts): boolean {
  if (exchange.response !== null || exchange.request === null) return false;
  const missing = missingAnswer(facts, exchange);
  return missing === "answer-lost" || missing === "capture-ends";
}
