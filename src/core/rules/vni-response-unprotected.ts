import type { ConnectionFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { type Ending, endingEvidence, endingSentence, followed, isClientEnd } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { isKeyless, isProtected, sessionById } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { exchangesWhere, MAX_SHOWN_EXCHANGES, noAnswer, withoutValidation } from "./validateComparison.ts";
import { negotiateContext, validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type ResponseUnprotectedData = {
  requestFrame: number | null;
  responseFrame: number;
  status: string;
  succeeded: boolean;
  /** The SIGNED flag is set but the Signature is all zero. */
  zeroSignature: boolean;
  alsoFrames: readonly number[];
  ending: Ending;
  endFrame: number | null;
};

/** The answer to a validation is neither signed nor encrypted, whatever its status ([MS-SMB2] 3.2.5.14.12). */
export const vniResponseUnprotected = defineRule<ResponseUnprotectedData>({
  id: "vni-response-unprotected",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.14.12", "MS-SMB2 3.3.4.1.1", "MS-SMB2 3.3.5.15.12"],
  remedies: ["update-server", "stop-rewriting", "require-signing", "capture-both-sides", "workaround-require-secure-negotiate"],
  proofAt: "server",
  identity: ["status"],
  check,
  texts: {
    en: () => ({
      name: "Answer to the validation is not protected",
      recognises:
        "The answer to the validation is neither signed nor encrypted although the request was, whatever its status. An interim STATUS_PENDING does not count.",
      outcome: (data) => (data.succeeded ? "Validation failed: answer not signed" : `Validation failed: answer not signed, ${data.status}`),
      title: (data) => {
        const fact = data.succeeded
          ? "The server's answer to the validation was neither signed nor encrypted"
          : `The server answered the validation with ${data.status}, neither signed nor encrypted`;
        if (data.ending === "client-logoff") return `${fact}, so the client ended the session.`;
        if (isClientEnd(data.ending)) return `${fact}, so the client closed the connection.`;
        return data.ending === "goes-on" ? `${fact}; the client went on all the same.` : `${fact}.`;
      },
      what: (data) =>
        `${data.requestFrame === null ? "The validation request is not in this capture." : `The validation request ${inFrame(data.requestFrame)} is signed.`} The answer ${inFrame(data.responseFrame)} has status ${data.status} and ${data.zeroSignature ? "sets SMB2_FLAGS_SIGNED, but its Signature is all zero" : "does not set SMB2_FLAGS_SIGNED"}.${againIn(data.alsoFrames, "en")} ${endingSentence(data, "en")}`,
      why: (data) =>
        `Only the signature proves that the answer comes from the server. The client must end the connection when the answer is neither signed nor encrypted, with an error status too ([MS-SMB2] 3.2.5.14.12).${data.ending === "goes-on" ? " This client does not enforce it, so anyone on the path can answer in the server's name." : ""}`,
      todo: (data) => [
        data.succeeded
          ? "Update the server: it must sign the answer to a signed request. Windows Server 2012 and 2012 R2 need KB2976995 for that."
          : "Update the server: it must sign its error answer to a signed request, even when it does not know the request.",
        "If the server signs, a device on the path answers in its name or strips the signature: take it out of the path of port 445, or use its mode for signed SMB.",
        "To tell the two apart, capture at the server too and look at the same answer there.",
      ],
      limit: () =>
        "Not in this capture: whether the server sent the answer without signature or a device on the path removed it. A capture taken at the server shows it.",
    }),
    ja: () => ({
      name: "検証の応答が保護されていない",
      recognises:
        "検証の要求は保護されているのに、応答が署名も暗号化もされていません。ステータスは問いません。中間応答の STATUS_PENDING は数えません。",
      outcome: (data) => (data.succeeded ? "検証に失敗: 応答に署名がない" : `検証に失敗: 応答に署名がない、${data.status}`),
      title: (data) => {
        const fact = data.succeeded
          ? "検証に対するサーバーの応答が署名も暗号化もされていな"
          : `サーバーが署名も暗号化もされていない ${data.status} で検証に応答し`;
        if (data.ending === "client-logoff")
          return `${fact}${data.succeeded ? "かったため" : "たため"}、クライアントがセッションを終了しました。`;
        if (isClientEnd(data.ending)) return `${fact}${data.succeeded ? "かったため" : "たため"}、クライアントが接続を切断しました。`;
        if (data.ending === "goes-on") return `${fact}${data.succeeded ? "かった" : "ました"}が、クライアントは通信を続けました。`;
        return data.succeeded ? "検証に対するサーバーの応答が署名も暗号化もされていませんでした。" : `${fact}ました。`;
      },
      what: (data) =>
        `${data.requestFrame === null ? "検証の要求はこのキャプチャにありません。" : `検証の要求 ${inFrame(data.requestFrame)} は署名されています。`}応答 ${inFrame(data.responseFrame)} のステータスは ${data.status} で、${data.zeroSignature ? "SMB2_FLAGS_SIGNED が立っていますが、Signature はすべて 0 です" : "SMB2_FLAGS_SIGNED が立っていません"}。${againIn(data.alsoFrames, "ja")}${endingSentence(data, "ja")}`,
      why: (data) =>
        `応答がサーバーから来たことを証明するのは署名だけです。応答が署名も暗号化もされていないとき、エラー ステータスであっても、クライアントは接続を切断しなければなりません ([MS-SMB2] 3.2.5.14.12)。${data.ending === "goes-on" ? "このクライアントはそうしないため、経路上のだれでもサーバーになりすまして応答できます。" : ""}`,
      todo: (data) => [
        data.succeeded
          ? "サーバーを更新します。署名付きの要求には署名付きで応答する必要があります。Windows Server 2012 と 2012 R2 では KB2976995 が必要です。"
          : "サーバーを更新します。要求を知らない場合でも、署名付きの要求には署名付きのエラーで応答する必要があります。",
        "サーバーが署名しているなら、経路上の機器がサーバーの代わりに応答しているか、署名を取り除いています。その機器をポート 445 の経路から外すか、署名付き SMB 用のモードを使います。",
        "どちらかを見分けるには、サーバー側でもキャプチャを取り、同じ応答を確認します。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: サーバーが署名なしで応答したのか、経路上の機器が署名を取り除いたのか。サーバーのそばで取ったキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<ResponseUnprotectedData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const exchanges = exchangesWhere(facts, (exchange) => isFault(facts, exchange));
  const first = exchanges[0];
  const last = exchanges.at(-1);
  if (first?.response == null || last?.response == null) {
    const reason = noAnswer(facts);
    return reason === undefined ? HOLDS : undetermined(reason);
  }
  const after = followed(facts, last.response.frame, last.nextRequest);
  const shown = exchanges.slice(0, MAX_SHOWN_EXCHANGES);
  return {
    verdict: "fails",
    count: exchanges.length,
    // Without the request it may be the unprotected answer to an unprotected request.
    certainty: exchanges.some((exchange) => exchange.request !== null) ? "proved" : "suspected",
    data: {
      requestFrame: first.request?.frame ?? null,
      responseFrame: first.response.frame,
      status: ntStatusName(first.response.status),
      succeeded: first.response.status === 0,
      zeroSignature: first.response.signed,
      alsoFrames: shown.slice(1).flatMap((exchange) => (exchange.response === null ? [] : [exchange.response.frame])),
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...negotiateContext(facts),
      ...shown.flatMap((exchange) => [
        ...validateRequestEvidence(exchange, "expected", "Flags"),
        ...(exchange.response === null
          ? []
          : [validateResponseEvidence(exchange.response, "observed", exchange.response.signed ? "Signature" : "Flags")]),
      ]),
      ...endingEvidence(after),
    ],
  };
}

/** An unprotected answer to an unprotected request is the request's fault, and a session without a key cannot do better. */
function isFault(facts: ConnectionFacts, exchange: ValidationFacts): boolean {
  if (exchange.response === null || isProtected(exchange.response)) return false;
  if (exchange.request !== null) return isProtected(exchange.request);
  const session = sessionById(facts, exchange.sessionId);
  return session === undefined || !isKeyless(session);
}
