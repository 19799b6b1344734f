import type { ConnectionFacts, ValidationFacts } from "../model/connectionFacts.ts";
import { ntStatusName } from "../spec/ntStatus.ts";
import { VALIDATION_CAUSES } from "./abortCauses.ts";
import { ABORT_WITHIN, type Ending, endingEvidence, endingSentence, followed, isClientEnd } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { negotiateResponse } from "./negotiateOperands.ts";
import { isProtected } from "./protection.ts";
import { defineRule } from "./rule.ts";
import { noAnswer, STATUS_ACCESS_DENIED, withoutValidation } from "./validateComparison.ts";
import { negotiateContext, validateRequestEvidence, validateResponseEvidence } from "./validateEvidence.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type ResponseAbortedData = {
  requestFrame: number | null;
  responseFrame: number;
  status: string;
  succeeded: boolean;
  /** Frame of the NEGOTIATE response where it could be compared with the answer. */
  negotiateFrame: number | null;
  ending: Ending;
  endFrame: number | null;
};

/** After a good-looking answer to the validation the client gave the connection up at once ([MS-SMB2] 3.2.5.14.12). */
export const vniResponseAborted = defineRule<ResponseAbortedData>({
  id: "vni-response-aborted",
  severity: "warning",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.14.12", "MS-SMB2 3.2.4.23", "MS-SMB2 3.2.5.1.3"],
  remedies: ["capture-both-sides", "stop-rewriting", "require-signing", "raise-dialect", "workaround-require-secure-negotiate"],
  proofAt: "client",
  explainedBy: [...VALIDATION_CAUSES, "vni-malformed", "vni-request-aborted"],
  identity: ["status"],
  check,
  texts: {
    en: () => ({
      name: "Client gave up right after the answer to the validation",
      recognises:
        "After the last answer to the validation, protected and with nothing wrong in this capture, the client sends no further request and ends the connection, or logs off at once.",
      outcome: () => "Suspected: client rejected the validation",
      title: (data) =>
        data.succeeded
          ? "The client gave up right after the answer to the validation, although this capture shows nothing wrong with it."
          : `The client gave up right after the server answered the validation with ${data.status}.`,
      what: (data) =>
        `The answer ${inFrame(data.responseFrame)}${data.requestFrame === null ? "" : ` to the validation ${inFrame(data.requestFrame)}`} is protected and has status ${data.status}.${comparedEn(data)} ${endingSentence(data, "en")} It sent no other request in between.`,
      why: (data) =>
        data.succeeded
          ? "A client does so when the answer does not repeat the NEGOTIATE response that reached it ([MS-SMB2] 3.2.5.14.12), or when the signature of the answer is wrong. If a device changed the NEGOTIATE response between here and the client, it looks exactly like this."
          : "A client goes on after a protected error status unless its signature is wrong or the client does not accept this status. If a device changed the answer between here and the client, it looks exactly like this.",
      todo: () => [
        "Capture at the client too and compare NEGOTIATE and the validation: a field that differs there is the cause.",
        "Take the device that rewrites SMB, usually a WAN accelerator, out of the path of port 445, or use its mode for signed SMB.",
        "Require SMB signing on the client and on the server.",
      ],
      limit: () =>
        "Not in this capture: what the client received. A capture taken at the client would prove it. The client may also have ended for a reason of its own, or a device may have cut the connection in its name.",
    }),
    ja: () => ({
      name: "検証の応答の直後にクライアントが終了",
      recognises:
        "保護され、このキャプチャでは問題の見られない最後の検証の応答の後、クライアントがほかの要求を送らずに接続を終了するか、すぐにログオフします。",
      outcome: () => "疑い: クライアントが検証を受け入れなかった",
      title: (data) =>
        data.succeeded
          ? "このキャプチャでは検証の応答に問題は見られませんが、クライアントはその直後に通信をやめました。"
          : `サーバーが検証に ${data.status} で応答した直後に、クライアントが通信をやめました。`,
      what: (data) =>
        `${data.requestFrame === null ? "検証" : `検証 ${inFrame(data.requestFrame)} `}に対する応答 ${inFrame(data.responseFrame)} は保護されていて、ステータスは ${data.status} です。${comparedJa(data)}${endingSentence(data, "ja")}その間にほかの要求はありません。`,
      why: (data) =>
        data.succeeded
          ? "応答が、届いた NEGOTIATE 応答と異なるとき ([MS-SMB2] 3.2.5.14.12)、または応答の署名が正しくないとき、クライアントはこのように動作します。ここからクライアントまでの間で機器が NEGOTIATE 応答を書き換えた場合、ちょうどこのように見えます。"
          : "保護されたエラー ステータスであれば、署名が正しくないか、そのステータスを受け入れないのでない限り、クライアントは通信を続けます。ここからクライアントまでの間で機器が応答を書き換えた場合、ちょうどこのように見えます。",
      todo: () => [
        "クライアント側でもキャプチャを取り、NEGOTIATE と検証を比べます。そこで異なるフィールドが原因です。",
        "SMB を書き換える機器 (多くは WAN アクセラレーター) をポート 445 の経路から外すか、その機器の署名付き SMB 用のモードを使います。",
        "クライアントとサーバーの両方で SMB 署名を必須にします。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: クライアントに何が届いたか。クライアントのそばで取ったキャプチャがあれば確定できます。クライアントが別の理由で終了した、または機器がクライアントになりすまして切断した可能性もあります。",
    }),
  },
});

function comparedEn(data: ResponseAbortedData): string {
  if (!data.succeeded) return "";
  if (data.negotiateFrame === null) return " The NEGOTIATE response is not in this capture, so the two cannot be compared.";
  return ` Its values are those of the NEGOTIATE response ${inFrame(data.negotiateFrame)}.`;
}

function comparedJa(data: ResponseAbortedData): string {
  if (!data.succeeded) return "";
  if (data.negotiateFrame === null) return "NEGOTIATE 応答がこのキャプチャにないため、両者を比べられません。";
  return `その値は NEGOTIATE 応答 ${inFrame(data.negotiateFrame)} と一致しています。`;
}

function check(facts: ConnectionFacts): Verdict<ResponseAbortedData> | undefined {
  if (facts.validations.length === 0) return withoutValidation(facts);
  const last = lastAnswered(facts);
  if (last?.response == null) return undetermined(noAnswer(facts) ?? "capture-ends");
  const { response } = last;
  if (!isProtected(response) || response.status === STATUS_ACCESS_DENIED) return HOLDS;
  const after = followed(facts, response.frame, last.nextRequest);
  if (after.ending === "open") return undetermined("capture-ends");
  if (!isClientEnd(after.ending) || (after.endTime ?? 0) - response.time > ABORT_WITHIN) return HOLDS;
  if (facts.lostFromClient > 0) return undetermined("bytes-lost");
  const negotiate = negotiateResponse(facts);
  const compared = typeof negotiate !== "string" && response.values !== null;
  return {
    verdict: "fails",
    certainty: "suspected",
    data: {
      requestFrame: last.request?.frame ?? null,
      responseFrame: response.frame,
      status: ntStatusName(response.status),
      succeeded: response.status === 0,
      negotiateFrame: compared ? negotiate.frame : null,
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      ...negotiateContext(facts),
      ...validateRequestEvidence(last, "context"),
      validateResponseEvidence(response, "observed"),
      ...endingEvidence(after),
    ],
  };
}

function lastAnswered(facts: ConnectionFacts): ValidationFacts | undefined {
  for (let index = facts.validations.length - 1; index >= 0; index--) {
    const exchange = facts.validations[index];
    if (exchange?.response != null) return exchange;
  }
  return undefined;
}
