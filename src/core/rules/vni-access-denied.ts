import type { ConnectionFacts } from "../model/connectionFacts.ts";
import { type Ending, endingEvidence, endingSentence, followed, isClientEnd } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { againIn, inFrame } from "./frameText.ts";
import { isProtected } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { exchangesWhere, MAX_SHOWN_EXCHANGES, noAnswer, STATUS_ACCESS_DENIED, withoutValidation } from "./validateComparison.ts";
import { negotiateContext, validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type AccessDeniedData = {
  requestFrame: number | null;
  responseFrame: number;
  alsoFrames: readonly number[];
  ending: Ending;
  endFrame: number | null;
};

/** A protected STATUS_ACCESS_DENIED as answer to a validation ([MS-SMB2] 3.2.5.14.12, 3.3.5.2.4). */
export const vniAccessDenied = defineRule<AccessDeniedData>({
  id: "vni-access-denied",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.14.12", "MS-SMB2 3.3.5.2.4"],
  remedies: ["stop-rewriting", "require-signing", "raise-dialect", "capture-both-sides"],
  proofAt: "both",
  check,
  texts: {
    en: () => ({
      name: "Validation refused with STATUS_ACCESS_DENIED",
      recognises: "The server answers the validation with a signed or encrypted STATUS_ACCESS_DENIED.",
      outcome: () => "Validation failed: STATUS_ACCESS_DENIED",
      title: (data) => {
        const fact = "The server refused the validation with STATUS_ACCESS_DENIED";
        if (data.ending === "client-logoff") return `${fact}, so the client ended the session.`;
        return isClientEnd(data.ending) ? `${fact}, so the client closed the connection.` : `${fact}.`;
      },
      what: (data) =>
        `The server answered the validation${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)}`} with a protected STATUS_ACCESS_DENIED ${inFrame(data.responseFrame)}.${againIn(data.alsoFrames, "en")} ${endingSentence(data, "en")}`,
      why: () =>
        "A server answers so when the signature of the request does not verify ([MS-SMB2] 3.3.5.2.4): the request was changed on its way, or the two ends have different keys because the dialect or the sign-in was changed. The client must end the connection ([MS-SMB2] 3.2.5.14.12).",
      todo: () => [
        "Take devices that rewrite SMB, such as WAN accelerators, out of the path of port 445, or use their mode for signed SMB.",
        "Capture at the client and at the server, and compare NEGOTIATE, SESSION_SETUP and the validation request byte by byte.",
        "Require SMB signing on the client and on the server.",
      ],
      limit: () =>
        "Not in this capture: whether the signature of the request was wrong. The keys of the session would show it; captures from both sides would show where the request was changed.",
    }),
    ja: () => ({
      name: "検証が STATUS_ACCESS_DENIED で拒否された",
      recognises: "サーバーが、署名または暗号化された STATUS_ACCESS_DENIED で検証に応答します。",
      outcome: () => "検証に失敗: STATUS_ACCESS_DENIED",
      title: (data) => {
        const fact = "サーバーが検証を STATUS_ACCESS_DENIED で拒否し";
        if (data.ending === "client-logoff") return `${fact}たため、クライアントがセッションを終了しました。`;
        return isClientEnd(data.ending) ? `${fact}たため、クライアントが接続を切断しました。` : `${fact}ました。`;
      },
      what: (data) =>
        `サーバーは検証${data.requestFrame === null ? "" : ` ${inFrame(data.requestFrame)} `}に、保護された STATUS_ACCESS_DENIED で応答しました ${inFrame(data.responseFrame)}。${againIn(data.alsoFrames, "ja")}${endingSentence(data, "ja")}`,
      why: () =>
        "要求の署名が正しくないとき、サーバーはこのように応答します ([MS-SMB2] 3.3.5.2.4)。要求が途中で書き換えられたか、ダイアレクトやサインインが書き換えられて両端の鍵が異なっています。クライアントは接続を切断しなければなりません ([MS-SMB2] 3.2.5.14.12)。",
      todo: () => [
        "SMB を書き換える機器 (WAN アクセラレーターなど) をポート 445 の経路から外すか、その機器の署名付き SMB 用のモードを使います。",
        "クライアント側とサーバー側の両方でキャプチャを取り、NEGOTIATE、SESSION_SETUP、検証の要求をバイト単位で比べます。",
        "クライアントとサーバーの両方で SMB 署名を必須にします。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: 要求の署名が正しくなかったかどうか。セッションの鍵があれば分かります。両側のキャプチャがあれば、どこで書き換えられたかも分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<AccessDeniedData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const exchanges = exchangesWhere(facts, ({ response }) => response?.status === STATUS_ACCESS_DENIED && isProtected(response));
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
    data: {
      requestFrame: first.request?.frame ?? null,
      responseFrame: first.response.frame,
      alsoFrames: shown.slice(1).flatMap((exchange) => (exchange.response === null ? [] : [exchange.response.frame])),
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...negotiateContext(facts),
      ...shown.flatMap((exchange) => [
        ...validateRequestEvidence(exchange, "context"),
        ...(exchange.response === null ? [] : [validateResponseEvidence(exchange.response, "observed")]),
      ]),
      ...endingEvidence(after),
    ],
  };
}
