import type { ConnectionFacts, NegotiateFacts, NegotiateRequestFacts, NegotiateResponseFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { dialectName, WILDCARD_DIALECT } from "../smb2/constants/dialects.ts";
import { type Ending, endingEvidence, endingSentence } from "./ending.ts";
import type { Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { afterNegotiate } from "./negotiateOperands.ts";
import { defineRule } from "./rule.ts";
import { dialectsText } from "./valueText.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type DialectNotOfferedData = {
  requestFrame: number;
  responseFrame: number;
  offered: string;
  chosen: string;
  ending: Ending;
  endFrame: number | null;
};

/** The server chose a dialect that the client did not offer ([MS-SMB2] 3.2.5.2). */
export const negotiateDialectNotOffered = defineRule<DialectNotOfferedData>({
  id: "negotiate-dialect-not-offered",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.2.5.2", "MS-SMB2 3.3.5.4", "MS-SMB2 2.2.4"],
  remedies: ["update-server", "stop-rewriting", "capture-both-sides"],
  proofAt: "both",
  identity: ["offered", "chosen"],
  check,
  texts: {
    en: () => ({
      name: "Dialect was not offered",
      recognises: "DialectRevision of the NEGOTIATE response is not among the dialects of the request.",
      outcome: (data) => `Negotiation failed: dialect ${data.chosen} was not offered`,
      title: (data) => `The server chose dialect ${data.chosen}, which the client did not offer.`,
      what: (data) =>
        `The NEGOTIATE request ${inFrame(data.requestFrame)} offers ${data.offered}, the response ${inFrame(data.responseFrame)} says DialectRevision ${data.chosen}. ${endingSentence(data, "en")}`,
      why: () =>
        "The client must end the connection when DialectRevision is none of the dialects it offered ([MS-SMB2] 3.2.5.2). The server does not keep to the protocol, or a device changed the request or the response on its way.",
      todo: () => [
        "Update the server if it is not a current Windows or Samba.",
        "Capture at the other side too and compare the NEGOTIATE messages: a difference shows a device that rewrites SMB.",
      ],
      limit: () =>
        "Not in this capture: whether the server chose this dialect or a device changed a message. Captures from both sides show it.",
    }),
    ja: () => ({
      name: "提示されていないダイアレクト",
      recognises: "NEGOTIATE 応答の DialectRevision が、要求のダイアレクトに含まれていません。",
      outcome: (data) => `ネゴシエーションに失敗: ダイアレクト ${data.chosen} は提示されていない`,
      title: (data) => `サーバーが、クライアントの提示していないダイアレクト ${data.chosen} を選びました。`,
      what: (data) =>
        `NEGOTIATE 要求 ${inFrame(data.requestFrame)} は ${data.offered} を提示していますが、応答 ${inFrame(data.responseFrame)} の DialectRevision は ${data.chosen} です。${endingSentence(data, "ja")}`,
      why: () =>
        "DialectRevision が提示したダイアレクトのどれでもないとき、クライアントは接続を切断しなければなりません ([MS-SMB2] 3.2.5.2)。サーバーがプロトコルに従っていないか、機器が要求または応答を途中で書き換えています。",
      todo: () => [
        "現行の Windows や Samba でないなら、サーバーを更新します。",
        "反対側でもキャプチャを取り、NEGOTIATE を比べます。違いがあれば、SMB を書き換える機器があります。",
      ],
      limit: () =>
        "このキャプチャから分からないこと: サーバーがこのダイアレクトを選んだのか、機器がメッセージを書き換えたのか。両側のキャプチャで分かります。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<DialectNotOfferedData> | undefined {
  if (facts.negotiates.length === 0) return undefined;
  for (const exchange of facts.negotiates) {
    const { request, response } = exchange;
    if (request !== null && response !== null && isNotOffered(request, response)) return failing(facts, request, response);
  }
  return facts.negotiates.some(isJudged) ? HOLDS : missing(facts);
}

function isNotOffered(request: NegotiateRequestFacts, response: NegotiateResponseFacts): boolean {
  if (request.truncated || response.truncated || response.status !== 0) return false;
  if (request.dialects.length === 0 || response.dialect === 0 || response.dialect === WILDCARD_DIALECT) return false;
  return !request.dialects.includes(response.dialect);
}

function isJudged({ request, response }: NegotiateFacts): boolean {
  return request !== null && response !== null && !request.truncated && !response.truncated && request.dialects.length > 0;
}

function missing(facts: ConnectionFacts): Verdict<DialectNotOfferedData> | undefined {
  if (facts.smb1 !== null) return undefined;
  if (facts.negotiates.some(({ request, response }) => request?.truncated === true || response?.truncated === true)) {
    return undetermined("message-truncated");
  }
  if (facts.negotiates.every(({ request }) => request === null)) return undetermined("negotiate-request-missing");
  return undetermined(facts.negotiates.every(({ response }) => response === null) ? "negotiate-response-missing" : "negotiate-unreadable");
}

function failing(facts: ConnectionFacts, request: NegotiateRequestFacts, response: NegotiateResponseFacts): Verdict<DialectNotOfferedData> {
  const after = afterNegotiate(facts, response);
  const offered = dialectsText(request.dialects);
  const chosen = dialectName(response.dialect);
  const command = Command.value.NEGOTIATE;
  return {
    verdict: "fails",
    data: {
      requestFrame: request.frame,
      responseFrame: response.frame,
      offered,
      chosen,
      ending: after.ending,
      endFrame: after.endFrame,
    },
    evidence: [
      { frame: request.frame, role: "expected", command, response: false, field: "Dialects", value: offered },
      { frame: response.frame, role: "observed", command, response: true, field: "DialectRevision", value: chosen },
      ...endingEvidence(after),
    ],
  };
}
