import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { type Ending, endingEvidence, endingSentence, followed } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { isProtected } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { exchangesWhere, isUnprotectedRequest, MAX_SHOWN_EXCHANGES, withoutValidation } from "./validateComparison.ts";
import { negotiateContext, validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type RequestUnprotectedData = {
  requestFrame: number;
  /** The SIGNED flag is set but the Signature is all zero. */
  zeroSignature: boolean;
  responseFrame: number | null;
  status: string | null;
  responseProtected: boolean;
  alsoFrames: readonly number[];
  ending: Ending;
  endFrame: number | null;
};

/** A validation request of a real user is neither signed nor encrypted ([MS-SMB2] 3.2.5.5). */
export const vniRequestUnprotected = defineRule<RequestUnprotectedData>({
  id: "vni-request-unprotected",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.5", "MS-SMB2 3.3.5.2.4", "MS-SMB2 3.2.5.14.12"],
  remedies: ["update-client", "require-signing", "stop-rewriting", "capture-both-sides"],
  proofAt: "client",
  check,
  texts: {
    en: () => ({
      name: "Validation request is not protected",
      recognises: "The validation request of a real user's session is neither signed nor encrypted.",
      outcome: () => "Validation failed: request not signed",
      title: (data) =>
        data.responseFrame !== null && !data.responseProtected
          ? "The validation request was neither signed nor encrypted, so its answer was not protected either."
          : "The validation request was neither signed nor encrypted.",
      what: (data) =>
        `The validation request ${inFrame(data.requestFrame)} ${data.zeroSignature ? "sets SMB2_FLAGS_SIGNED, but its Signature is all zero" : "does not set SMB2_FLAGS_SIGNED"}.${againIn(data.alsoFrames, "en")} ${answerEn(data)} ${endingSentence(data, "en")}`,
      why: () =>
        "The client must sign the validation even when the session does not require signing ([MS-SMB2] 3.2.5.5). A server answers an unsigned request unsigned, and the client must then end the connection; a server that requires signing refuses it with STATUS_ACCESS_DENIED.",
      todo: () => [
        "Update the client: some Linux kernels of 2017 and home-made clients send the validation without signature.",
        "Require SMB signing on the client and on the server, so that every request is signed.",
        "If the client does sign, a device on the path strips the signature: capture at the client too and look at the same request there.",
      ],
      limit: () =>
        "Not in this capture: whether the client sent the request without signature or a device on the path removed it. A capture taken at the client shows it.",
    }),
    ja: () => ({
      name: "検証の要求が保護されていない",
      recognises: "実在するユーザーのセッションで、検証の要求が署名も暗号化もされていません。",
      outcome: () => "検証に失敗: 要求に署名がない",
      title: (data) =>
        data.responseFrame !== null && !data.responseProtected
          ? "検証の要求が署名も暗号化もされていなかったため、応答も保護されていませんでした。"
          : "検証の要求が署名も暗号化もされていませんでした。",
      what: (data) =>
        `検証の要求 ${inFrame(data.requestFrame)} では、${data.zeroSignature ? "SMB2_FLAGS_SIGNED が立っていますが、Signature はすべて 0 です" : "SMB2_FLAGS_SIGNED が立っていません"}。${againIn(data.alsoFrames, "ja")}${answerJa(data)}${endingSentence(data, "ja")}`,
      why: () =>
        "セッションが署名を必須にしていなくても、クライアントは検証に署名しなければなりません ([MS-SMB2] 3.2.5.5)。署名のない要求にサーバーは署名なしで応答し、クライアントは接続を切断しなければならなくなります。署名を必須にするサーバーは STATUS_ACCESS_DENIED で拒否します。",
      todo: () => [
        "クライアントを更新します。2017 年ごろの Linux カーネルの一部や自作のクライアントは、検証を署名なしで送ります。",
        "クライアントとサーバーの両方で SMB 署名を必須にし、すべての要求が署名されるようにします。",
        "クライアントが署名しているなら、経路上の機器が署名を取り除いています。クライアント側でもキャプチャを取り、同じ要求を確認します。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: クライアントが署名なしで送ったのか、経路上の機器が署名を取り除いたのか。クライアントのそばで取ったキャプチャで分かります。",
    }),
  },
});

function answerEn(data: RequestUnprotectedData): string {
  if (data.responseFrame === null) return "It has no answer in this capture.";
  return `The answer ${inFrame(data.responseFrame)} has status ${data.status} and is ${data.responseProtected ? "protected" : "not protected either"}.`;
}

function answerJa(data: RequestUnprotectedData): string {
  if (data.responseFrame === null) return "応答はこのキャプチャにありません。";
  return `応答 ${inFrame(data.responseFrame)} のステータスは ${data.status} で、${data.responseProtected ? "保護されています" : "こちらも保護されていません"}。`;
}

function check(facts: ConnectionFacts): Verdict<RequestUnprotectedData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const exchanges = exchangesWhere(facts, (exchange) => isUnprotectedRequest(facts, exchange));
  const first = exchanges[0];
  const last = exchanges.at(-1);
  if (first?.request == null || last?.request == null) {
    return facts.validations.some((exchange) => exchange.request !== null) ? HOLDS : undetermined("validate-request-missing");
  }
  const after = followed(facts, last.response?.frame ?? last.request.frame, last.nextRequest);
  const shown = exchanges.slice(0, MAX_SHOWN_EXCHANGES);
  return {
    verdict: "fails",
    count: exchanges.length,
    data: {
      requestFrame: first.request.frame,
      zeroSignature: first.request.signed,
      responseFrame: first.response?.frame ?? null,
      status: first.response === null ? null : ntStatusName(first.response.status),
      responseProtected: first.response !== null && isProtected(first.response),
      alsoFrames: shown.slice(1).flatMap((exchange) => (exchange.request === null ? [] : [exchange.request.frame])),
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...negotiateContext(facts),
      ...shown.flatMap((exchange) => [
        ...validateRequestEvidence(exchange, "observed", exchange.request?.signed === true ? "Signature" : "Flags"),
        ...(exchange.response === null ? [] : [validateResponseEvidence(exchange.response, "effect")]),
      ]),
      ...endingEvidence(after),
    ],
  };
}
