import type { ConnectionFacts, NegotiateFacts, NegotiateRequestFacts } from "../model/connectionFacts.ts";
import { Command } from "../smb2/constants/commands.ts";
import { dialectName } from "../smb2/constants/dialects.ts";
import { endAfter } from "./ending.ts";
import type { Evidence, Verdict } from "./finding.ts";
import { inFrame } from "./frameText.ts";
import { hasOpenNegotiate, settledIn } from "./negotiateAnswers.ts";
import { defineRule } from "./rule.ts";
import { HOLDS, undetermined } from "./verdicts.ts";

type NegotiateRepeatedData = {
  settledFrame: number;
  dialect: string;
  requestFrame: number;
  /** Frame of the server's answer to the second request; null where there is none. */
  responseFrame: number | null;
  /** Frame in which the server's side ended the connection instead; null where it did not. */
  endFrame: number | null;
};

/** A second NEGOTIATE after a dialect was fixed: the server must end the connection ([MS-SMB2] 3.3.5.4). */
export const negotiateRepeated = defineRule<NegotiateRepeatedData>({
  id: "negotiate-repeated",
  severity: "error",
  subject: "connection",
  sections: ["MS-SMB2 3.3.5.4"],
  remedies: ["update-client", "capture-both-sides"],
  proofAt: "client",
  check,
  texts: {
    en: () => ({
      name: "NEGOTIATE sent twice",
      recognises: "The client sends another SMB2 NEGOTIATE on a connection whose dialect is already fixed.",
      outcome: (data) => (data.endFrame === null ? "NEGOTIATE was sent twice" : "Connection lost: NEGOTIATE was sent twice"),
      title: (data) =>
        data.endFrame === null
          ? "The client sent NEGOTIATE again after the dialect was fixed."
          : "The client sent NEGOTIATE again after the dialect was fixed, and the server ended the connection.",
      what: (data) =>
        `The first NEGOTIATE settled on SMB ${data.dialect} ${inFrame(data.settledFrame)}. The client sent another NEGOTIATE request ${inFrame(data.requestFrame)}.${data.endFrame === null ? "" : ` The server's side ended the connection ${inFrame(data.endFrame)}.`}${data.responseFrame === null ? "" : ` The server answered it ${inFrame(data.responseFrame)}.`}`,
      why: () =>
        "Once the dialect is fixed, a server must end the connection on another NEGOTIATE, without an answer ([MS-SMB2] 3.3.5.4). The client does not keep to the protocol, or a device on the path repeated the request or joined two connections into one.",
      todo: () => [
        "Update the client, or report this to its maker.",
        "Where a proxy or accelerator is in the path, capture on both sides of it: it may have sent the request again.",
      ],
      limit: () => "Not in this capture: whether the client or a device on the path sent the second request.",
    }),
    ja: () => ({
      name: "NEGOTIATE の再送信",
      recognises: "ダイアレクトがすでに決まった接続で、クライアントがもう一度 SMB2 NEGOTIATE を送ります。",
      outcome: (data) => (data.endFrame === null ? "NEGOTIATE が 2 回送られた" : "接続の切断: NEGOTIATE が 2 回送られた"),
      title: (data) =>
        data.endFrame === null
          ? "ダイアレクトが決まった後に、クライアントがもう一度 NEGOTIATE を送りました。"
          : "ダイアレクトが決まった後に、クライアントがもう一度 NEGOTIATE を送り、サーバーが接続を終了しました。",
      what: (data) =>
        `最初の NEGOTIATE で SMB ${data.dialect} に決まりました ${inFrame(data.settledFrame)}。その後、クライアントが別の NEGOTIATE 要求を送りました ${inFrame(data.requestFrame)}。${data.endFrame === null ? "" : `サーバー側が接続を終了しました ${inFrame(data.endFrame)}。`}${data.responseFrame === null ? "" : `サーバーは応答しました ${inFrame(data.responseFrame)}。`}`,
      why: () =>
        "ダイアレクトが決まった後に NEGOTIATE を受け取ると、サーバーは応答せずに接続を切断しなければなりません ([MS-SMB2] 3.3.5.4)。クライアントがプロトコルに従っていないか、経路上の機器が要求を繰り返したか、2 つの接続を 1 つにつないでいます。",
      todo: () => [
        "クライアントを更新するか、開発元に報告します。",
        "経路にプロキシやアクセラレーターがあれば、その両側でキャプチャを取ります。機器が要求を送り直している可能性があります。",
      ],
      limit: () => "このキャプチャから分からないこと: 2 回目の要求を送ったのがクライアントか、経路上の機器か。",
    }),
  },
});

function check(facts: ConnectionFacts): Verdict<NegotiateRepeatedData> | undefined {
  if (facts.negotiates.length === 0) return undefined;
  let settled: NegotiateFacts | undefined;
  for (const exchange of facts.negotiates) {
    const frame = settled === undefined ? null : settledIn(settled);
    if (settled !== undefined && frame !== null && exchange.request !== null && exchange.request.frame > frame) {
      // Where bytes are missing, the second one may belong to a later connection of the same ports.
      return facts.lostFromClient + facts.lostFromServer > 0
        ? undetermined("bytes-lost")
        : failing(facts, settled, exchange, exchange.request);
    }
    if (settled === undefined && settledIn(exchange) !== null) settled = exchange;
  }
  return settled === undefined && hasOpenNegotiate(facts) ? undetermined("negotiate-response-missing") : HOLDS;
}

function failing(
  facts: ConnectionFacts,
  settled: NegotiateFacts,
  { response }: NegotiateFacts,
  request: NegotiateRequestFacts,
): Verdict<NegotiateRepeatedData> | undefined {
  const first = settled.response;
  if (first === null) return undefined;
  const end = response === null && (facts.lastMessageFrame ?? 0) <= request.frame ? endAfter(facts, request.frame) : undefined;
  const aborted = end?.by === "server" ? end : undefined;
  const command = Command.value.NEGOTIATE;
  const dialect = dialectName(first.dialect);
  const evidence: Evidence[] = [
    { frame: first.frame, role: "expected", command, response: true, field: "DialectRevision", value: dialect },
    { frame: request.frame, role: "observed", command, response: false },
  ];
  if (response !== null) evidence.push({ frame: response.frame, role: "context", command, response: true });
  if (aborted !== undefined) evidence.push({ frame: aborted.frame, role: "effect", value: aborted.how });
  return {
    verdict: "fails",
    data: {
      settledFrame: first.frame,
      dialect,
      requestFrame: request.frame,
      responseFrame: response?.frame ?? null,
      endFrame: aborted?.frame ?? null,
    },
    evidence,
  };
}
